"""Small problems: the greatest worst item, then the greatest total above it, proved where the work allows.

Three steps. The relaxation over patterns (`columns`) is asked, floor by floor, whether a floor is out of
reach, which brackets the greatest one from above. At that floor the relaxation's prices say how much each
pattern alone costs the total; the cheapest patterns go to an integer programme, and what it finds is the
optimum over all patterns as soon as no pattern left out could do better. Where it finds nothing within its
limits, a lower floor is tried.

All limits count patterns and nodes, never time, so that the answer is the same on every machine.
"""

from __future__ import annotations

import numpy as np

from secretariat.engines.assignment.columns import Relaxation, rows_of
from secretariat.engines.assignment.patterns import Patterns, every_pattern
from secretariat.engines.assignment.problem import Ints, Problem
from secretariat.engines.assignment.result import Solution

POOLS = (2_000, 12_000, 40_000)
NODE_WORK = 200_000
# Patterns that integer programmes may be given in all, and more for the last one.
WORK = 90_000
LAST = 54_000
MOST_FLOORS = 8
INFEASIBLE = 2  # of scipy.optimize.milp
UNBOUNDED = 2**62


class Search:
    """The patterns of one problem from a reached floor up, and the work left for integer programmes."""

    def __init__(self, problem: Problem, patterns: Patterns) -> None:
        self.problem, self.patterns = problem, patterns
        self.penalty = 2 * int(np.abs(problem.weight).max(initial=1)) + 1
        self.left = WORK
        self.known = np.zeros(patterns.item.size, bool)

    def disproved(self, floor: int) -> bool:
        """Whether the relaxation proves that nothing reaches the floor."""
        relaxed = self._relaxation(floor, existence=True)
        return relaxed.bound is None or relaxed.bound < 0

    def _relaxation(self, floor: int, *, existence: bool) -> Relaxation:
        """The relaxation at a floor, solved from what earlier ones generated."""
        rows = np.flatnonzero(self.patterns.total >= floor)
        patterns = self.patterns.taken(rows)
        worth = np.zeros_like(patterns.total) if existence else patterns.total
        relaxed = Relaxation(self.problem, patterns, worth, 1 if existence else self.penalty)
        relaxed.solve(np.flatnonzero(self.known[rows]))
        if existence:
            self.known[rows[relaxed.used]] = True
        return relaxed

    def greatest_total(self, floor: int) -> tuple[Ints | None, int | None]:
        """The best choice found at the floor (indices of pairs) and a proved bound on its total.

        The bound is None where nothing reaches the floor, proved.
        """
        relaxed = self._relaxation(floor, existence=False)
        if relaxed.bound is None:
            return None, None
        patterns = relaxed.patterns
        order = np.argsort(relaxed.slack, kind="stable")
        bound, found = relaxed.bound // relaxed.fine, None
        for size in POOLS:
            if self.left <= 0:
                break
            pool = np.sort(order[:size])
            self.left -= pool.size
            chosen, inside = _best_choice(self.problem, patterns.taken(pool))
            rest = order[size:]
            outside = None if not rest.size else (relaxed.bound - int(relaxed.slack[rest[0]])) // relaxed.fine
            bounds = [limit for limit in (inside, outside) if limit is not None]
            if not bounds:
                return None, None
            bound = min(bound, max(bounds))
            found = chosen if chosen is not None else found
            if found is not None and (not rest.size or self.problem.weight[found].sum() >= bound):
                break
            if not rest.size:
                break
        return found, bound


def _best_choice(problem: Problem, patterns: Patterns) -> tuple[Ints | None, int | None]:
    """The best choice among these patterns, as indices of pairs, and a bound (None: there is no choice)."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    ones = np.ones(int((problem.demand > 0).sum()))
    lower, upper = np.append(ones, problem.min_load), np.append(ones, problem.max_load)
    found = milp(
        -patterns.total.astype(np.float64),
        constraints=LinearConstraint(rows_of(problem, patterns), lower, upper),
        integrality=np.ones(patterns.item.size),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0, "node_limit": max(10, NODE_WORK // patterns.item.size)},
    )
    if found.status == INFEASIBLE:
        return None, None
    # Totals are whole numbers. The solver's tolerance of 1e-6 is far below half of one for scores of up to five
    # decimals; with more, the last ones of the bound rest on it.
    known = found.mip_dual_bound is not None and np.isfinite(found.mip_dual_bound)
    bound = int(np.floor(0.5 - found.mip_dual_bound)) if known else UNBOUNDED
    if found.x is None:
        return None, bound
    pairs = patterns.pairs[found.x > 0.5]
    chosen = np.sort(pairs[pairs >= 0]).astype(np.int64)
    return (chosen if _valid(problem, chosen) else None), bound


def _valid(problem: Problem, chosen: Ints) -> bool:
    """Whether the rounded choice keeps everything in whole numbers, where there is no tolerance."""
    counts = np.bincount(problem.item[chosen], minlength=len(problem.items))
    loads = np.bincount(problem.reviewer[chosen], minlength=len(problem.reviewers))
    return bool(
        (counts == problem.demand).all()
        and (loads >= problem.min_load).all()
        and (loads <= problem.max_load).all()
    )


def greatest_floor(problem: Problem, chosen: Ints, upper: int, bound_total: int) -> Solution:
    """Improve `chosen` to the greatest floor, at most `upper`, and then to the greatest total above it.

    `bound_total` bounds every total, and stands where the search for a better bound ends early. Where the
    patterns are too many to list, `chosen` is returned with the bounds as they were.
    """
    low = _worst(problem, chosen)
    patterns = every_pattern(problem, low)
    if patterns is None:
        return Solution(chosen, bound_total, upper)
    search = Search(problem, patterns)
    step = max(1, int(np.gcd.reduce(problem.weight)))
    bound = _relaxed(search, low, upper, step)
    chosen, bound, total = _descend(search, chosen, low, bound, step)
    if total is None:
        # No higher floor was settled: at least the best total at this one.
        search.left = max(search.left, LAST)
        found, total = search.greatest_total(_worst(problem, chosen))
        if found is not None and problem.weight[found].sum() >= problem.weight[chosen].sum():
            chosen = found
    reached = int(problem.weight[chosen].sum())
    return Solution(chosen, max(reached, min(bound_total, bound_total if total is None else total)), bound)


def _descend(search: Search, chosen: Ints, low: int, bound: int, step: int) -> tuple[Ints, int, int | None]:
    """Try floors from the bound downwards, in growing strides: the choice, the bound, and that on the total."""
    aim, stride = bound, step
    for _ in range(MOST_FLOORS):
        if aim <= low:
            break
        found, total = search.greatest_total(aim)
        if found is not None:
            return found, bound, total if _worst(search.problem, found) == aim else None
        if total is None:
            bound, stride = aim - step, step
        aim = max(low, aim - stride)
        stride *= 2
    return chosen, bound, None


def _worst(problem: Problem, chosen: Ints) -> int:
    return int(problem.item_weights(chosen)[problem.demand > 0].min())


def _relaxed(search: Search, low: int, high: int, step: int) -> int:
    """The greatest floor that is not disproved, between `low` (reached) and `high`, in whole steps."""
    high = low + (high - low) // step * step
    aim = high
    while low < high:
        if search.disproved(aim):
            high = aim - step
        else:
            low = aim
        aim = low + max(step, -(-(high - low) // (2 * step)) * step)
    return high
