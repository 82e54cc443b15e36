"""Small problems: the greatest worst item, then the greatest total above it, proved by branch and bound.

At a fixed floor the problem is a flow with one knapsack row an item, and its relaxation is nearly integral;
with the floor as a variable it is not, and branch and bound stalls. So the floor is bracketed from both
sides: every step asks HiGHS whether one floor can be reached, first by the linear relaxation (cheap, and
usually already decisive), then in integers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from secretariat.engines.assignment.levels import NEVER, best_sums, necessary
from secretariat.engines.assignment.problem import Floats, Ints, Problem
from secretariat.engines.assignment.result import Solution

LARGEST_COEFFICIENT = 1000.0
MOST_NODES = 3000
OPTIMAL, INFEASIBLE = 0, 2  # of scipy.optimize.milp


@dataclass(frozen=True)
class Answer:
    """What one run of the solver settled: chosen pairs if any, and a proved bound on the total (None: nothing
    can reach the floor). `proved` is false where the node limit ended the search."""

    chosen: Ints | None
    bound: float | None
    proved: bool


class FloorProgram:
    """The integer programme of one problem at any floor: rows for items, reviewers, floors and chains."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.best = best_sums(problem)
        self.scale = LARGEST_COEFFICIENT / max(1.0, float(np.abs(problem.weight).max(initial=1)))

    def solve(self, floor: int, *, integral: bool = True, first: bool = False) -> Answer:
        """Greatest total above the floor; `first` stops at any assignment that reaches the floor.

        With `integral` false only the relaxation is solved: `chosen` is None, and `bound` None says that the
        floor is out of reach.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        problem = self.problem
        thresholds = necessary(self.best, problem.demand, floor)
        last = np.where(
            problem.demand > 0,
            thresholds[np.maximum(problem.demand, 1) - 1, np.arange(problem.demand.size)],
            -NEVER,
        )
        pairs = np.flatnonzero(problem.weight >= last[problem.item])
        matrix, lower, upper = self._rows(pairs, floor, thresholds)
        cost = -self.problem.weight[pairs] * self.scale
        found = milp(
            cost,
            constraints=LinearConstraint(matrix, lower, upper),
            integrality=np.full(pairs.size, int(integral)),
            bounds=Bounds(0, 1),
            # Within the whole value of the bound: the first assignment found will do.
            options={"node_limit": MOST_NODES, "mip_rel_gap": 1.0 if first else 0.0},
        )
        return self._answer(found, pairs, floor, integral)

    def _rows(self, pairs: Ints, floor: int, thresholds: Ints) -> tuple[Any, Floats, Floats]:
        from scipy.sparse import csr_array

        problem, many = self.problem, np.inf
        items = len(problem.items)
        item, reviewer, weight = problem.item[pairs], problem.reviewer[pairs], problem.weight[pairs]
        column, ones = np.arange(pairs.size), np.ones(pairs.size)
        blocks = [
            (item, column, ones, problem.demand, problem.demand),
            (reviewer, column, ones, problem.min_load, problem.max_load),
            (
                item,
                column,
                weight * self.scale,
                np.where(problem.demand > 0, floor * self.scale, -many),
                np.full(items, many),
            ),
        ]
        for k, threshold in enumerate(thresholds):
            # Already implied by the integers; stated, they cut the relaxation.
            good = np.flatnonzero((weight >= threshold[item]) & (problem.demand[item] > k))
            least = np.where(problem.demand > k, k + 1.0, -many)
            blocks.append((item[good], good, ones[good], least, np.full(items, many)))
        heights = [block[3].size for block in blocks]
        tops = np.cumsum([0, *heights])
        matrix = csr_array(
            (
                np.concatenate([block[2] for block in blocks]).astype(np.float64),
                (
                    np.concatenate([top + block[0] for top, block in zip(tops, blocks, strict=False)]),
                    np.concatenate([block[1] for block in blocks]),
                ),
            ),
            shape=(int(tops[-1]), pairs.size),
        )
        lower, upper = (
            np.concatenate([block[side] for block in blocks]).astype(np.float64) for side in (3, 4)
        )
        return matrix, lower, upper

    def _answer(self, found: Any, pairs: Ints, floor: int, integral: bool) -> Answer:
        if found.status == INFEASIBLE:
            return Answer(None, None, True)
        if not integral:
            return Answer(None, -found.fun / self.scale if found.status == OPTIMAL else np.inf, True)
        bound = np.inf if found.mip_dual_bound is None else -found.mip_dual_bound / self.scale
        if found.x is None:
            return Answer(None, bound, False)
        chosen = pairs[found.x > 0.5]
        good = self._reaches(chosen, floor)
        return Answer(chosen if good else None, bound, found.status == OPTIMAL and good)

    def _reaches(self, chosen: Ints, floor: int) -> bool:
        """Whether the rounded solution keeps everything in whole numbers, where there is no tolerance."""
        problem = self.problem
        counts = np.bincount(problem.item[chosen], minlength=len(problem.items))
        loads = np.bincount(problem.reviewer[chosen], minlength=len(problem.reviewers))
        sums = problem.item_weights(chosen)[problem.demand > 0]
        return bool(
            (counts == problem.demand).all()
            and (loads >= problem.min_load).all()
            and (loads <= problem.max_load).all()
            and (sums >= floor).all()
        )


def greatest_floor(problem: Problem, chosen: Ints, upper: int, bound_total: int) -> Solution:
    """Improve `chosen` to the greatest floor, at most `upper`, and then to the greatest total above it.

    `bound_total` bounds every total, and stands where the search for a better bound ends early.
    """
    programme = FloorProgram(problem)
    served = problem.demand > 0
    step = max(1, int(np.gcd.reduce(problem.weight)))
    low = int(problem.item_weights(chosen)[served].min())
    high = _relaxed(programme, low, upper, step)
    bound = high
    aim = high
    while low < high:
        answer = programme.solve(aim, first=True)
        if answer.chosen is not None:
            chosen, low = answer.chosen, int(problem.item_weights(answer.chosen)[served].min())
        else:
            high = aim - step
            if answer.bound is None:
                bound = high
        aim = low + max(step, -(-(high - low) // (2 * step)) * step)
    answer = programme.solve(low)
    if answer.chosen is not None and problem.weight[answer.chosen].sum() > problem.weight[chosen].sum():
        chosen = answer.chosen
    total = int(problem.weight[chosen].sum())
    if answer.proved:
        bound_total = total
    elif answer.bound is not None and answer.bound < bound_total:
        bound_total = max(total, math.ceil(answer.bound))
    return Solution(chosen, bound_total, bound)


def _relaxed(programme: FloorProgram, low: int, high: int, step: int) -> int:
    """The greatest floor of the relaxation, between `low` (reached) and `high`, in whole steps."""
    high = low + (high - low) // step * step
    aim = high
    while low < high:
        if programme.solve(aim, integral=False).bound is None:
            high = aim - step
        else:
            low = aim
        aim = low + max(step, -(-(high - low) // (2 * step)) * step)
    return high
