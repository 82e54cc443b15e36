from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from secretariat.engines.bundles.counting import carried
from secretariat.governance.bodies.queries import holders_of_seats
from secretariat.registry.conflicts.queries import PartySet
from secretariat.registry.refs.models import RefParty
from secretariat.summit.calls.models import Applicant, Call, Stage, Submission
from secretariat.summit.calls.queries import NotFound, rules_of
from secretariat.summit.review.models import (
    Assignment,
    Conflict,
    ListEntry,
    Move,
    Pseudonym,
    Review,
    StageList,
)


def committee_members(call: Call, on: date) -> list[UUID]:
    """Return the persons who sit in the call's committee on a day, in a fixed order."""
    return sorted({seat.person_id for seat in holders_of_seats(call.committee, on) if seat.person_id})


def party_sets(submissions: Iterable[Submission]) -> list[PartySet]:
    """Return who has a part in each submission: applicants, joint applicants, parties of its reference."""
    submissions = list(submissions)
    people: dict[UUID, set[UUID]] = {s.pk: {s.person_id} for s in submissions}
    organisations: dict[UUID, set[UUID]] = {
        s.pk: {s.organisation_id} if s.organisation_id else set() for s in submissions
    }
    for row in Applicant.objects.filter(submission__in=submissions):
        organisations[row.submission_id].add(row.organisation_id)
    of_ref = {s.ref_id: s.pk for s in submissions}
    for party in RefParty.objects.filter(ref__in=of_ref):
        if party.person_id:
            people[of_ref[party.ref_id]].add(party.person_id)
        else:
            organisations[of_ref[party.ref_id]].add(party.organisation_id)
    return [PartySet(s.pk, frozenset(people[s.pk]), frozenset(organisations[s.pk])) for s in submissions]


def barred_pairs(call: Call) -> list[Conflict]:
    """Return the conflicts that bar: resolved against the reviewer, or not resolved yet."""
    return list(
        Conflict.objects.filter(submission__call=call)
        .exclude(state="cleared")
        .select_related("submission__ref")
    )


def open_conflicts(call: Call) -> QuerySet[Conflict]:
    """Return what waits for the chair, oldest first."""
    return Conflict.objects.filter(submission__call=call, state="open").order_by("created_at", "pk")


def reviewed_with_open_conflict(call: Call, items: Collection[str]) -> list[str]:
    """Return which of these items were reviewed by somebody whose conflict with them still waits. One statement."""
    reviewed = Assignment.objects.filter(
        reviewer=OuterRef("person"), submission=OuterRef("submission"), state="done"
    )
    numbers = open_conflicts(call).filter(Exists(reviewed), submission__ref__number__in=items)
    return sorted(set(numbers.values_list("submission__ref__number", flat=True)))


def stage_by_key(call: Call, key: str) -> Stage:
    """Return a stage of the call. Raises NotFound."""
    stage = Stage.objects.filter(call=call, key=key).select_related("call__ref", "authority__ref").first()
    if stage is None:
        raise NotFound(f"{call.key} has no stage “{key}”")
    return stage


def frozen_list(stage: Stage) -> dict[str, Any] | None:
    """Return the stage's list as in a bundle, with the decision on it; None while it is not frozen. Two statements."""
    frozen = StageList.objects.filter(stage=stage).select_related("decision").first()
    if frozen is None:
        return None
    decision = getattr(frozen, "decision", None)
    rows = ListEntry.objects.filter(list=frozen).order_by("position")
    entries = rows.values(
        "rank", "score", "low", "high", "p_above", "outcome", ref=F("submission__ref__number")
    )
    return {**frozen.content, "entries": list(entries), "decision": decision.content if decision else None}


def handed_on(stage: Stage) -> dict[str, str] | None:
    """Return what a stage's list hands on: submission number -> outcome, in list order.

    None while the list is not frozen, or waits for the decision of its authority.
    """
    frozen = frozen_list(stage)
    if frozen is None or (stage.authority_id and frozen["decision"] is None):
        return None
    rule = next(r for r in rules_of(stage.call)["stages"] if r["key"] == stage.key)
    return carried(frozen, rule)


