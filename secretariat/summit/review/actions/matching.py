import secrets
from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.jobs.actions import defer
from secretariat.foundation.notices.actions import tell
from secretariat.registry.people.models import Person
from secretariat.summit.calls.models import Call, Stage, Submission
from secretariat.summit.review import logic, queries, rules
from secretariat.summit.review.actions.engine import Infeasible, ask, measures_of
from secretariat.summit.review.models import (
    Assignment,
    Expertise,
    Matching,
    Pseudonym,
    ReviewDraft,
    StageList,
)
from secretariat.summit.review.queries.fitting import material_for
from secretariat.summit.review.states import ENGINE, WORK_OUT

# Pairs that are worked out at once; more are left to the worker. Where rules make the fair answer a search: fewer.
FEW_PAIRS, FEW_PAIRS_TO_SEARCH = 60_000, 4_000


def state_expertise(*, person: Any, topics: Collection[Any], actor: Actor, now: datetime) -> None:
    """A person says in which fields she can judge; what she said before is replaced."""
    require(actor.person_id == person.pk or rules.can_run_review(actor), _("state this expertise"))
    with audit.act("expertise_stated", actor=actor, now=now, subject=person):
        Expertise.objects.filter(person=person).exclude(topic__in=topics).delete()
        Expertise.objects.bulk_create(
            [Expertise(person=person, topic=topic) for topic in topics], ignore_conflicts=True
        )


def propose_matching(*, stage: Stage, actor: Actor, now: datetime, **wished: Any) -> Matching:
    """Ask the engine who should read what in a stage, as ``logic.Wishes`` say. Nothing is assigned yet.

    Barred pairs, and pairs that read each other in an earlier stage, are left out. ``max_load`` defaults to
    an even share and a tenth more. Raises Infeasible with the items that cannot be served and why. What would keep
    her waiting is worked out by the worker: it is there at once, and not ready.
    """
    require(rules.can_run_review(actor), _("propose a matching"))
    require_state("no readers" if not stage.readers else "readers", ["readers"], _("A matching"))
    wishes = logic.Wishes(**wished)
    items = items_of(stage)
    members = named_members(call=stage.call, actor=actor, now=now)
    wishes = _by_pseudonym(wishes, members)
    pairs = len(items) * len(members)
    later = pairs > (FEW_PAIRS_TO_SEARCH if wishes.is_slow else FEW_PAIRS)
    answer = None if later else _answer(stage, items, members, wishes, now)
    with audit.act("matching_proposed", actor=actor, now=now) as act:
        matching = Matching(stage=stage, options={"readers": stage.readers, **asdict(wishes)})
        if answer:
            _fill(matching, answer, now)
        matching.save(force_insert=True)
        act.on(matching, items=len(items), reviewers=len(members))
        if later:
            defer(WORK_OUT, one_at_a_time=ENGINE, key=str(matching.pk))
    return matching


def _by_pseudonym(wishes: logic.Wishes, members: dict[str, UUID]) -> logic.Wishes:
    """The pairs asked for by their pseudonyms, where they came as persons."""
    names = {str(person): name for name, person in members.items()}

    def named(rows: Collection[tuple[str, str, str]]) -> tuple[tuple[str, str, str], ...]:
        return tuple((number, names.get(str(who), str(who)), reason) for number, who, reason in rows)

    return replace(wishes, required=named(wishes.required), ruled_out=named(wishes.ruled_out))


def work_out_matching(*, matching: Matching, actor: Actor, now: datetime) -> Matching:
    """Work out what was proposed and left to the worker; where there is no matching, keep the reasons. Once."""
    require(rules.can_work_out(actor), _("propose a matching"))
    if matching.worked_out_at or matching.state != "proposed":
        return matching
    stage = matching.stage
    members = {name: person for person, name in queries.pseudonyms(stage.call).items()}
    seated = set(queries.committee_members(stage.call, now.date()))
    members = {name: person for name, person in members.items() if person in seated}
    answer: Answer | None = None
    try:
        answer = _answer(stage, items_of(stage), members, logic.wishes_of(matching.options), now)
    except (Infeasible, ValueError) as error:
        matching.trouble = str(error)
    with audit.act("matching_worked_out", actor=actor, now=now) as act:
        Matching.objects.select_for_update().get(pk=matching.pk)
        if answer:
            _fill(matching, answer, now)
        matching.worked_out_at = now
        matching.save(update_fields=["measures", "pairs", "parts", "trouble", "worked_out_at"])
        act.on(matching)
    return matching


