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

from secretariat.engines.assignment.columns import Relaxation, rows_of, worth_of_room
from secretariat.engines.assignment.compact import greatest_total_on_pairs
from secretariat.engines.assignment.dive import greatest_floor_unlisted
from secretariat.engines.assignment.patterns import Patterns, every_pattern
from secretariat.engines.assignment.problem import Ints, Problem
from secretariat.engines.assignment.reach import Totals
from secretariat.engines.assignment.result import Solution

POOLS = (2_000, 12_000, 24_000)
NODE_WORK = 60_000
# Patterns that integer programmes may be given in all, and more for the last one.
WORK = 60_000
LAST = 38_000
LEAST = 6_000
# Patterns that all relaxations may price, and more for the last one.
PRICED = 340_000_000
MOST_PROVING = 170_000_000
LAST_PRICED = 80_000_000
MOST_FLOORS = 8
INFEASIBLE = 2  # of scipy.optimize.milp
UNBOUNDED = 2**62


class Search:
    """The patterns of one problem from a reached floor up, and the work left for integer programmes."""

    def __init__(self, problem: Problem, patterns: Patterns) -> None:
        self.problem, self.patterns = problem, patterns
        # More than any exchange of picks gains, or the prices would be those of overloaded reviewers.
        self.penalty = 100 * int(np.abs(problem.weight).max(initial=1)) + 1
        self.step = max(1, int(np.gcd.reduce(problem.weight)))
        self.left, self.work = WORK, PRICED
        self.known = np.zeros(patterns.item.size, bool)

    def relaxation(self, floor: int, *, existence: bool) -> Relaxation:
        """The relaxation at a floor, solved from what earlier ones generated."""
        rows = np.flatnonzero(self.patterns.total >= floor)
        patterns = self.patterns.taken(rows)
        worth = np.zeros_like(patterns.total) if existence else patterns.total
        relaxed = Relaxation(self.problem, patterns, worth, 1 if existence else self.penalty)
        relaxed.solve(np.flatnonzero(self.known[rows]), self.work)
        self.work -= relaxed.spent
        if existence:
            self.known[rows[relaxed.used]] = True
        return relaxed

    def highest(self, low: int, high: int) -> int:
        """The greatest floor that the relaxation does not disprove, between `low` (reached) and `high`."""
        high = low + (high - low) // self.step * self.step
        aim = high
        while low < high and self.work > PRICED - MOST_PROVING:
            relaxed = self.relaxation(aim, existence=True)
            if relaxed.bound is None:
                high = aim - self.step
            elif relaxed.bound < 0:
                high = self._highest_at(relaxed.prices, low, aim - self.step)
            else:
                low = aim
            aim = self._middle(low, high)
        return high

    def _highest_at(self, prices: Ints, low: int, high: int) -> int:
        """The same with prices that are known: what disproved one floor often disproves a few below."""
        cost, room = self.patterns.price(prices), worth_of_room(self.problem, prices)
        starts = np.flatnonzero(np.diff(self.patterns.item, prepend=-1))
        dear = int(cost.max(initial=0)) + 1
        aim = high
        while low < high:
            least = np.minimum.reduceat(np.where(self.patterns.total >= aim, cost, dear), starts)
            if least.sum() > room:
                high = aim - self.step
            else:
                low = aim
            aim = self._middle(low, high)
        return high

    def _middle(self, low: int, high: int) -> int:
        return low + max(self.step, -(-(high - low) // (2 * self.step)) * self.step)

    def greatest_total(self, floor: int, pools: tuple[int, ...]) -> tuple[Ints | None, int | None]:
        """The best choice found at the floor (indices of pairs) and a proved bound on its total.

        The bound is None where nothing reaches the floor, proved.
        """
        relaxed = self.relaxation(floor, existence=False)
        if relaxed.bound is None:
            return None, None
        patterns, order = relaxed.patterns, np.argsort(relaxed.slack, kind="stable")
        bound, found = relaxed.bound // relaxed.fine, None
        for size in pools:
            pool, rest = np.sort(order[:size]), order[size:]
            if self.left <= 0:
                break
            self.left -= max(pool.size, LEAST)
            chosen, inside = _best_choice(self.problem, patterns.taken(pool))
            outside = (relaxed.bound - int(relaxed.slack[rest[0]])) // relaxed.fine if rest.size else None
            bounds = [limit for limit in (inside, outside) if limit is not None]
            if not bounds:
                return None, None
            bound = min(bound, max(bounds))
            found = found if chosen is None else chosen
            if not rest.size or (found is not None and self.problem.weight[found].sum() >= bound):
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

    `bound_total` bounds every total, and stands where the search for a better bound ends early.
    """
    low = _worst(problem, chosen)
    patterns = every_pattern(problem, low)
    if patterns is None and low < upper:
        chosen, upper, totals = greatest_floor_unlisted(problem, chosen, upper)
        low = _worst(problem, chosen)
        patterns = every_pattern(problem, low)
        if patterns is None:
            return _with_greatest_total(totals, chosen, upper, bound_total)
    if patterns is None:
        bound, total, (found, last) = upper, None, _on_pairs(problem, low)
    else:
        search = Search(problem, patterns)
        chosen, bound, total = _descend(search, chosen, low, search.highest(low, upper))
        found, last = _last(search, chosen, bound, total)
    total = min((limit for limit in (total, last) if limit is not None), default=bound_total)
    if found is not None and problem.weight[found].sum() >= problem.weight[chosen].sum():
        chosen = found
    reached = int(problem.weight[chosen].sum())
    return Solution(chosen, max(reached, min(total, bound_total)), bound)


def _last(search: Search, chosen: Ints, bound: int, total: int | None) -> tuple[Ints | None, int | None]:
    """A last search for the total at the floor that is reached, where it is not proved yet."""
    problem, low = search.problem, _worst(search.problem, chosen)
    if total is not None and total <= problem.weight[chosen].sum():
        return None, None
    search.left, search.work = max(search.left, LAST), max(search.work, LAST_PRICED)
    return search.greatest_total(low, POOLS[2:] if total is not None and low == bound else POOLS)


def _with_greatest_total(totals: Totals, chosen: Ints, bound: int, bound_total: int) -> Solution:
    """The solution where patterns are not listed: those that a greater total can hold, if they are few."""
    problem, reached = totals.problem, int(totals.problem.weight[chosen].sum())
    total = bound_total if totals.bound is None else min(totals.bound, bound_total)
    patterns = totals.near(reached, POOLS[0]) if total > reached else None
    if patterns is not None:
        found, inside = _best_choice(problem, patterns)
        # Nothing there: no choice has a greater total.
        total = reached if inside is None else min(total, max(inside, reached))
        if found is not None and problem.weight[found].sum() > reached:
            chosen, reached = found, int(problem.weight[found].sum())
    return Solution(chosen, max(total, reached), bound)


def _on_pairs(problem: Problem, floor: int) -> tuple[Ints | None, int | None]:
    """The greatest total at a floor by the programme on pairs, checked in whole numbers."""
    found, bound = greatest_total_on_pairs(problem, floor)
    good = found is not None and _valid(problem, found) and _worst(problem, found) >= floor
    return found if good else None, int(np.floor(bound + 0.5)) if np.isfinite(bound) else None


def _descend(search: Search, chosen: Ints, low: int, bound: int) -> tuple[Ints, int, int | None]:
    """Look for a choice at the bound, then in growing strides below it, then between what was found and not.

    Returns the choice, the proved bound on the floor, and the bound on the total where it is known.
    """
    total, high, step = None, bound, search.step
    stride = max(step, (bound - low) // 64 // step * step)
    aim, met = bound, False
    for _ in range(MOST_FLOORS):
        if aim <= low or search.left <= 0 or search.work <= 0:
            break
        found, limit = search.greatest_total(aim, POOLS[: 2 if aim == bound else 1])
        if found is not None:
            chosen, met, low = found, True, _worst(search.problem, found)
            total = limit if low == aim else None
        else:
            high = aim - step
            if limit is None:
                bound = high
        if met:
            aim = low + max(step, -(-(high - low) // (2 * step)) * step) if low < high else low
        elif found is None:
            aim = max(low + step, min(high, aim - stride))
            stride *= 4
            if aim > high:
                break
    return chosen, bound, total


def _worst(problem: Problem, chosen: Ints) -> int:
    return int(problem.item_weights(chosen)[problem.demand > 0].min())
