import math
import secrets
from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.engines.assignment import Assignment as Solution
from secretariat.engines.assignment import assign
from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.notices.actions import tell
from secretariat.registry.people.models import Person
from secretariat.summit.calls.models import Call, Stage, Submission
from secretariat.summit.review import logic, queries, rules
from secretariat.summit.review.models import (
    Assignment,
    Expertise,
    Matching,
    Pseudonym,
    ReviewDraft,
    StageList,
)


class Infeasible(Exception):
    """There is no matching under these loads and conflicts; ``unserved`` says which items and why.

    The message also names readers whose minimum load cannot be met.
    """

    def __init__(self, unserved: Collection[Any], unfilled: Collection[Any] = ()) -> None:
        reasons = [f"{u.item}: {u.why}" for u in unserved] + [f"{u.reviewer}: {u.why}" for u in unfilled]
        super().__init__("; ".join(reasons))
        self.unserved = list(unserved)


def refuse_without_pairs(solution: Solution) -> None:
    """Raise Infeasible, with the reasons, where the engine found no matching."""
    if solution.status == "infeasible" or solution.unserved or solution.unfilled:
        raise Infeasible(solution.unserved, solution.unfilled)


def state_expertise(*, person: Any, topics: Collection[Any], actor: Actor, now: datetime) -> None:
    """A person says in which fields she can judge; what she said before is replaced."""
    require(actor.person_id == person.pk or rules.can_run_review(actor), _("state this expertise"))
    with audit.act("expertise_stated", actor=actor, now=now, subject=person):
        Expertise.objects.filter(person=person).exclude(topic__in=topics).delete()
        Expertise.objects.bulk_create(
            [Expertise(person=person, topic=topic) for topic in topics], ignore_conflicts=True
        )


def propose_matching(
    *, stage: Stage, actor: Actor, now: datetime, max_load: int | None = None,
    objective: Literal["total", "fair"] = "fair", seed: int = 0,
) -> Matching:  # fmt: skip
    """Ask the engine who should read what in a stage. Nothing is assigned yet.

    Barred pairs, and pairs that read each other in an earlier stage, are left out. ``max_load`` defaults to
    an even share and a tenth more. Raises Infeasible with the items that cannot be served and why.
    """
    require(rules.can_run_review(actor), _("propose a matching"))
    require_state("no readers" if not stage.readers else "readers", ["readers"], _("A matching"))
    items = _items_of(stage)
    members = _named_members(stage.call, actor, now)
    solution = _solve(stage, items, members, max_load, objective, seed)
    refuse_without_pairs(solution)
    with audit.act("matching_proposed", actor=actor, now=now) as act:
        matching = Matching.objects.create(
            stage=stage,
            options={"readers": stage.readers, "max_load": max_load, "objective": objective, "seed": seed},
            measures={
                "total": solution.total, "worst": solution.worst, "p05": solution.p05,
                "bound_total": solution.bound_total, "bound_worst": solution.bound_worst,
                "loads": dict(sorted(Counter(solution.loads.values()).items())),
            },
            pairs=[[item, reviewer, score] for item, reviewer, score in solution.pairs],
        )  # fmt: skip
        act.on(matching, items=len(items), reviewers=len(members))
    return matching


def _solve(
    stage: Stage, items: dict[str, Submission], members: dict[str, UUID], max_load: int | None, objective: Any,
    seed: int,
) -> Solution:  # fmt: skip
    names = {person: name for name, person in members.items()}
    barred = {
        (c.submission.ref.number, names[c.person_id])
        for c in queries.barred_pairs(stage.call)
        if c.person_id in names
    }
    earlier = Assignment.objects.filter(submission__in=items.values()).exclude(state="withdrawn")
    barred |= {
        (number, names[reviewer])
        for number, reviewer in earlier.values_list("submission__ref__number", "reviewer")
        if reviewer in names
    }
    expertise: dict[UUID, set[str]] = {}
    topics = {number: s.topic for number, s in items.items()}
    named = [topic for topic in topics.values() if topic]
    for row in Expertise.objects.filter(person__in=names).select_related("topic__broader"):
        expertise.setdefault(row.person_id, set()).add(row.topic.key)
        named.append(row.topic)
    broader = {topic.key: topic.broader.key if topic.broader else None for topic in named}
    scores = [
        (number, name, logic.affinity(topic.key if topic else None, expertise.get(person, set()), broader))
        for number, topic in topics.items()
        for name, person in members.items()
    ]
    even = math.ceil(len(items) * stage.readers / max(1, len(members)) * 1.1)
    return assign(
        sorted(items), sorted(members), scores, per_item=stage.readers, max_load=max_load or even,
        conflicts=sorted(barred), objective=objective, seed=seed,
    )  # fmt: skip