Answer = tuple[dict[str, Any], list[list[Any]], list[list[Any]]]


def _answer(
    stage: Stage, items: dict[str, Submission], members: dict[str, UUID], wishes: logic.Wishes, now: datetime
) -> Answer:
    material = material_for(stage, items, members, wishes, now.date())
    found, priced = ask(material, wishes, stage.readers)
    pairs = [[item, reviewer, score] for item, reviewer, score in found.pairs]
    parts = [list(material.parts[item, reviewer]) for item, reviewer, _score in found.pairs]
    return measures_of(found, priced), pairs, parts


def _fill(matching: Matching, answer: Answer, now: datetime) -> None:
    matching.measures, matching.pairs, matching.parts = answer
    matching.worked_out_at = now


def items_of(stage: Stage) -> dict[str, Submission]:
    """What a stage reads, by number. Raises WrongState while the list before it is not decided."""
    before = queries.previous_stage(stage)
    kept = queries.handed_on(before) if before else None
    require_state(
        "waiting" if kept is None else "decided", ["decided"], _("Matching before the earlier list")
    )
    chosen = stage.call.submissions.filter(ref__number__in=kept or ()).select_related("ref", "topic__broader")
    return {s.ref.number: s for s in chosen}


def named_members(*, call: Call, actor: Actor, now: datetime) -> dict[str, UUID]:
    """The committee by pseudonym; new members draw theirs by lot."""
    members = queries.committee_members(call, now.date())
    known = queries.pseudonyms(call)
    new = [person for person in members if person not in known]
    if new:
        secrets.SystemRandom().shuffle(new)
        with audit.act("pseudonyms_drawn", actor=actor, now=now, subject=call, drawn=len(new)):
            Pseudonym.objects.bulk_create(
                Pseudonym(call=call, person_id=person, name=f"R{n:02d}")
                for n, person in enumerate(new, len(known) + 1)
            )
        known = queries.pseudonyms(call)
    return {known[person]: person for person in members}


def deploy_matching(
    *, matching: Matching, actor: Actor, now: datetime, due_at: datetime | None = None
) -> int:
    """Make the proposed matching real: each pair becomes an assignment. Returns how many.

    ``due_at`` is the day by which reviews are asked for; a review that comes later still counts. A repair takes
    the day of the run it mends, and withdraws what it drops.
    """
    require(rules.can_run_review(actor), _("deploy a matching"))
    if due_at is not None and due_at <= now:
        raise ValueError(_("The day by which reviews are asked for lies in the past."))
    with audit.act("matching_deployed", actor=actor, now=now) as act:
        matching = Matching.objects.select_for_update().get(pk=matching.pk)
        require_state(matching.state, ["proposed"], _("Deploying"))
        if not matching.is_ready:
            require_state("not worked out", [], _("Deploying"))
        call = Call.objects.select_for_update().get(pk=matching.stage.call_id)
        due_at = _due_of(matching, due_at)
        made = _assign(matching, call)
        matching.state, matching.deployed_at, matching.due_at = "deployed", now, due_at
        matching.save(update_fields=["state", "deployed_at", "due_at"])
        act.on(matching, assignments=len(made))
        readers = Person.objects.filter(pk__in=[row.reviewer_id for row in made], account__isnull=False)
        tell(
            accounts=list(readers.values_list("account", flat=True)), kind="readings_assigned", subject_id=matching.pk,
            now=now, call={"en": call.title_en, "zh": call.title_zh},
        )  # fmt: skip
    return len(made)


def _due_of(matching: Matching, due_at: datetime | None) -> datetime | None:
    running = Matching.objects.filter(stage=matching.stage, kind="run", state="deployed").first()
    if matching.kind == "run":
        if running:
            require_state("deployed", [], _("Deploying a second matching"))
        return due_at
    if running is None or running.pk != matching.basis_id:
        require_state("undone", [], _("Deploying a repair"))
    if StageList.objects.filter(stage=matching.stage).exists():
        require_state("frozen", [], _("Reviewing"))
    return due_at or running.due_at


