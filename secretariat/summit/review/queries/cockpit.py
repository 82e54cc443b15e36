"""How the reviews of a call go, for the secretariat and the chair of its committee."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.models import Grant
from secretariat.foundation.accounts.queries import in_force, not_ended
from secretariat.governance.bodies.queries import holders_of_seats
from secretariat.governance.meetings.models import Meeting
from secretariat.registry.people.models import Person
from secretariat.summit.calls.models import Call, NamedConflict, Stage, Submission
from secretariat.summit.calls.queries import NotFound
from secretariat.summit.review.models import (
    Assignment,
    Conflict,
    Decision,
    Declaration,
    Matching,
    Move,
    Review,
    StageList,
)
from secretariat.summit.review.queries.lateness import is_late
from secretariat.summit.review.queries.reading import has_signed
from secretariat.summit.review.queries.standing import handed_on, previous_stage, pseudonyms
from secretariat.summit.review.rules import can_read_reviews


@dataclass
class StageState:
    """Where a stage of a selection stands."""

    stage: Stage
    frozen: StageList | None = None
    decision: Decision | None = None
    matching: Matching | None = None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        return self.counts.get("done", 0)

    @property
    def total(self) -> int:
        return self.done + self.counts.get("assigned", 0)

    @property
    def is_settled(self) -> bool:
        return self.frozen is not None and (self.decision is not None or self.stage.authority_id is None)


@dataclass
class Reader:
    """A member of the committee and what she has read in a stage."""

    person: Person
    role: str
    counts: dict[str, int]
    is_declared: bool  # and has signed the undertaking
    accepted: int = 0  # of what is still to come, or was reviewed
    late: int = 0

    @property
    def done(self) -> int:
        return self.counts.get("done", 0)

    @property
    def total(self) -> int:
        return self.done + self.counts.get("assigned", 0)


def followed_calls(actor: Actor) -> QuerySet[Call]:
    """Return the calls whose reviews the actor may follow, latest first, with what waits in each.

    For a chair relations to her own cases are not counted: she would learn that somebody is tied to one.
    """
    calls = Call.objects.exclude(committee=None).exclude(state__in=["draft", "cancelled"])
    waiting = Conflict.objects.filter(submission__call=OuterRef("pk"), state="open").order_by()
    if not (actor.has("desk.read") or actor.has("desk.run")):
        chaired = {c.scope_id for c in actor.capacities if c.right == "body.chair" and c.scope_id}
        calls = calls.filter(committee__in=[body for body in chaired if actor.has("body.chair", body)])
        hers = Conflict.objects.filter(submission=OuterRef("submission"), person=actor.person_id)
        waiting = waiting.filter(~Exists(hers.exclude(state="cleared")))
    counted = {
        "submitted": Q(submissions__state__in=["submitted", "eligible", "ineligible"]),
        "eligible": Q(submissions__state="eligible"),
    }
    counts = {f"n_{name}": Count("submissions", filter=of, distinct=True) for name, of in counted.items()}
    counts["n_waiting"] = Coalesce(
        Subquery(waiting.values("submission__call").annotate(n=Count("pk")).values("n")), Value(0)
    )
    return calls.select_related("ref", "edition", "committee").annotate(**counts).order_by("-closes_at")


def get_followed_call(actor: Actor, key: str) -> Call:
    """Return a call whose reviews the actor may follow. Raises NotFound."""
    call = followed_calls(actor).filter(key=key).first()
    if call is None:
        raise NotFound(_("There is no call “%(key)s”.") % {"key": key})
    return call


def short_counts(calls: Sequence[Call]) -> dict[UUID, tuple[str, int]]:
    """Return for each call the key of the stage in which items are short of a reader, and how many. One statement."""
    frozen = StageList.objects.filter(stage=OuterRef("stage"))
    running = Matching.objects.filter(stage=OuterRef("stage"), state="deployed", kind="run")
    rows = Assignment.objects.filter(~Exists(frozen), Exists(running), stage__call__in=calls)
    rows = rows.values("stage__call", "stage__key", "submission")
    live = rows.annotate(live=Count("pk", filter=Q(state__in=["assigned", "done"])))
    found: dict[UUID, tuple[str, int]] = {}
    for row in live.filter(live__lt=F("stage__readers")):
        held = found.get(row["stage__call"], (row["stage__key"], 0))
        found[row["stage__call"]] = (row["stage__key"], held[1] + 1)
    return found


def desk_accounts(on: date) -> list[UUID]:
    """Return the accounts of those who run the desk on a day. One statement."""
    held = Grant.objects.filter(in_force(on), not_ended(on), right="desk.run", account__is_active=True)
    return sorted(set(held.values_list("account", flat=True)))


def stage_states(calls: Sequence[Call]) -> dict[UUID, list[StageState]]:
    """Return the stages of each call with where they stand, in order. Four statements."""
    stages = (
        Stage.objects.filter(call__in=calls).select_related("authority__ref", "call").order_by("position")
    )
    found = {stage.pk: StageState(stage) for stage in stages}
    for frozen in StageList.objects.filter(stage__in=found).select_related("decision"):
        state = found[frozen.stage_id]
        state.frozen, state.decision = frozen, getattr(frozen, "decision", None)
    for matching in Matching.objects.filter(stage__in=found, state="deployed", kind="run"):
        found[matching.stage_id].matching = matching
    rows = Assignment.objects.filter(stage__in=found).values_list("stage", "state")
    for stage, assignment_state, n in rows.annotate(n=Count("pk")):
        found[stage].counts[assignment_state] = n
    by_call: dict[UUID, list[StageState]] = {call.pk: [] for call in calls}
    for state in found.values():
        by_call[state.stage.call_id].append(state)
    return by_call


def readers_of(
    call: Call, on: date, stage: Stage | None, recused: Collection[str] = (), now: datetime | None = None
) -> list[Reader]:
    """Return the committee on a day, and whoever reads without a seat, with the readings of each in a stage.

    Readings of the items the reader of the page is recused from count for nobody: else they tell who reads them.
    """
    counts: dict[UUID, Counter[str]] = {}
    late_now = is_late(now) if now else Q(pk=None)
    if stage is not None:
        shown = Assignment.objects.filter(stage=stage).exclude(submission__ref__number__in=recused)
        rows = shown.values_list("reviewer", "state")
        live = Q(accepted_at__isnull=False, state__in=["assigned", "done"])
        told = {"n": Count("pk"), "accepted": Count("pk", filter=live), "late": Count("pk", filter=late_now)}
        for reviewer, state, n, accepted, late in rows.annotate(**told):
            held = counts.setdefault(reviewer, Counter())
            held[state], held["accepted"], held["late"] = n, held["accepted"] + accepted, held["late"] + late
    seated = {term.person_id: term for term in holders_of_seats(call.committee, on) if term.person_id}
    through = Declaration.objects.filter(has_signed(call.pk, OuterRef("person")), call=call)
    declared = set(through.values_list("person", flat=True))
    people = {p.pk: p for p in Person.objects.filter(pk__in=[*seated, *counts])}
    return [
        Reader(
            people[pk], seated[pk].get_role_display() if pk in seated else "", dict(counts.get(pk, {})),
            pk in declared, **{name: counts.get(pk, Counter())[name] for name in ("accepted", "late")},
        )
        for pk in [*seated, *sorted(counts.keys() - seated.keys())]
    ]  # fmt: skip


def moves_in(stage: Stage) -> list[Move]:
    """Return every move of a stage, latest first, with its ballot and result. One statement."""
    rows = Move.objects.filter(stage=stage).select_related("submission__ref", "ballot__ref", "ballot__result")
    return list(rows.order_by("-created_at", "pk"))


def meetings_ahead(call: Call) -> QuerySet[Meeting]:
    """Return the meetings of a call's committee whose agenda can still be added to, the next first."""
    alive = Meeting.objects.filter(body=call.committee_id, state__in=["planned", "convened", "open"])
    return alive.select_related("ref").order_by("starts_at")


