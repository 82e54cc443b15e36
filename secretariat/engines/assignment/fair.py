"""The fair assignment: the worst-served item as well served as can be, then the greatest total above that.

The greatest worst sum is NP-hard to find in general. Three steps, each skipped where the one before it
already proves the answer: the plain optimum; an upper bound from thresholds that every pick above a floor
must meet (`levels`); then a search, exact for small problems (`exact`), local for large ones (`exchange`, `repair`).
Where a small problem has more ways to serve an item than can be listed, `dive` comes near the optimum and bounds how
near.
"""

from __future__ import annotations

import numpy as np

from secretariat.engines.assignment.exact import greatest_floor
from secretariat.engines.assignment.exchange import quickly_lifted
from secretariat.engines.assignment.levels import best_sums, exists, necessary
from secretariat.engines.assignment.problem import Problem
from secretariat.engines.assignment.repair import raised
from secretariat.engines.assignment.result import Solution
from secretariat.engines.assignment.total import greatest_total

SMALL = 30_000


def fairest(problem: Problem) -> Solution | None:
    """The fair assignment with its bounds; None where the problem has no solution.

    Proved optimal where items x reviewers <= 30,000 (300 x 100), short of the limits on the work of `exact`; larger
    problems get a good assignment and proved bounds on its worst item and its total.
    """
    chosen = greatest_total(problem)
    if chosen is None:
        return None
    served = problem.demand > 0
    bound_total = int(problem.weight[chosen].sum())
    if not served.any():
        return Solution(chosen, bound_total, 0)
    worst = int(problem.item_weights(chosen)[served].min())
    upper = highest_floor(problem, worst, bound_total)
    if worst >= upper:
        return Solution(chosen, bound_total, upper)
    small = len(problem.items) * len(problem.reviewers) <= SMALL
    chosen = raised(problem, chosen if small else quickly_lifted(problem, chosen, upper), upper)
    if small:
        return greatest_floor(problem, chosen, upper, bound_total)
    return Solution(chosen, bound_total, upper)


def highest_floor(problem: Problem, reached: int, greatest_total: int) -> int:
    """A proved upper bound on the worst item's sum, given that `reached` can be had, and the greatest total.

    No worst item is above the average one; below that, the least that thresholds prove, for large problems to one
    part in five hundred.
    """
    best = best_sums(problem)
    served = np.flatnonzero(problem.demand > 0)
    low, high = reached, min(int(best[problem.demand[served], served].min()), greatest_total // served.size)
    small = len(problem.items) * len(problem.reviewers) <= SMALL
    while high - low > (0 if small else abs(high) // 500):
        middle = (low + high + 1) // 2
        if exists(problem, necessary(best, problem.demand, middle)):
            low = middle
        else:
            high = middle - 1
    return high


def simple_bound(problem: Problem) -> int:
    """A cheap bound on the worst item's sum: its own best reviewers, whatever the other items take."""
    best = best_sums(problem)
    served = np.flatnonzero(problem.demand > 0)
    return int(best[problem.demand[served], served].min()) if served.size else 0
