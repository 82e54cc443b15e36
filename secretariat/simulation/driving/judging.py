"""What the committee does: conflicts, who reads what, and the reviews."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.simulation.driving.acting import Visit
from secretariat.simulation.driving.answers import REFUSALS, No, reason_of, table
from secretariat.simulation.driving.submissions import read_csv
from secretariat.summit.calls.models import Call, Stage
from secretariat.summit.calls.queries import NotFound
from secretariat.summit.review import actions, queries, rules
from secretariat.summit.review.actions.engine import Infeasible
from secretariat.summit.review.models import Assignment, Conflict, Matching


def conflicts(visit: Visit) -> Iterator[str]:
    """Look for conflicts in the whole registry, and list those that wait; the committee's chair sees the list."""
    if rules.can_run_review(visit.actor):
        found = actions.find_conflicts(call=visit.call, actor=visit.actor, now=visit.now)
        yield f"{found['barred']} new conflicts bar by rule, {found['open']} wait to be resolved."
    else:
        require(rules.chairs(visit.actor, visit.call.committee_id), "see the conflicts of this call")
    waiting = queries.open_conflicts(visit.call).select_related("submission__ref", "person__ref")
    yield from table(
        ("conflict", "submission", "reviewer", "kind", "what the reviewer reads"),
        [(c.pk, c.submission.ref.number, c.person.ref.number, c.kind, c.explanation) for c in waiting],
    )


def resolve(visit: Visit, which: str, *, bars: bool, reason: str) -> Iterator[str]:
    """Decide on one conflict, or on all that wait between a submission and a person: ``NUMBER/PERSON``."""
    chosen = Conflict.objects.filter(submission__call=visit.call).select_related(
        "submission__ref", "submission__call"
    )
    number, slash, person = which.partition("/")
    if slash:
        chosen = chosen.filter(submission__ref__number=number, person__ref__number=person, state="open")
    else:
        chosen = chosen.filter(pk=_uuid(which))
    if not chosen:
        raise NotFound(f"there is no conflict {which} to be resolved")
    for conflict in chosen:
        done = actions.resolve_conflict(
            conflict=conflict, bars=bars, reason=reason, actor=visit.actor, now=visit.now
        )
        yield f"{conflict.submission.ref.number}, {conflict.kind}: {done.state}."


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def match(visit: Visit, stage: Stage, *, objective: Any, max_load: int | None, deploy: bool) -> Iterator[str]:
    """Propose who reads what, show how good that is and, if asked, assign it."""
    try:
        matching = actions.propose_matching(
            stage=stage, actor=visit.actor, now=visit.now, max_load=max_load, objective=objective
        )
    except Infeasible as error:
        raise No(f"{visit.call.key} {stage.key}: no matching: {error}") from error
    yield from _measures(matching)
    if deploy:
        made = actions.deploy_matching(matching=matching, actor=visit.actor, now=visit.now)
        yield f"Deployed: {made} assignments."
    else:
        yield "Not deployed (--deploy)."


def _measures(matching: Matching) -> Iterator[str]:
    found = matching.measures
    loads = ", ".join(
        f"{n} read {load}" for load, n in sorted(found["loads"].items(), key=lambda row: int(row[0]))
    )
    yield f"{len(matching.pairs)} readings by the objective {matching.options['objective']}:"
    yield f"  total {found['total']:.2f} (at most {found['bound_total']:.2f})"
    yield f"  worst item {found['worst']:.2f} (at most {found['bound_worst']:.2f})"
    yield f"  reviewers: {loads}"


def reviews(visit: Visit, stage: Stage, file: str) -> Iterator[str]:
    """Hand in the reviews of a CSV, each as its reviewer, and report row by row.

    Whoever wrote one is taken to have gone through the items and signed the undertaking, as the desk brings it in.
    """
    criteria = list(stage.call.criterions.order_by("position").values_list("key", flat=True))
    rows = list(read_csv(file, ["item", "reviewer", *criteria, "comment"], ["item", "reviewer", *criteria]))
    outcomes = [(place, *_try(visit, stage, cells, criteria)) for place, cells in rows]
    yield from table(
        ("row", "outcome", "overall or problem"),
        [(place, "taken" if good else "refused", told) for place, good, told in outcomes],
    )
    if failed := sum(not good for _place, good, _told in outcomes):
        raise No(f"{file}: {failed} of {len(rows)} rows cannot be taken")


def _try(visit: Visit, stage: Stage, cells: dict[str, str], criteria: list[str]) -> tuple[bool, str]:
    try:
        assignment = _assignment(stage, cells.get("item", ""), cells.get("reviewer", ""))
        scores = {key: _whole(cells[key]) for key in criteria if key in cells}
        reviewer = visit.acting_as(assignment.reviewer)
        _sign(visit, reviewer)
        review = actions.hand_in_review(
            assignment=assignment,
            scores=scores,
            comment=cells.get("comment", ""),
            actor=reviewer,
            now=visit.now,
        )
    except REFUSALS as error:
        return False, reason_of(error)
    return True, f"{review.overall:g}"


def _sign(visit: Visit, reviewer: Actor) -> None:
    if not Call.objects.filter(
        queries.has_signed(visit.call.pk, reviewer.person_id), pk=visit.call.pk
    ).exists():
        signs = visit.call.undertaking_digest
        actions.declare_conflicts(call=visit.call, reasons={}, signs=signs, actor=reviewer, now=visit.now)


def _assignment(stage: Stage, item: str, reviewer: str) -> Assignment:
    """Return what a reviewer, by address or pseudonym, has to read in a stage. Raises NotFound."""
    own = Assignment.objects.filter(stage=stage, submission__ref__number=item).exclude(state="withdrawn")
    if "@" in reviewer:
        own = own.filter(reviewer__account__email__iexact=reviewer)
    else:
        named = [person for person, name in queries.pseudonyms(stage.call).items() if name == reviewer]
        own = own.filter(reviewer__in=named)
    found = own.select_related("reviewer__account", "reviewer__ref").first()
    if found is None:
        raise NotFound(f"{reviewer or 'nobody'} does not read {item or 'nothing'} in this stage")
    return found


def _whole(cell: str) -> Any:
    """Return the score as a number; a text that is none goes on to the action, which says which criterion it is."""
    try:
        return int(cell)
    except ValueError:
        return cell
