"""What an assignment came to: the pairs, how good they are, what is proved, and who could not be served."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from secretariat.engines.assignment.problem import Ints, Problem

Status = Literal["optimal", "feasible", "infeasible"]


@dataclass(frozen=True, slots=True)
class Unserved:
    """An item that cannot have all the reviews it wants, and why, in words."""

    item: str
    why: str


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A reviewer whose minimum load cannot be reached, and why, in words."""

    reviewer: str
    why: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """How an assignment was drawn by lot: the seed, the expected total, the greatest probability of a pair.

    `mended`: pairs exchanged after the draw, to keep rules that the lot itself cannot keep.
    """

    seed: int
    expected: float
    probability: float
    mended: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """The answer to one assignment problem.

    `pairs`: (item, reviewer, score), sorted by item and reviewer. `total`: the sum of all scores; `worst`
    and `p05`: the lowest and the 5th percentile (linear between ranks) of the items' sums, over items that
    want a review. `bound_total` and `bound_worst` are proved: no assignment within the same limits, and
    under objective "fair" with the same worst item, exceeds them. `gap` is (bound - reached) / |bound| of
    the objective asked for. `loads`: reviews by reviewer, idle ones included.

    `status`: "optimal" where the objective is proved (under "fair" the worst item and then the total),
    "feasible" where a gap is left, "infeasible" where nothing satisfies the limits: then there are no pairs,
    the figures are None, and `unserved` and `unfilled` say why. `drawn`: under objective "random" only; "optimal"
    then says that no lottery within the cap has a greater expected total.
    """

    status: Status
    pairs: list[tuple[str, str, float]] = field(default_factory=list)
    total: float | None = None
    worst: float | None = None
    p05: float | None = None
    bound_total: float | None = None
    bound_worst: float | None = None
    gap: float | None = None
    loads: dict[str, int] = field(default_factory=dict)
    unserved: list[Unserved] = field(default_factory=list)
    unfilled: list[Unfilled] = field(default_factory=list)
    drawn: Drawn | None = None


@dataclass(frozen=True, slots=True)
class Solution:
    """Chosen pairs (indices, sorted) with proved bounds in whole weights."""

    chosen: Ints
    bound_total: int
    bound_worst: int


def describe(problem: Problem, solution: Solution, objective: str) -> Assignment:
    """The solution in names and in the unit of the scores."""
    chosen = solution.chosen
    sums = problem.item_weights(chosen)[problem.demand > 0]
    total, worst = (
        int(problem.weight[chosen].sum()),
        int(sums.min()) if sums.size else 0,
    )
    bound, reached = (solution.bound_worst, worst) if objective == "fair" else (solution.bound_total, total)
    proved = bound <= reached and (objective != "fair" or solution.bound_total <= total)
    return Assignment(
        status="optimal" if proved else "feasible",
        pairs=_named(problem, chosen),
        total=_exactly(problem, chosen),
        worst=problem.value(worst),
        p05=_fifth_percentile(problem, sums),
        bound_total=max(problem.value(solution.bound_total), _exactly(problem, chosen)),
        bound_worst=problem.value(solution.bound_worst),
        gap=(bound - reached) / abs(bound) if bound > reached else 0.0,
        loads=_loads(problem, chosen),
    )


def _fifth_percentile(problem: Problem, sums: Ints) -> float:
    """Linear between ranks, in whole numbers up to the last division (and without numpy's 50 ms of imports)."""
    if not sums.size:
        return 0.0
    ordered = np.sort(sums)
    place, part = divmod((sums.size - 1) * 5, 100)
    low, high = int(ordered[place]), int(ordered[min(place + 1, sums.size - 1)])
    return (low * 100 + (high - low) * part) / (100 * 10**problem.digits)


def _named(problem: Problem, chosen: Ints) -> list[tuple[str, str, float]]:
    items, reviewers = problem.items, problem.reviewers
    columns = (problem.item[chosen], problem.reviewer[chosen], problem.score[chosen])
    return [(items[i], reviewers[r], s) for i, r, s in zip(*(c.tolist() for c in columns), strict=True)]


def _exactly(problem: Problem, chosen: Ints) -> float:
    """The total of the scores as read: exact decimals where they fit, otherwise without rounding on the way."""
    if problem.exact:
        return problem.value(int(problem.weight[chosen].sum()))
    from math import fsum

    return fsum(problem.score[chosen].tolist())


def _loads(problem: Problem, chosen: Ints) -> dict[str, int]:
    counts = np.bincount(problem.reviewer[chosen], minlength=len(problem.reviewers))
    return dict(zip(problem.reviewers, counts.tolist(), strict=True))
