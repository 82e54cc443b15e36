"""One call from its declaration to its book, through the same actions as anybody's: nothing is written past them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.audit.sealer import seal
from secretariat.record.publications.actions import (
    answer_proof,
    lapse_proofs,
    prepare_publication,
    set_publication,
)
from secretariat.simulation.content import SimulatedSubmission
from secretariat.simulation.phrases import Simulation
from secretariat.simulation.processes import Progress
from secretariat.simulation.profile.kinds import Call as CallProfile
from secretariat.simulation.scores import Reader, comment_review, confidence_of, score_review
from secretariat.simulation.specs import call_spec
from secretariat.simulation.world import World
from secretariat.summit.calls import actions as calls
from secretariat.summit.calls.models import Call, Stage, Submission
from secretariat.summit.honours import actions as honours
from secretariat.summit.honours.book import book_of, proofs_of
from secretariat.summit.honours.models import Honour
from secretariat.summit.review import actions as review
from secretariat.summit.review.models import Assignment, Conflict, PartDecision, StageList
from secretariat.summit.review.queries import able_to_finish, committee_members

DAY = timedelta(days=1)
READING_TIME = timedelta(days=50)  # in the edition under way some days of it are left


@dataclass
class Funnel:
    """A selection on its way. ``now`` is the simulation's clock; it only moves forward."""

    world: World
    profile: CallProfile
    simulation: Simulation
    submissions: Sequence[SimulatedSubmission]
    readers: Sequence[Reader]
    rng: Random
    progress: Progress
    now: datetime
    call: Call = field(init=False)
    by_number: dict[str, SimulatedSubmission] = field(default_factory=dict)

    def run(self) -> Iterator[None]:
        """From the declaration to the book; the other call has what was handed in, too, before either is closed."""
        self.declare()
        self.collect(len(self.submissions))
        yield
        self.close()
        for stage in self.call.stages.order_by("position"):
            self.cut(stage)
        self.confer()
        self.publish()

    def declare(self) -> None:
        """Declare the call and open it; the log is sealed at once, so that the first receipt carries its head."""
        spec = call_spec(self.profile, self.world.bodies)
        self.now = self.profile.opens_at - 30 * DAY
        self.call = calls.declare_call(
            edition=self.world.edition, spec=spec, committee=self.world.bodies[self.profile.committee],
            actor=self.world.staff, now=self.now,
        )  # fmt: skip
        self.now = self.profile.opens_at
        self.call = calls.open_call(call=self.call, actor=self.world.staff, now=self.now)
        seal(now=self.now)

    def collect(self, count: int) -> None:
        """Let the first ``count`` applicants write and hand in."""
        for done, simulated in enumerate(self.submissions[:count], 1):
            self.now = simulated.submitted_at
            self._hand_in(simulated)
            self.progress("submissions", done, count)

    def _hand_in(self, simulated: SimulatedSubmission) -> Submission:
        lead, *partners = [self.world.organisations[o.number] for o in simulated.applicants]
        person = self.world.people[simulated.contributors[0].person.number]
        actor = self.world.actor_of(person)
        submission = calls.start_submission(
            call=self.call, organisation=lead, person=person, actor=actor, now=self.now
        )
        self.by_number[submission.ref.number] = simulated
        if partners:
            calls.add_applicants(submission=submission, organisations=partners, actor=actor, now=self.now)
        calls.save_draft(submission=submission, content=content_of(simulated), actor=actor, now=self.now)
        calls.submit(submission=submission, actor=actor, now=self.now)
        return submission

    def close(self) -> None:
        """Close the call, screen what came in, and look for conflicts in the whole registry."""
        self.now = self.profile.closes_at
        self.call = calls.close_call(call=self.call, actor=self.world.staff, now=self.now)
        seal(now=self.now)
        self.now += 3 * DAY
        calls.screen_submissions(call=self.call, actor=self.world.staff, now=self.now)
        review.find_conflicts(call=self.call, actor=self.world.staff, now=self.now)

    def resolve(self, leave: int = 0) -> None:
        """The chair resolves what was found, all but the last ``leave``."""
        chair = self.world.chairs[self.profile.committee]
        waiting = list(
            Conflict.objects.filter(submission__call=self.call, state="open").order_by("created_at", "pk")
        )
        for conflict in waiting[: len(waiting) - leave]:
            by = self.world.staff if conflict.person_id == chair.person_id else chair
            bars = self.rng.random() < 0.6
            reason = "Simulated: too close to judge." if bars else "Simulated: a distant relation."
            review.resolve_conflict(conflict=conflict, bars=bars, reason=reason, actor=by, now=self.now)

    def cut(self, stage: Stage) -> StageList:
        """Have a stage read where it asks for readings, freeze its list, and let its authority decide."""
        if stage.readers:
            if stage.call.stages.filter(position__lt=stage.position, readers__gt=0).count() == 0:
                self.resolve()
            self.assign(stage)
            self.read(stage, share=1.0)
        self.now += 2 * DAY
        frozen = review.freeze_list(stage=stage, actor=self.world.staff, now=self.now)
        if stage.authority_id:
            self.now += DAY
            self._decide(stage)
        seal(now=self.now)
        return frozen

    def _decide(self, stage: Stage) -> None:
        """The chair of the authority decides, and a member on what the chair is recused from."""
        key = self.world.body_keys[stage.authority_id]
        body, deciding = self.world.bodies[key].name_en, {"stage": stage, "refused": {}, "now": self.now}
        made = review.decide_list(by=f"Chair, {body}", actor=self.world.chairs[key], **deciding)
        if isinstance(made, PartDecision):
            free = able_to_finish(made.list, self.now.date())[0]
            actor = self.world.actor_of(self.world.person_of(free.pk))
            review.decide_list(by=f"Member, {body}", actor=actor, **deciding)

    def assign(self, stage: Stage) -> None:
        self._go_through()
        self.now += DAY
        proposed = review.propose_matching(
            stage=stage,
            actor=self.world.staff,
            now=self.now,
            text_weight=0.3,
            one_organisation=True,
            objective="total",
        )
        due_at = self.now + READING_TIME
        review.deploy_matching(matching=proposed, actor=self.world.staff, now=self.now, due_at=due_at)

    def _go_through(self) -> None:
        """Every member affirms that she knows of nothing beside what the registry found, and signs the undertaking."""
        for person_id in committee_members(self.call, self.now.date()):
            actor = self.world.actor_of(self.world.person_of(person_id))
            signs = self.call.undertaking_digest
            review.declare_conflicts(call=self.call, reasons={}, signs=signs, actor=actor, now=self.now)

    def read(self, stage: Stage, share: float) -> None:
        """Let the committee hand in its reviews, or a ``share`` of them, in an order drawn by lot."""
        waiting = list(
            Assignment.objects.filter(stage=stage, state="assigned")
            .select_related("stage__call", "submission__ref")
            .order_by("submission__ref__number", "pk")
        )
        self.rng.shuffle(waiting)
        readers = dict(zip(sorted({a.reviewer_id for a in waiting}, key=str), self.readers, strict=False))
        wanted = round(share * len(waiting))
        start = self.now
        for done, assignment in enumerate(waiting[:wanted], 1):
            self.now = start + 20 * DAY * done / max(1, wanted)
            self._review(assignment, readers[assignment.reviewer_id])
            self.progress("reviews", done, wanted)

    def _review(self, assignment: Assignment, reader: Reader) -> None:
        simulated = self.by_number[assignment.submission.ref.number]
        person = self.world.person_of(assignment.reviewer_id)
        scores = score_review(simulated.quality, simulated.strengths, reader, self.profile.criteria, self.rng)
        _language, comment = comment_review(
            scores, self.profile.criteria, person.languages, self.simulation, self.rng
        )
        review.hand_in_review(
            assignment=assignment,
            scores=scores,
            comment=comment,
            confidence=confidence_of(person.ref.number, assignment.submission.ref.number),
            actor=self.world.actor_of(person),
            now=self.now,
        )

    def confer(self) -> None:
        """Offer the honours; every applicant accepts; confer them on the first day of the edition."""
        self.now += DAY
        stage = self.call.stages.get(kind="levels")
        offered = honours.offer_honours(stage=stage, actor=self.world.staff, now=self.now)
        self.now += 5 * DAY
        for honour in self._with_submissions(offered):
            actor = self.world.actor_of(self.world.person_of(honour.submission.person_id))
            honours.answer_offer(honour=honour, accept=True, actor=actor, now=self.now)

    def _with_submissions(self, honours_offered: Iterable[Honour]) -> Iterable[Honour]:
        ids = [honour.pk for honour in honours_offered]
        return Honour.objects.filter(pk__in=ids).select_related("submission").order_by("position")

    def present(self, day: date) -> None:
        """Confer what was accepted, on the stage."""
        self.now = max(self.now, datetime.combine(day, self.now.time(), self.now.tzinfo))
        for honour in Honour.objects.filter(submission__call=self.call, state="accepted").order_by(
            "position"
        ):
            honours.confer_honour(honour=honour, actor=self.world.staff, now=self.now)
        seal(now=self.now)

    def publish(self) -> None:
        """Send the proofs, let most be approved and the rest lapse after notice, and set the book."""
        stage = self.call.stages.get(key=self.profile.publication.stage)
        publication = self._prepare(stage)
        for entry in publication.entries.select_related("item").prefetch_related("item__parties"):
            if self.rng.random() < 0.9:
                person_id = next(p.person_id for p in entry.item.parties.all() if p.person_id)
                actor: Actor = self.world.actor_of(self.world.person_of(person_id))
                answer_proof(entry=entry, approve=True, actor=actor, now=self.now)
        self.now = publication.proof_until
        lapse_proofs(publication=publication, actor=self.world.staff, now=self.now)
        self.present(self.world.edition.starts_on)
        book = book_of(self.call, publication, published_on=self.now.date())
        set_publication(publication=publication, book=book, actor=self.world.staff, now=self.now)
        seal(now=self.now)

    def _prepare(self, stage: Stage) -> Any:
        titles = self.profile.publication
        return prepare_publication(
            key=f"{self.profile.key}-book", title={"en": titles.title.en, "zh": titles.title.zh},
            subtitle={"en": titles.subtitle.en, "zh": titles.subtitle.zh},
            list_digest=StageList.objects.get(stage=stage).digest, proofs=proofs_of(stage),
            proof_until=self.now + 10 * DAY, simulated=True, actor=self.world.staff, now=self.now,
        )  # fmt: skip


def content_of(simulated: SimulatedSubmission) -> dict[str, Any]:
    """Return the simulated answers as plain JSON, as a form would hand them over."""
    content = {key: value for key, value in simulated.values.items() if value not in (None, "", [])}
    content["contributors"] = [
        {
            "name_en": row.person.name_en,
            "name_zh": row.person.name_zh,
            "sort": f"{row.person.family}, {row.person.given}",
            "organisation_en": row.person.organisation.name.en if row.person.organisation else "",
            "organisation_zh": row.person.organisation.name.zh if row.person.organisation else "",
            "role_en": row.role.en,
            "role_zh": row.role.zh,
        }
        for row in simulated.values["contributors"]
    ]
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in content.items()}
