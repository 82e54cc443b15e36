"""Readings under way: accepted or declined by the reader, repaired or topped up by the desk."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.jobs.actions import defer
from secretariat.foundation.notices.actions import tell
from secretariat.registry.people.models import Person
from secretariat.summit.calls.models import Call, Stage, Submission
from secretariat.summit.review import logic, queries, rules
from secretariat.summit.review.actions.engine import ask_repair, even_share, measures_of
from secretariat.summit.review.actions.matching import items_of, named_members
from secretariat.summit.review.models import Assignment, Matching, ReviewDraft, StageList
from secretariat.summit.review.queries.fitting import Pair, live_pairs, material_for
from secretariat.summit.review.states import ENGINE, REPAIR


def accept_readings(*, stage: Stage, actor: Actor, now: datetime) -> int:
    """A reader says that she will read what she was given in a stage. Returns how many items."""
    require(actor.person_id is not None and actor.acting_for_id is None, _("accept readings"))
    with audit.act("readings_accepted", actor=actor, now=now, subject=stage) as act:
        hers = Assignment.objects.filter(stage=stage, reviewer=actor.person_id, state="assigned")
        if hers.exclude(queries.has_signed(stage.call_id, actor.person_id)).exists():
            raise queries.NotSigned(stage.call.key)
        accepted = hers.filter(accepted_at=None).update(accepted_at=now)
        act.detail["items"] = accepted
    return accepted


def decline_reading(*, assignment: Assignment, reason: str, actor: Actor, now: datetime) -> Assignment:
    """A reader gives an item back, with a reason that is no conflict: no time, not her field.

    The secretariat is told, and the worker proposes who could take over.
    """
    require(rules.can_review(actor, assignment), _("decline a reading"))
    if not reason.strip():
        raise ValueError(_("Say why you decline."))
    with audit.act("reading_declined", actor=actor, now=now) as act:
        signed = queries.has_signed(OuterRef("stage__call"), OuterRef("reviewer"))
        rows = Assignment.objects.select_for_update(of=("self",)).annotate(is_signed=signed)
        assignment = rows.select_related("stage__call").get(pk=assignment.pk)
        require_state(assignment.state, ["assigned"], _("Declining"))
        if not assignment.is_signed:
            raise queries.NotSigned(assignment.stage.call.key)
        if StageList.objects.filter(stage=assignment.stage).exists():
            require_state("frozen", [], _("Reviewing"))
        ReviewDraft.objects.filter(assignment=assignment).delete()
        assignment.state, assignment.declined_reason = "declined", reason.strip()
        assignment.save(update_fields=["state", "declined_reason"])
        act.on(assignment)
        stage = assignment.stage
        call = stage.call
        tell(
            accounts=queries.desk_accounts(timezone.localdate(now)), kind="reading_declined",
            subject_id=assignment.pk, now=now, call={"en": call.title_en, "zh": call.title_zh}, key=call.key,
            stage=stage.key, number=assignment.submission.ref.number,
        )  # fmt: skip
        defer(REPAIR, one_at_a_time=ENGINE, stage=str(stage.pk))
    return assignment


def propose_repair(*, stage: Stage, actor: Actor, now: datetime, more: Collection[str] = ()) -> Matching:
    """Ask the engine who takes over what is short of a reader, with as few changes as can be, and then the best fit.

    ``more``: numbers of items that get one reading more, by readers in addition: nothing else changes then. Takes
    the place of an earlier repair that waits. Raises Infeasible, and WrongState where nothing is short.
    """
    require(rules.can_work_out(actor), _("propose a matching"))
    basis = Matching.objects.filter(stage=stage, state="deployed", kind="run").first()
    if basis is None:
        require_state("not deployed", [], _("Repairing"))
    if StageList.objects.filter(stage=stage).exists():
        require_state("frozen", [], _("Reviewing"))
    items, members = items_of(stage), named_members(call=stage.call, actor=actor, now=now)
    if unknown := sorted(set(more) - items.keys()):
        raise ValueError(_("Not on the list: %(items)s.") % {"items": ", ".join(unknown)})
    live = live_pairs(stage, queries.pseudonyms(stage.call))
    demand = _demand(items, live, stage.readers, more)
    if sum(demand.values()) == len(live):
        require_state("complete", [], _("Repairing"))
    wishes = replace(logic.wishes_of(basis.options), required=())
    material = material_for(stage, items, members | _readers(stage, live), wishes, now.date())
    most = wishes.max_load or even_share(len(items), stage.readers, len(members))
    found = ask_repair(material, wishes, live, demand, most, stays=bool(more))
    with audit.act("matching_proposed", actor=actor, now=now) as act:
        kind = "top_up" if more else "repair"
        Matching.objects.filter(basis=basis, kind=kind, state="proposed").update(state="discarded")
        added = [[item, name, score] for item, name, score in found.pairs if (item, name) not in live]
        matching = Matching.objects.create(
            stage=stage, kind=kind, basis=basis, options={**basis.options, "more": sorted(more)},
            measures=measures_of(found, []), pairs=added, worked_out_at=now,
            parts=[list(material.parts[item, name]) for item, name, _score in added],
            dropped=sorted(map(list, live.keys() - {(item, name) for item, name, _score in found.pairs})),
        )  # fmt: skip
        act.on(matching, added=len(added), dropped=len(matching.dropped))
    return matching


def _demand(
    items: Collection[str], live: Collection[Pair], readers: int, more: Collection[str]
) -> dict[str, int]:
    held = Counter(number for number, _name in live)
    if more:
        return {number: held[number] + (number in more) for number in items}
    return {number: max(readers, held[number]) for number in items}


def _readers(stage: Stage, live: Collection[Pair]) -> dict[str, UUID]:
    """Who reads already, whether or not she still sits in the committee."""
    reading = {name for _number, name in live}
    return {name: person for person, name in queries.pseudonyms(stage.call).items() if name in reading}


def assign_reader(
    *, stage: Stage, submission: Submission, person: Person, actor: Actor, now: datetime
) -> Assignment:
    """Give an item to one more member by hand, after the matching was deployed: where a reader stepped aside.

    Who has a conflict with the item, or has read it before, is refused.
    """
    require(rules.can_run_review(actor), _("deploy a matching"))
    with audit.act("reader_assigned", actor=actor, now=now) as act:
        call = Call.objects.select_for_update().get(pk=stage.call_id)
        matching = Matching.objects.filter(stage=stage, state="deployed", kind="run").first()
        if matching is None or StageList.objects.filter(stage=stage).exists():
            require_state("frozen" if matching else "not deployed", [], _("Reviewing"))
        if submission.ref.number not in items_of(stage):
            raise ValueError(_("Not on the list: %(items)s.") % {"items": submission.ref.number})
        if person.pk not in named_members(call=call, actor=actor, now=now).values():
            require_state("no member", [], _("Reviewing"))
        if any(
            c.person_id == person.pk and c.submission_id == submission.pk for c in queries.barred_pairs(call)
        ):
            require_state("conflict", [], _("Reviewing"))
        if (
            Assignment.objects.filter(submission=submission, reviewer=person)
            .exclude(state="withdrawn")
            .exists()
        ):
            require_state("assigned", [], _("Reviewing"))
        made = Assignment.objects.create(
            matching=matching, stage=stage, submission=submission, reviewer=person
        )
        act.on(made)
    return made