def conflicts_of_call(call: Call, *, waiting: bool, recused: Collection[str] = ()) -> QuerySet[Conflict]:
    """Return the relations that wait for the chair, oldest first; or those that were resolved, latest first.

    ``recused``: the items that the reader may not see judged, by number. Who else is related is not told.
    """
    rows = Conflict.objects.filter(submission__call=call).exclude(submission__ref__number__in=recused)
    rows = rows.select_related("submission__ref", "submission__organisation", "submission__call", "person")
    if waiting:
        return rows.filter(state="open").order_by("created_at", "pk")
    return rows.exclude(state="open").order_by("-resolved_at", "pk")


def words_of_applicants(conflicts: Sequence[Conflict]) -> dict[UUID, str]:
    """Return what applicants wrote of the members they named, by the source of the relation. One statement at most."""
    sources = [row.source_id for row in conflicts if row.kind == "named_by_applicant" and row.source_id]
    if not sources:
        return {}
    return dict(NamedConflict.objects.filter(pk__in=sources).values_list("pk", "reason"))


def get_conflict(call: Call, pk: UUID, recused: Collection[str] = ()) -> Conflict:
    """Return a relation of a call that the reader may see. Raises NotFound."""
    found = Conflict.objects.filter(submission__call=call, pk=pk).exclude(submission__ref__number__in=recused)
    conflict = found.select_related("submission__call", "submission__ref", "person").first()
    if conflict is None:
        raise NotFound(_("There is no such conflict."))
    return conflict


