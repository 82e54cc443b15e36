"""Whole assignments from fractions of patterns, where the patterns are too many for an integer programme.

Dive: the patterns that the relaxation is sure of are fixed, it is solved again for the items left, and so on. The
last few items take what is there, and exchanges between all items (`exchange`) mend what that did.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from secretariat.engines.assignment.exchange import lifted, raised_total, served_by
from secretariat.engines.assignment.problem import Ints, Problem
from secretariat.engines.assignment.reach import Pool, Totals, highest

SURE = 0.999
FAINT = 0.05
PART = 10
FIRST_ROUNDS = 3
MOST_DIVES = 2
LAST_ROUNDS = 8


def greatest_floor_unlisted(problem: Problem, chosen: Ints, upper: int) -> tuple[Ints, int, Totals]:
    """A choice near the greatest floor, a proved bound on that floor, and the relaxation of totals above it."""
    low, pool = worst(problem, chosen), Pool(problem)
    bound = highest(problem, pool, low, upper)
    step = max(1, int(np.gcd.reduce(problem.weight)))
    # Room for rounding, unless the scores are so coarse that the bound itself leaves some.
    width = int(np.ptp(problem.weight)) // 500 // step * step
    for number in range(MOST_DIVES):
        floor = bound - (width * (number + 1) or step * number)
        if worst(problem, chosen) >= min(floor, bound):
            break
        found = dived(problem, Totals(problem, pool, floor))
        if found is None:
            continue
        found = lifted(problem, found, floor)
        found = lifted(problem, raised_total(problem, found, worst(problem, found)), floor)
        if worst(problem, found) > worst(problem, chosen):
            chosen = found
    low = worst(problem, chosen)
    totals = Totals(problem, pool, low)
    totals.solve(problem, LAST_ROUNDS)
    return raised_total(problem, chosen, low), bound, totals


def dived(problem: Problem, totals: Totals) -> Ints | None:
    """An assignment whose items mostly reach the floor of `totals`; None where the loads would not have it."""
    left, kept = problem, []
    while (left.demand > 0).any():
        patterns, share = totals.solve(left, FIRST_ROUNDS if left is problem else 1)
        served = np.flatnonzero(left.demand > 0)
        room, demand = left.max_load.copy(), left.demand.copy()
        least, fixed = -(-served.size // PART), 0
        for place in np.argsort(-share, kind="stable").tolist():
            if share[place] < FAINT or (share[place] < SURE and fixed >= least):
                break
            item, pairs = served[patterns.item[place]], patterns.pairs[place]
            pairs = pairs[pairs >= 0]
            reviewers = problem.reviewer[pairs]
            if demand[item] and (room[reviewers] > 0).all():
                demand[item], fixed = 0, fixed + 1
                room[reviewers] -= 1
                kept.append(pairs)
        if not fixed:
            break
        taken = left.max_load - room
        left = replace(left, demand=demand, max_load=room, min_load=np.maximum(left.min_load - taken, 0))
    pairs = np.sort(np.concatenate(kept)).astype(np.int64) if kept else np.empty(0, np.int64)
    return served_by(problem, pairs, totals.floor)


def worst(problem: Problem, chosen: Ints) -> int:
    """The lowest sum of an item that wants a review."""
    return int(problem.item_weights(chosen)[problem.demand > 0].min())
