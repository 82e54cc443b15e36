"""The greatest floor that patterns in fractions can reach, where the patterns are too many to list.

The same relaxation as in `columns`, with the patterns found one by one (`pricing`). From above: at a floor out
of reach the prices come to prove it, and by their slope also say how far down they would; there the question is
asked again, until the relaxation has a solution. The floor just above is then disproved for everybody.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from secretariat.engines.assignment.columns import linear, worth_of_room
from secretariat.engines.assignment.patterns import Patterns, of_pairs
from secretariat.engines.assignment.pricing import Pricing
from secretariat.engines.assignment.problem import Ints, Problem

FINE = 2**40
MOST_PROGRAMMES = 40
MOST_PRICINGS = 60


class Pool:
    """Patterns that were found, as sorted rows of pairs, each once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rows: Ints = np.empty((0, int(problem.demand.max(initial=1))), np.int32)

    def add(self, patterns: Patterns) -> bool:
        """Take patterns in; whether any is new."""
        before = len(self.rows)
        self.rows = np.unique(np.vstack([self.rows, patterns.pairs]), axis=0)
        return len(self.rows) > before

    def above(self, floor: int, problem: Problem) -> Patterns:
        """Those at or above the floor that can still be had where demands and loads are what `problem` says."""
        served = problem.demand > 0
        owner = problem.item[self.rows[:, 0]]
        code = (np.cumsum(served) - 1).astype(np.int32)
        patterns = of_pairs(problem, self.rows, code[owner])
        room = np.append(problem.max_load > 0, True)
        good = served[owner] & (patterns.total >= floor) & room[patterns.reviewer].all(axis=1)
        return patterns.taken(np.flatnonzero(good))


def highest(problem: Problem, pool: Pool, low: int, high: int) -> int:
    """The greatest floor between `low` (reached) and `high` that the relaxation does not disprove."""
    step = max(1, int(np.gcd.reduce(problem.weight)))
    high = low + (high - low) // step * step
    pricing, programmes, prices, aim = Pricing(problem), 0, first_prices(problem), high
    for _ in range(MOST_PRICINGS):
        if low >= high:
            break
        found = pricing.cheapest(prices, aim)
        pool.add(found.patterns)
        short = int(found.least.sum()) - worth_of_room(problem, prices)
        if short > 0:
            high = aim - step
            down = short // max(1, found.slope) // step * step
            aim = max(low, min(high, aim - down))
        elif programmes >= MOST_PROGRAMMES:
            break
        else:
            patterns = pool.above(aim, problem)
            value, prices, _ = linear(problem, patterns, np.zeros_like(patterns.total), 1, FINE)
            programmes += 1
            if value > -1e-9:
                low = aim
                aim = low + -(-(high - low) // (2 * step)) * step
    return high


def first_prices(problem: Problem) -> Ints:
    """Prices to begin with: what a reviewer is worth to the items on average, the dearest at 1."""
    reviewers = len(problem.reviewers)
    count = np.bincount(problem.reviewer, minlength=reviewers)
    worth = np.bincount(problem.reviewer, problem.weight.astype(np.float64), minlength=reviewers)
    mean = np.maximum(worth / np.maximum(count, 1), 0)
    return np.rint(mean / max(1.0, mean.max(initial=0)) * FINE).astype(np.int64)


class Totals:
    """The relaxation for the greatest total at a floor, its patterns found one by one."""

    def __init__(self, problem: Problem, pool: Pool, floor: int) -> None:
        self.problem, self.pool, self.floor = problem, pool, floor
        self.penalty = 100 * int(np.abs(problem.weight).max(initial=1)) + 1
        room = 2**60 // (2 * self.penalty * len(problem.items) * len(problem.reviewers))
        self.fine = int(min(2**20, max(1, room)))
        # Proved: no choice at the floor has a greater total.
        self.bound: int | None = None
        self.prices: Ints = np.zeros(len(problem.reviewers), np.int64)

    def near(self, reached: int, most: int) -> Patterns | None:
        """Every pattern that a choice with a greater total than `reached` can hold; None: more than `most`."""
        if self.bound is None:
            return None
        spare = (self.bound + 1 - reached) * self.fine
        return Pricing(self.problem).within(self.prices, self.floor, self.fine, spare, most)

    def solve(self, problem: Problem, rounds: int) -> tuple[Patterns, NDArray[np.float64]]:
        """Patterns and their shares, for what `problem` (the whole one, or what is left of it) still wants."""
        pricing, fine = Pricing(problem), self.fine
        for turn in range(rounds + 1):
            patterns = self.pool.above(self.floor, problem)
            value, prices, share = linear(problem, patterns, patterns.total, self.penalty, fine)
            if turn == rounds:
                break
            prices = np.where(problem.max_load == 0, self.penalty * fine, prices)
            found = pricing.cheapest(prices, self.floor, worth=fine)
            bound = (worth_of_room(problem, prices) - int(found.least.sum())) // fine
            if problem is self.problem and (self.bound is None or bound <= self.bound):
                self.bound, self.prices = bound, prices
            if not self.pool.add(found.patterns) or bound <= value + 1:
                break
        return patterns, share