def _assign(matching: Matching, call: Call) -> list[Assignment]:
    people = {name: person for person, name in queries.pseudonyms(call).items()}
    items = {s.ref.number: s for s in call.submissions.select_related("ref")}
    barred = {(c.submission.ref.number, c.person_id) for c in queries.barred_pairs(call)}
    chosen = [(items[item], people[name]) for item, name, _score in matching.pairs]
    if any((s.ref.number, person) in barred for s, person in chosen):
        raise ValueError(_("A conflict was found since this matching was proposed; propose it again."))
    if matching.kind != "run":
        _withdraw(matching, [(items[item].pk, people[name]) for item, name in matching.dropped])
        held = Assignment.objects.filter(stage=matching.stage).exclude(state="withdrawn")
        known = set(held.values_list("submission", "reviewer"))
        if any((s.pk, person) in known for s, person in chosen):
            raise ValueError(_("The readings have changed since this was proposed; propose it again."))
    return Assignment.objects.bulk_create(
        Assignment(matching=matching, stage=matching.stage, submission=s, reviewer_id=person)
        for s, person in chosen
    )


def _withdraw(matching: Matching, pairs: Collection[tuple[UUID, UUID]]) -> None:
    """Withdraw what a repair drops; refused where a review came in meanwhile."""
    rows = Assignment.objects.select_for_update().filter(stage=matching.stage, state="assigned")
    dropped = [row.pk for row in rows if (row.submission_id, row.reviewer_id) in set(pairs)]
    if len(dropped) < len(pairs):
        raise ValueError(_("The readings have changed since this was proposed; propose it again."))
    ReviewDraft.objects.filter(assignment__in=dropped).delete()
    Assignment.objects.filter(pk__in=dropped).update(state="withdrawn")


def discard_matching(*, matching: Matching, actor: Actor, now: datetime) -> Matching:
    """Lay a proposal aside. It stays in the record, with its measures."""
    require(rules.can_run_review(actor), _("discard a matching"))
    with audit.act("matching_discarded", actor=actor, now=now) as act:
        matching = Matching.objects.select_for_update().get(pk=matching.pk)
        require_state(matching.state, ["proposed"], _("Discarding"))
        matching.state = "discarded"
        matching.save(update_fields=["state"])
        act.on(matching)
    return matching


def undo_matching(*, matching: Matching, reason: str, actor: Actor, now: datetime) -> int:
    """Take back a deployed matching whose reviews have not begun to come in. Returns how many were withdrawn.

    With a run go its repairs. A repair by itself gives back what it dropped.
    """
    require(rules.can_run_review(actor), _("undo a matching"))
    with audit.act("matching_undone", actor=actor, now=now, reason=reason) as act:
        matching = Matching.objects.select_for_update().get(pk=matching.pk)
        require_state(matching.state, ["deployed"], _("Undoing"))
        undone = Matching.objects.filter(Q(pk=matching.pk) | Q(basis=matching.pk))
        held = Assignment.objects.filter(matching__in=undone)
        if held.filter(state="done").exists():
            raise ValueError(_("Reviews have come in; a matching in use is not undone."))
        ReviewDraft.objects.filter(assignment__in=held).delete()
        withdrawn = held.filter(state="assigned").update(state="withdrawn")
        _give_back(matching)
        undone.filter(state="deployed").update(state="undone")
        undone.filter(state="proposed").update(state="discarded")
        act.on(matching)
    return withdrawn


def _give_back(repair: Matching) -> None:
    """Assign again what a repair dropped, as far as no conflict was found since."""
    if repair.kind == "run" or not repair.dropped:
        return
    call = repair.stage.call
    people = {name: person for person, name in queries.pseudonyms(call).items()}
    items = {s.ref.number: s for s in call.submissions.select_related("ref")}
    barred = {(c.submission.ref.number, c.person_id) for c in queries.barred_pairs(call)}
    Assignment.objects.bulk_create(
        Assignment(
            matching_id=repair.basis_id, stage=repair.stage, submission=items[item], reviewer_id=people[name]
        )
        for item, name in repair.dropped
        if (item, people[name]) not in barred
    )
