"""Patterns: every set of reviewers that serves one item at or above a floor.

A floor on an item's sum is a knapsack, whose relaxation is weak: half a strong reviewer and half of another
make a sum that nobody can have. Sets of whole reviewers have no such gap, and at a floor worth proving
there are few of them: the prefixes that cannot reach it any more are cut off as they grow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from secretariat.engines.assignment.problem import Ints, Problem

MOST_PATTERNS = 3_000_000


@dataclass(frozen=True)
class Patterns:
    """All patterns of a problem above a floor, by item.

    `pairs`: indices of pairs, one row a pattern, padded with -1 where its item wants fewer than the most.
    `reviewer`: the same as reviewers, padded with their number. `total`: the sum of weights. `item`: whom it
    serves, counted among the items that want a review.
    """

    pairs: Ints
    reviewer: Ints
    total: Ints
    item: Ints

    def taken(self, rows: Ints) -> Patterns:
        """These patterns only."""
        return Patterns(self.pairs[rows], self.reviewer[rows], self.total[rows], self.item[rows])

    def price(self, prices: Ints) -> Ints:
        """What each pattern costs at prices of the reviewers."""
        padded, cost = np.append(prices, 0), np.zeros(self.item.size, np.int64)
        for column in self.reviewer.T:
            cost += padded[column]
        return cost


def every_pattern(problem: Problem, floor: int) -> Patterns | None:
    """All patterns at or above the floor; None where there are more than MOST_PATTERNS."""
    served = np.flatnonzero(problem.demand > 0)
    width, count = int(problem.demand.max(initial=0)), 0
    starts = np.searchsorted(problem.item, np.arange(len(problem.items) + 1))
    parts, owners = [], []
    for place, item in enumerate(served.tolist()):
        pairs = np.arange(starts[item], starts[item + 1])
        found = sets_above(problem.weight[pairs], int(problem.demand[item]), floor, MOST_PATTERNS - count)
        if found is None:
            return None
        found = pairs[found].astype(np.int32)
        count += len(found)
        padding = np.full((len(found), width - found.shape[1]), -1, np.int32)
        parts.append(np.hstack([found, padding]))
        owners.append(np.full(len(found), place, np.int32))
    return of_pairs(problem, np.concatenate(parts), np.concatenate(owners))


def of_pairs(problem: Problem, pairs: Ints, item: Ints) -> Patterns:
    """The patterns of these rows of pairs, padded with -1."""
    # The padding finds what stands last: no weight, and the reviewer after the last.
    weight = np.append(problem.weight, 0)
    reviewer = np.append(problem.reviewer, len(problem.reviewers)).astype(np.int32)
    total = np.zeros(item.size, np.int64)
    for column in pairs.T:
        total += weight[column]
    return Patterns(pairs, reviewer[pairs], total, item)


def sets_above(weight: Ints, wanted: int, floor: int, room: int) -> Ints | None:
    """All sets of `wanted` places whose weights come to the floor at least, the heaviest place first in each.

    None where more than `room` come up on the way.
    """
    order = np.argsort(-weight, kind="stable")
    weight = weight[order]
    sums = np.concatenate([[0], np.cumsum(weight)])
    places, total, last = np.zeros((1, 0), np.int32), np.zeros(1, np.int64), np.full(1, -1)
    for left in range(wanted, 0, -1):
        # The best completion from each place on, which falls from place to place.
        best = sums[left:] - sums[: max(sums.size - left, 0)]
        ends = np.searchsorted(-best, total - floor, side="right")
        more = np.maximum(ends - last - 1, 0)
        if more.sum() > room:
            return None
        row = np.repeat(np.arange(total.size), more)
        last = np.arange(row.size) - np.repeat(np.cumsum(more) - more, more) + last[row] + 1
        places = np.column_stack([places[row], last.astype(np.int32)])
        total = total[row] + weight[last]
    return order[places]