def matchings_of(stage: Stage) -> list[Matching]:
    """Return what was proposed for a stage, latest first."""
    return list(
        Matching.objects.filter(stage=stage).select_related("stage__call").order_by("-created_at", "pk")
    )


def get_matching(stage: Stage, pk: UUID) -> Matching:
    """Return a matching of a stage. Raises NotFound."""
    matching = Matching.objects.filter(stage=stage, pk=pk).select_related("stage__call").first()
    if matching is None:
        raise NotFound(_("There is no such matching."))
    return matching


def people_by_pseudonym(call: Call) -> dict[str, Person]:
    """Return who stands behind each pseudonym of a call. Two statements."""
    names = pseudonyms(call)
    people = {person.pk: person for person in Person.objects.filter(pk__in=names)}
    return {name: people[pk] for pk, name in names.items()}


def readings_of(stage: Stage, recused: Collection[str] = ()) -> dict[Submission, list[Assignment]]:
    """Return each item of a stage with who reads it, by number, without those kept from the reader. One statement."""
    rows = Assignment.objects.filter(stage=stage).exclude(state="withdrawn")
    shown = rows.exclude(submission__ref__number__in=recused)
    named = shown.select_related("submission__ref", "submission__organisation", "reviewer")
    found: dict[Submission, list[Assignment]] = {}
    for row in named.order_by("submission__ref__number", "pk"):
        found.setdefault(row.submission, []).append(row)
    return found


def assignments_of(actor: Actor, stage: Stage) -> QuerySet[Assignment]:
    """Return who reads what in a stage, each with her review, for who may read reviews; nothing for anybody else."""
    rows = Assignment.objects.filter(stage=stage).exclude(state="withdrawn")
    if not can_read_reviews(actor, stage.call):
        rows = rows.none()
    return rows.select_related("submission__ref", "reviewer__ref", "review")


def readings_of_item(submission: Submission) -> list[Assignment]:
    """Return who reads an item or stepped aside from it, by stage. One statement."""
    rows = Assignment.objects.filter(submission=submission).exclude(state="withdrawn")
    return list(rows.select_related("reviewer", "stage").order_by("stage__position", "pk"))


def items_of_stage(stage: Stage) -> list[Submission]:
    """Return what a stage starts from, by number; nothing while the list before it is not decided."""
    before = previous_stage(stage)
    kept = handed_on(before) if before else None
    items = stage.call.submissions.filter(ref__number__in=kept or ()).exclude(state="withdrawn")
    return list(items.select_related("ref").order_by("ref__number"))


def get_member(call: Call, pk: str, on: date) -> Person:
    """Return somebody who sits in the committee of a call on a day. Raises NotFound."""
    for reader in readers_of(call, on, None):
        if str(reader.person.pk) == pk:
            return reader.person
    raise NotFound(_("There is no such member of the committee."))


def reviews_for(actor: Actor, call: Call, submission: Submission) -> list[Review]:
    """Return the reviews of an item that the actor may read, by stage.

    The secretariat reads all. The chair of the committee reads those of a stage in which no review is still to come,
    of items that no relation keeps her from: what others wrote shall not colour what she has to write.
    """
    reviews = Review.objects.filter(assignment__submission=submission, assignment__state="done")
    if not can_read_reviews(actor, call):
        if Conflict.objects.filter(submission=submission, person=actor.person_id).exclude(state="cleared"):
            return []
        running = Assignment.objects.filter(stage__call=call, state="assigned").values("stage")
        reviews = reviews.exclude(assignment__stage__in=running)
    named = reviews.select_related("assignment__stage", "assignment__reviewer")
    return list(named.order_by("assignment__stage__position", "handed_in_at"))


def get_item(call: Call, number: str, recused: Collection[str] = ()) -> Submission:
    """Return an item of a call by its number. Raises NotFound, for those the reader is recused from too."""
    items = call.submissions.filter(ref__number=number).exclude(state="draft")
    found = items.select_related("ref", "topic", "organisation", "person").first()
    if found is None or number in recused:
        raise NotFound(_("There is no submission “%(number)s”.") % {"number": number})
    found.call = call
    return found
