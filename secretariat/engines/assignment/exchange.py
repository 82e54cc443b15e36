"""Exchanges between all items at once: each gives up one reviewer and takes one, by a single flow.

An item's sum after the exchange depends on the one reviewer it takes alone, so any cost of sums is a cost of
arcs: here, what the sum lacks to a floor. The flow finds the best of all chains and cycles of exchanges, of any
length, within the loads. Which reviewer is given up goes round from turn to turn in changing company.
"""

from __future__ import annotations

import numpy as np

from secretariat.engines.assignment.network import cheapest
from secretariat.engines.assignment.problem import Ints, Problem

TURNS = 90
# For large problems: turns, and how much a unit short of the floor counts against a unit of the total.
QUICK_TURNS = 3
SHORT = 4
IDLE = 20
# Costs above this are divided: the flow's potentials add them up along paths.
MOST_COST = 2**32


def lifted(problem: Problem, chosen: Ints, floor: int) -> Ints:
    """The assignment (indices of pairs, sorted) with the highest worst item met on the way to the floor."""
    served, turn, idle = problem.demand > 0, 0, 0
    best, worst, lack = chosen, _worst(problem, chosen), None
    while worst < floor and turn < TURNS and idle < IDLE:
        found = _exchange(problem, chosen, _given_up(problem, chosen, turn), floor)
        if found is None:
            break
        chosen, turn = found, turn + 1
        sums = problem.item_weights(chosen)[served]
        missing = int(np.maximum(floor - sums, 0).sum())
        idle = idle + 1 if lack is not None and missing >= lack else 0
        lack = missing
        if int(sums.min()) > worst:
            best, worst = chosen, int(sums.min())
    return best


def quickly_lifted(problem: Problem, chosen: Ints, floor: int) -> Ints:
    """A few turns for a large problem, each about the cost of one flow; the total counts a little."""
    best = chosen
    for turn in range(QUICK_TURNS):
        kept = np.setdiff1d(chosen, _given_up(problem, chosen, turn), assume_unique=True)
        found = _filled(problem, kept, np.arange(problem.item.size), floor, total=1, short=SHORT)
        if found is None:
            break
        chosen = found
        best = chosen if _worst(problem, chosen) > _worst(problem, best) else best
    return best


def raised_total(problem: Problem, chosen: Ints, floor: int) -> Ints:
    """A greater total by the same exchanges, no item falling below the floor."""
    idle = 0
    for turn in range(TURNS):
        before = int(problem.weight[chosen].sum())
        found = _exchange(problem, chosen, _given_up(problem, chosen, turn), floor, total=True)
        if found is None:
            break
        chosen = found
        idle = idle + 1 if int(problem.weight[chosen].sum()) <= before else 0
        if idle >= IDLE // 4:
            break
    return chosen


def served_by(problem: Problem, kept: Ints, floor: int) -> Ints | None:
    """The kept pairs and what their items still want; None where the loads leave no way to give it to them."""
    return _filled(problem, kept, np.arange(problem.item.size), floor)


def _given_up(problem: Problem, chosen: Ints, turn: int) -> Ints:
    """One pick of every item: by its rank within the item, which differs from item to item and turn to turn."""
    served = np.flatnonzero(problem.demand > 0)
    wanted = problem.demand[served]
    rank = (served * (1 + turn // wanted) + turn) % wanted
    order = chosen[np.lexsort((problem.weight[chosen], problem.item[chosen]))]
    return order[np.cumsum(wanted) - wanted + rank]


def _exchange(problem: Problem, chosen: Ints, out: Ints, floor: int, *, total: bool = False) -> Ints | None:
    kept = np.setdiff1d(chosen, out, assume_unique=True)
    if not total:
        return _filled(problem, kept, np.arange(problem.item.size), floor)
    room = floor - problem.item_weights(kept)
    return _filled(
        problem, kept, np.flatnonzero(problem.weight >= room[problem.item]), floor, total=1, short=0
    )


def _filled(
    problem: Problem, kept: Ints, pairs: Ints, floor: int, *, total: int = 0, short: int = 1
) -> Ints | None:
    """Add to the kept pairs what their items still want, from `pairs`: least short of the floor, or greatest in all.

    An item that wants several counts each as if it were the only one.
    """
    free = np.ones(problem.item.size, bool)
    free[kept] = False
    missing = problem.demand - np.bincount(problem.item[kept], minlength=problem.demand.size)
    pairs = pairs[free[pairs] & (missing > 0)[problem.item[pairs]]]
    cost = -total * problem.weight[pairs]
    if short:
        cost += short * np.maximum(
            floor - problem.item_weights(kept)[problem.item[pairs]] - problem.weight[pairs], 0
        )
    cost //= max(1, int(np.abs(cost).max(initial=0)) // MOST_COST)
    loads = np.bincount(problem.reviewer[kept], minlength=len(problem.reviewers))
    flow = cheapest(
        problem,
        problem.item[pairs] + np.int32(len(problem.reviewers) + 1),
        problem.reviewer[pairs],
        np.ones(pairs.size, np.int64),
        cost,
        missing,
        loads,
    )
    return None if flow is None else np.sort(np.concatenate([kept, pairs[np.flatnonzero(flow)]]))


def _worst(problem: Problem, chosen: Ints) -> int:
    return int(problem.item_weights(chosen)[problem.demand > 0].min())