def moves_of(stage: Stage) -> list[dict[str, Any]]:
    """Return what the committee moved across the line of a stage, as a bundle has it, in the order it was carried."""
    rows = Move.objects.filter(stage=stage, state="carried").order_by("ended_at", "pk")
    return [
        {
            "ref": move.submission.ref.number, "to": move.to, "reason": move.reason, "ballot": move.ballot.ref.number,
            "votes": {name: int(getattr(move.ballot.result, name)) for name in ("yes", "no", "abstain")},
            "digest": move.ballot.result.digest,
        }
        for move in rows.select_related("submission__ref", "ballot__ref", "ballot__result")
    ]  # fmt: skip


def moves_to_vote_on(stage: Stage) -> list[str]:
    """Return the items of a stage whose move waits for its vote."""
    waiting = Move.objects.filter(stage=stage, state="proposed").exclude(ballot__state="cancelled")
    return sorted(waiting.values_list("submission__ref__number", flat=True))


def previous_stage(stage: Stage) -> Stage | None:
    """Return the stage whose list this one starts from; None for the first."""
    return (
        Stage.objects.filter(call=stage.call, position__lt=stage.position)
        .select_related("call__ref", "authority__ref")
        .order_by("-position")
        .first()
    )


def pseudonyms(call: Call) -> dict[UUID, str]:
    """Return the pseudonym of each reviewer of the call, by person."""
    return dict(Pseudonym.objects.filter(call=call).values_list("person_id", "name"))


def reviews_of(call: Call) -> list[dict[str, Any]]:
    """Return every review that stands, as reviews.json of a bundle: reviewers by pseudonym, in a fixed order."""
    names = pseudonyms(call)
    rows = (
        Review.objects.filter(assignment__submission__call=call, assignment__state="done")
        .values_list(
            "assignment__stage__key", "assignment__submission__ref__number", "assignment__reviewer", "scores",
            "overall", "confidence",
        )
    )  # fmt: skip
    reviews = [
        {
            "stage": stage, "item": item, "reviewer": names[reviewer], "scores": scores, "overall": overall,
            **({"confidence": confidence} if confidence else {}),
        }
        for stage, item, reviewer, scores, overall, confidence in rows
    ]  # fmt: skip
    return sorted(reviews, key=lambda r: (r["stage"], r["item"], r["reviewer"]))


def eligibility_of(call: Call) -> list[dict[str, Any]]:
    """Return the outcome of the screening, as eligibility.json of a bundle, in order of reference."""
    rows = (
        Submission.objects.filter(call=call, screening__isnull=False)
        .order_by("ref__number")
        .values_list("ref__number", "screening__failed")
    )
    return [{"ref": ref, "eligible": not failed, "failed": sorted(failed)} for ref, failed in rows]


def conflicts_of(call: Call) -> list[dict[str, str]]:
    """Return who may not score what, as conflicts.json of a bundle. Members who read nothing have no pseudonym."""
    names = pseudonyms(call)
    found = {
        (c.submission.ref.number, names[c.person_id], c.kind)
        for c in barred_pairs(call)
        if c.person_id in names
    }
    return [{"item": item, "reviewer": reviewer, "kind": kind} for item, reviewer, kind in sorted(found)]


def review_progress(call: Call) -> dict[str, dict[str, int]]:
    """Return for each stage how many assignments are in each state. One statement."""
    rows = (
        Assignment.objects.filter(submission__call=call)
        .values_list("stage__key", "state")
        .annotate(n=Count("pk"))
    )
    progress: dict[str, dict[str, int]] = {}
    for stage, state, n in rows:
        progress.setdefault(stage, {})[state] = n
    return progress


def moment(at: datetime) -> str:
    """Return a time as bundles write it: in UTC, ISO 8601."""
    return at.astimezone(UTC).isoformat()
