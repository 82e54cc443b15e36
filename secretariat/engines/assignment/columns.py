"""Choosing one pattern for every item: the linear relaxation by column generation, with exact bounds.

The relaxation chooses patterns in fractions within the reviewers' loads (Dantzig and Wolfe, 1960). It is
solved on few patterns at a time; the reviewers' prices it comes to then pick the best pattern of every item
among all. Prices of any kind prove a bound (Lagrange), and are rounded to whole numbers first, so that the
proof is one of integers and owes nothing to the solver's tolerances.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from secretariat.engines.assignment.patterns import Patterns
from secretariat.engines.assignment.problem import Ints, Problem

FINEST = 2**20
# What a linear programme costs, in patterns priced.
LINEAR = 3_000_000
NONE = np.empty(0, np.int64)


def rows_of(problem: Problem, patterns: Patterns) -> Any:
    """The matrix of a choice: a column a pattern, with 1 in its item's row and in those of its reviewers."""
    from scipy.sparse import csc_array

    items = int((problem.demand > 0).sum())
    kept = np.column_stack([np.ones(patterns.item.size, bool), patterns.pairs >= 0])
    rows = np.column_stack([patterns.item, items + patterns.reviewer])[kept]
    ends = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
    shape = (items + len(problem.reviewers), patterns.item.size)
    return csc_array((np.ones(rows.size), rows, ends), shape=shape)


def worth_of_room(problem: Problem, prices: Ints) -> int:
    """The most that reviewers within their loads come to at these prices."""
    most = np.minimum(problem.max_load, len(problem.items))
    return int((prices * np.where(prices > 0, most, problem.min_load)).sum())


def linear(
    problem: Problem, patterns: Patterns, worth: Ints, penalty: int, fine: int
) -> tuple[float, Ints, NDArray[np.float64]]:
    """The relaxation over these patterns: its value, prices in units of 1 / `fine`, and the share of each pattern."""
    from scipy.optimize import linprog
    from scipy.sparse import csc_array, eye_array, hstack, vstack

    matrix, reviewers = rows_of(problem, patterns), len(problem.reviewers)
    items = matrix.shape[0] - reviewers
    unit, nobody = eye_array(reviewers, format="csc"), csc_array((items, reviewers))
    loads, low = matrix[items:], problem.min_load > 0
    above = hstack([loads, -unit, csc_array((reviewers, reviewers))])
    below = hstack([-loads, csc_array((reviewers, reviewers)), -unit]).tocsr()[np.flatnonzero(low)]
    found = linprog(
        np.concatenate([-worth, np.full(2 * reviewers, penalty)]).astype(np.float64),
        A_ub=vstack([above, below], format="csc"),
        b_ub=np.concatenate([problem.max_load, -problem.min_load[low]]),
        A_eq=hstack([matrix[:items], nobody, nobody], format="csc"),
        b_eq=np.ones(items),
        method="highs-ipm",
    )
    if found.status != 0:
        return np.inf, np.zeros(reviewers, np.int64), np.zeros(worth.size)
    price = -found.ineqlin.marginals[:reviewers]
    price[low] += found.ineqlin.marginals[reviewers:]
    return -found.fun, np.rint(price * fine).astype(np.int64), found.x[: worth.size]


class Relaxation:
    """The relaxation over all patterns above one floor, at a worth for each of them.

    With every worth zero it asks whether a choice exists at all, else for the greatest sum of worths. After
    `solve`, `bound` holds for every whole choice, in units of 1 / `fine` (below zero where the question
    is existence: there is none; None: an item has no pattern), and `slack` says how much below the bound every
    choice with that pattern stays, at least; `prices` prove both. `used` are the patterns that were generated,
    `spent` is the work it took, in patterns priced.
    """

    def __init__(self, problem: Problem, patterns: Patterns, worth: Ints, penalty: int) -> None:
        self.problem, self.patterns, self.worth = problem, patterns, worth
        self.items = int((problem.demand > 0).sum())
        self.starts = np.flatnonzero(np.diff(patterns.item, prepend=-1))
        self.lengths = np.diff(np.append(self.starts, patterns.item.size))
        # What a review too many or too few costs: the relaxation then always has a solution and prices.
        self.penalty = penalty
        # Far enough below 64 bits for every sum of prices over loads.
        room = 2**60 // (2 * penalty * max(1, len(problem.items) * len(problem.reviewers)))
        self.fine = int(min(FINEST, max(1, room)))
        self.bound: int | None = None
        self.slack = np.zeros(worth.size, np.int64)
        self.prices: Ints = np.zeros(len(problem.reviewers), np.int64)
        self.used: Ints = NONE
        self.spent = 0

    def solve(self, begin: Ints, work: int) -> None:
        """Generate patterns until the bound is met by the relaxation, existence is settled, or work runs out."""
        if self.starts.size < self.items:
            return
        existence = not self.worth.any()
        picks = self._priced(np.zeros(len(self.problem.reviewers), np.int64))
        self.used = np.union1d(begin, picks)
        while self.spent < work:
            self.spent += LINEAR + self.worth.size
            reached, prices, _ = linear(
                self.problem, self.patterns.taken(self.used), self.worth[self.used], self.penalty, self.fine
            )
            if existence and reached > -1e-9:
                return
            picks = self._priced(prices)
            assert self.bound is not None
            if (existence and self.bound < 0) or self.bound <= reached * self.fine + 1:
                return
            more = np.union1d(self.used, picks)
            if more.size == self.used.size:
                return
            self.used = more

    def _priced(self, prices: Ints) -> Ints:
        """The best pattern of every item at these prices; keeps the bound they prove if it is the best yet."""
        value = self.fine * self.worth - self.patterns.price(prices)
        best = np.maximum.reduceat(value, self.starts)
        bound = int(best.sum()) + worth_of_room(self.problem, prices)
        if self.bound is None or bound <= self.bound:
            self.bound, self.prices = bound, prices
            self.slack = np.repeat(best, self.lengths) - value
        hits = np.flatnonzero(value == np.repeat(best, self.lengths))
        return hits[np.flatnonzero(np.diff(self.patterns.item[hits], prepend=-1))]
