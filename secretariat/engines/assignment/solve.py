"""The door to the engine: one problem in, one assignment out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import numpy as np

from secretariat.engines.assignment.fair import fairest, simple_bound
from secretariat.engines.assignment.infeasible import diagnose
from secretariat.engines.assignment.problem import Ints, Problem, ProblemError, build_problem
from secretariat.engines.assignment.result import Assignment, Solution, describe
from secretariat.engines.assignment.total import greatest_total

Objective = Literal["total", "fair"]


def solve(problem: Problem, objective: Objective = "total") -> Assignment:
    """The best assignment of a problem, or the reasons why there is none. Deterministic."""
    solution = fairest(problem) if objective == "fair" else _greatest(problem)
    if solution is None:
        unserved, unfilled = diagnose(problem)
        return Assignment(status="infeasible", unserved=unserved, unfilled=unfilled)
    return describe(problem, solution, objective)


def assign(
    items: Sequence[str],
    reviewers: Sequence[str],
    scores: Iterable[tuple[str, str, float]],
    *,
    per_item: int | Mapping[str, int],
    max_load: int | Mapping[str, int],
    min_load: int = 0,
    conflicts: Iterable[tuple[str, str]] = (),
    objective: Objective = "total",
    unlisted: float | None = None,
    seed: int = 0,
) -> Assignment:
    """Say who reviews what.

    `scores` are (item, reviewer, score): only these pairs may be used, unless `unlisted` gives the others a
    score. `per_item` reviews for every item (or by item), loads between `min_load` and `max_load` (or by
    reviewer). `conflicts` are (item, reviewer) pairs that are never used; conflicts of items or reviewers
    that take no part are passed over. `objective` "total" maximises the sum of scores, "fair" the
    worst-served item's sum and then the total. The order of the arguments' entries decides nothing, and
    no draw is made: `seed` is accepted so that a caller can record one, and has no effect.

    Raises ProblemError (a ValueError) for an unknown name, a pair twice, a score that is not finite, a
    missing or negative demand or load.
    """
    item_code = {name: code for code, name in enumerate(items)}
    reviewer_code = {name: code for code, name in enumerate(reviewers)}
    listed = list(scores)
    barred = [pair for pair in conflicts if pair[0] in item_code and pair[1] in reviewer_code]
    problem = build_problem(
        items,
        reviewers,
        _codes(item_code, (row[0] for row in listed), "item"),
        _codes(reviewer_code, (row[1] for row in listed), "reviewer"),
        np.array([row[2] for row in listed], np.float64),
        demand=_by_name(per_item, items, "item", "number of reviews"),
        max_load=_by_name(max_load, reviewers, "reviewer", "maximum load"),
        min_load=min_load,
        conflicts=(
            _codes(item_code, (item for item, _ in barred), "item"),
            _codes(reviewer_code, (reviewer for _, reviewer in barred), "reviewer"),
        ),
        unlisted=unlisted,
    )
    return solve(problem, objective)


def _greatest(problem: Problem) -> Solution | None:
    chosen = greatest_total(problem)
    if chosen is None:
        return None
    return Solution(chosen, int(problem.weight[chosen].sum()), simple_bound(problem))


def _codes(known: Mapping[str, int], names: Iterable[str], kind: str) -> Ints:
    try:
        return np.fromiter((known[name] for name in names), np.int64)
    except KeyError as error:
        raise ProblemError(f"{kind} {error.args[0]!r} is unknown") from None


def _by_name(values: int | Mapping[str, int], names: Sequence[str], kind: str, what: str) -> Ints | int:
    if not isinstance(values, Mapping):
        return values
    unknown = sorted(set(values) - set(names))
    if unknown:
        raise ProblemError(f"{kind} {unknown[0]!r} is unknown")
    missing = sorted(set(names) - set(values))
    if missing:
        raise ProblemError(f"{kind} {missing[0]!r} has no {what}")
    return np.array([values[name] for name in names], np.int64)
