"""The best pattern of every item at the reviewers' prices, where the patterns are too many to list.

For each item: the set of reviewers at or above a floor whose price is least. Relaxed by Lagrange, with a price
on the floor as well, this is a choice of the best few of a row, made for all items at once; what the relaxation
leaves open between the best set seen and its bound is listed (`patterns.sets_above`), which are a few hundred sets.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secretariat.engines.assignment.patterns import Patterns, of_pairs, sets_above
from secretariat.engines.assignment.problem import Ints, Problem

HALVINGS = 60
# Binary digits to which the price on a floor is sought.
PRECISION = 14
# Sets that may come up for one item in one listing; beyond that, the relaxation's bound stands.
MOST_SETS = 20_000
FEW_SETS = 1_000
TRIES = 16
KEPT = 3
FAR = np.int64(2**60)


@dataclass(frozen=True)
class Priced:
    """What prices prove and offer: the least price of each item's patterns (from below), some of the cheapest
    patterns, and how fast the least prices rise in all with the floor."""

    least: Ints
    patterns: Patterns
    slope: int


class Pricing:
    """The pairs of a problem as a table of served items by reviewers, asked for cheap patterns again and again."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        served = np.flatnonzero(problem.demand > 0)
        place = np.full(len(problem.items), -1)
        place[served] = np.arange(served.size)
        kept = np.flatnonzero(place[problem.item] >= 0)
        shape = (served.size, len(problem.reviewers))
        self.wanted = problem.demand[served]
        self.width = int(self.wanted.max())
        self.pair = np.full(shape, -1, np.int32)
        self.pair[place[problem.item[kept]], problem.reviewer[kept]] = kept
        self.weight = np.append(problem.weight, 0)[self.pair]
        self.missing = self.pair < 0
        # Padding is worth nothing; a missing pair is worth less than any set, and sums of it stay in 64 bits.
        self.never = -(FAR // (2 * self.width))
        self.most = int(FAR // (4 * self.width * int(np.abs(problem.weight).max(initial=1) + 1)))

    def cheapest(self, prices: Ints, floor: int, worth: int = 0) -> Priced:
        """The cheapest patterns at or above the floor, which every item must be able to reach.

        With a `worth` for each unit of weight, that is taken off the prices.
        """
        cost = prices - worth * self.weight
        push, below, above, picks = self._relaxed(cost, floor)
        rows, owners, least = [], [], below.copy()
        step = max(1, int(np.median(np.abs(below))) // 256)
        for item in range(below.size):
            place = (int(push[item]), int(below[item]), int(above[item]))
            sets, price = self._listed(cost[item], floor, item, *place, step)
            if sets is None:
                if above[item] == FAR:
                    continue
                sets = picks[item, : self.wanted[item]][None]
            else:
                least[item] = price.min()
                sets = sets[np.argsort(price, kind="stable")[:KEPT]]
            rows.append(self._pairs(item, sets))
            owners.append(np.full(len(sets), item, np.int32))
        patterns = of_pairs(self.problem, np.concatenate(rows), np.concatenate(owners))
        return Priced(least, patterns, int(push.sum()))

    def within(self, prices: Ints, floor: int, worth: int, spare: int, most: int) -> Patterns | None:
        """All patterns at or above the floor that cost up to `spare` more than the cheapest; None: more than `most`."""
        cost = prices - worth * self.weight
        least, push = self.cheapest(prices, floor, worth).least, self._relaxed(cost, floor)[0]
        rows, owners, count = [], [], 0
        for item in range(least.size):
            value = np.where(self.missing[item], self.never, push[item] * self.weight[item] - cost[item])
            limit = int(least[item]) + spare
            sets = sets_above(value, int(self.wanted[item]), int(push[item]) * floor - limit, MOST_SETS)
            if sets is None:
                return None
            good = (self.weight[item][sets].sum(axis=1) >= floor) & (cost[item][sets].sum(axis=1) <= limit)
            count += int(good.sum())
            if count > most:
                return None
            rows.append(self._pairs(item, sets[good]))
            owners.append(np.full(len(rows[-1]), item, np.int32))
        return of_pairs(self.problem, np.concatenate(rows), np.concatenate(owners))

    def _pairs(self, item: int, sets: Ints) -> Ints:
        found = np.full((len(sets), self.width), -1, np.int32)
        found[:, : sets.shape[1]] = np.sort(self.pair[item][sets], axis=1)
        return found

    def _relaxed(self, cost: Ints, floor: int) -> tuple[Ints, Ints, Ints, Ints]:
        """By item: the price on the floor that bounds best, that bound, the least price seen, and its reviewers."""
        items = self.wanted.size
        most = min(self.most, self.width * int(cost.max() - cost.min()) + 1)
        low, high = np.zeros(items, np.int64), np.full(items, most, np.int64)
        push, below, above = low.copy(), np.full(items, -FAR), np.full(items, FAR)
        picks = np.zeros((items, self.width), np.int64)
        counted = np.arange(self.width) < self.wanted[:, None]
        for turn in range(HALVINGS):
            now = low if turn == 0 else high if turn == 1 else (low + high) // 2
            value = np.where(self.missing, self.never, now[:, None] * self.weight - cost)
            top = _top(value, self.width)
            total = (np.take_along_axis(self.weight, top, 1) * counted).sum(axis=1)
            price = (np.take_along_axis(cost, top, 1) * counted).sum(axis=1)
            bound = price + now * (floor - total)
            better = bound > below
            below[better], push[better] = bound[better], now[better]
            reaching = total >= floor
            cheaper = reaching & (price < above)
            above[cheaper], picks[cheaper] = price[cheaper], top[cheaper]
            high, low = np.where(reaching, now, high), np.where(reaching, low, now)
            if turn and (high - low <= 1 + (high >> PRECISION)).all():
                break
        return push, below, above, picks

    def _listed(
        self, cost: Ints, floor: int, item: int, push: int, below: int, above: int, step: int
    ) -> tuple[Ints | None, Ints]:
        """The sets of an item up to its least price (and some above it) with their prices; None: too many."""
        value = np.where(self.missing[item], self.never, push * self.weight[item] - cost)
        wanted = int(self.wanted[item])
        # Mostly few sets are left up to the best one seen; else the way there is felt out from below.
        limit, most = above, FEW_SETS
        if above < FAR:
            step = (above - below) // TRIES + 1
        while True:
            sets = sets_above(value, wanted, push * floor - limit, most) if limit < FAR else None
            if sets is not None:
                sets = sets[self.weight[item][sets].sum(axis=1) >= floor]
                price = cost[sets].sum(axis=1)
                least = int(price.min()) if price.size else int(FAR)
                if least <= limit:
                    return sets, price
                above, step = min(above, least), 2 * step
            elif most == MOST_SETS:
                return None, np.empty(0, np.int64)
            limit, most = min(below + step, above), MOST_SETS


def _top(value: NDArray[np.int64], width: int) -> Ints:
    """The columns of the greatest values of each row, the greatest first."""
    if value.shape[1] > width:
        top = np.argpartition(value, value.shape[1] - width, axis=1)[:, -width:]
    else:
        top = np.broadcast_to(np.arange(value.shape[1]), value.shape)
    order = np.argsort(-np.take_along_axis(value, top, 1), axis=1, kind="stable")
    return np.take_along_axis(top, order, 1)