def _items_of(stage: Stage) -> dict[str, Submission]:
    before = queries.previous_stage(stage)
    kept = queries.handed_on(before) if before else None
    require_state(
        "waiting" if kept is None else "decided", ["decided"], _("Matching before the earlier list")
    )
    chosen = stage.call.submissions.filter(ref__number__in=kept or ()).select_related("ref", "topic__broader")
    return {s.ref.number: s for s in chosen}


def _named_members(call: Call, actor: Actor, now: datetime) -> dict[str, UUID]:
    """Return the committee by pseudonym; new members draw theirs by lot."""
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

    ``due_at`` is the day by which reviews are asked for; a review that comes later still counts.
    """
    require(rules.can_run_review(actor), _("deploy a matching"))
    if due_at is not None and due_at <= now:
        raise ValueError(_("The day by which reviews are asked for lies in the past."))
    with audit.act("matching_deployed", actor=actor, now=now) as act:
        matching = Matching.objects.select_for_update().get(pk=matching.pk)
        require_state(matching.state, ["proposed"], _("Deploying"))
        call = Call.objects.select_for_update().get(pk=matching.stage.call_id)
        if Matching.objects.filter(stage=matching.stage, state="deployed").exists():
            require_state("deployed", [], _("Deploying a second matching"))
        people = {name: person for person, name in queries.pseudonyms(call).items()}
        items = {s.ref.number: s for s in call.submissions.select_related("ref")}
        barred = {(c.submission.ref.number, c.person_id) for c in queries.barred_pairs(call)}
        chosen = [(items[item], people[name]) for item, name, _score in matching.pairs]
        if any((s.ref.number, person) in barred for s, person in chosen):
            raise ValueError(_("A conflict was found since this matching was proposed; propose it again."))
        made = Assignment.objects.bulk_create(
            Assignment(matching=matching, stage=matching.stage, submission=s, reviewer_id=person)
            for s, person in chosen
        )
        matching.state, matching.deployed_at, matching.due_at = "deployed", now, due_at
        matching.save(update_fields=["state", "deployed_at", "due_at"])
        act.on(matching, assignments=len(made))
        readers = Person.objects.filter(pk__in=[row.reviewer_id for row in made], account__isnull=False)
        tell(
            accounts=list(readers.values_list("account", flat=True)), kind="readings_assigned", subject_id=matching.pk,
            now=now, call={"en": call.title_en, "zh": call.title_zh},
        )  # fmt: skip
    return len(made)


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


def assign_reader(
    *, stage: Stage, submission: Submission, person: Person, actor: Actor, now: datetime
) -> Assignment:
    """Give an item to one more member by hand, after the matching was deployed: where a reader stepped aside.

    Who has a conflict with the item, or has read it before, is refused.
    """
    require(rules.can_run_review(actor), _("deploy a matching"))
    with audit.act("reader_assigned", actor=actor, now=now) as act:
        call = Call.objects.select_for_update().get(pk=stage.call_id)
        matching = Matching.objects.filter(stage=stage, state="deployed").first()
        if matching is None or StageList.objects.filter(stage=stage).exists():
            require_state("frozen" if matching else "not deployed", [], _("Reviewing"))
        if submission.ref.number not in _items_of(stage):
            raise ValueError(_("Not on the list: %(items)s.") % {"items": submission.ref.number})
        if person.pk not in _named_members(call, actor, now).values():
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


def undo_matching(*, matching: Matching, reason: str, actor: Actor, now: datetime) -> int:
    """Take back a deployed matching whose reviews have not begun to come in. Returns how many were withdrawn."""
    require(rules.can_run_review(actor), _("undo a matching"))
    with audit.act("matching_undone", actor=actor, now=now, reason=reason) as act:
        matching = Matching.objects.select_for_update().get(pk=matching.pk)
        require_state(matching.state, ["deployed"], _("Undoing"))
        if matching.assignments.filter(state="done").exists():
            raise ValueError(_("Reviews have come in; a matching in use is not undone."))
        ReviewDraft.objects.filter(assignment__matching=matching).delete()
        withdrawn = matching.assignments.filter(state="assigned").update(state="withdrawn")
        matching.state = "undone"
        matching.save(update_fields=["state"])
        act.on(matching)
    return withdrawn
