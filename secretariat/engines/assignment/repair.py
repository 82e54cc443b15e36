"""Large problems: raise the worst items of an assignment by chains of exchanges, then win back the total.

An item below the floor gives up its weakest pick for a better reviewer. A reviewer without room makes some
by handing one of her items on, if that item stays above the floor with somebody else, who may have to hand
on in turn: a chain that ends with a reviewer who has room. The cheapest way to make room is a shortest path
over reviewers, found for all of them at once by a few rounds of Bellman and Ford on arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secretariat.engines.assignment.levels import NEVER, greatest_total_above
from secretariat.engines.assignment.problem import Ints, Problem

LONGEST_CHAIN = 3
ROUNDS = 6
ATTEMPTS = 4
# Together with the flows about ten times the cost of one flow; a small problem may take more.
SEARCHES = 6
FEW_PAIRS = 30_000
SEARCHES_OF_FEW = 98
SINGLE = 3


def raised(problem: Problem, chosen: Ints, upper: int) -> Ints:
    """An assignment whose worst item is as high as this search can lift it, at most `upper`.

    Starts from `chosen` (indices of pairs of a valid assignment) and never returns a lower worst item.
    """
    served = problem.demand > 0
    start = State(problem, chosen)
    low, high = start.worst(), upper
    aim = high - (high - low) // 4
    best = start
    pairs = problem.item.size
    searches = Searches(SEARCHES + pairs // 50_000 if pairs > FEW_PAIRS else SEARCHES_OF_FEW)
    for _ in range(ATTEMPTS):
        if low >= high:
            break
        state = best.copy()
        lift(state, aim, searches)
        if state.worst() > low:
            best, low = state, state.worst()
        if low < aim:
            high = aim - 1
        aim = (low + high + 1) // 2
    if low <= start.worst():
        return chosen
    return _with_greatest_total(problem, best.indices(), low, served)


@dataclass
class Searches:
    """How often room may still be looked for: the limit on the work, and not a clock."""

    left: int

    def take(self) -> bool:
        self.left -= 1
        return self.left >= 0


class State:
    """An assignment under change: which pairs are chosen, the items' sums, the reviewers' loads."""

    def __init__(self, problem: Problem, chosen: Ints, ranked: Ints | None = None) -> None:
        self.problem = problem
        # All pairs by item, the best first.
        self.ranked = np.lexsort((-problem.weight, problem.item)) if ranked is None else ranked
        self.chosen = np.zeros(problem.item.size, bool)
        self.chosen[chosen] = True
        self.sums = problem.item_weights(chosen)
        self.loads = np.bincount(problem.reviewer[chosen], minlength=len(problem.reviewers))

    def copy(self) -> State:
        return State(self.problem, self.indices(), self.ranked)

    def indices(self) -> Ints:
        return np.flatnonzero(self.chosen)

    def worst(self) -> int:
        return int(self.sums[self.problem.demand > 0].min())

    def below(self, floor: int) -> Ints:
        """Items below the floor, the lowest first."""
        items = np.flatnonzero((self.sums < floor) & (self.problem.demand > 0))
        return items[np.argsort(self.sums[items], kind="stable")]

    def exchange(self, out: int, into: int) -> None:
        """Replace a pair of an item by another pair of the same item."""
        problem = self.problem
        self.chosen[out], self.chosen[into] = False, True
        self.sums[problem.item[out]] += problem.weight[into] - problem.weight[out]
        self.loads[problem.reviewer[out]] -= 1
        self.loads[problem.reviewer[into]] += 1


def lift(state: State, floor: int, searches: Searches) -> None:
    """Raise items towards the floor until none is below it or nothing helps any more."""
    rows = np.searchsorted(state.problem.item, np.arange(len(state.problem.items) + 1))
    for _ in range(ROUNDS):
        low = state.below(floor)
        if low.size == 0 or not searches.take():
            return
        room = Room(state, floor, state.loads < state.problem.max_load)
        if sum(_raise(state, rows, room, item, floor) for item in low.tolist()) * 20 <= low.size:
            break
    # With every reviewer full, the only room is what the item itself gives up.
    for item in state.below(floor)[:SINGLE].tolist():
        weakest = _weakest(state, rows, item)
        if weakest is None or not searches.take():
            return
        free = state.loads < state.problem.max_load
        free[state.problem.reviewer[weakest]] = True
        if not _raise(state, rows, Room(state, floor, free), item, floor):
            return


@dataclass
class Room:
    """The least loss of weight with which each reviewer can make room for one more, and by which exchanges."""

    loss: Ints
    steps: list[tuple[Ints, Ints, Ints]]
    reviewer: NDArray[np.int32]

    def __init__(self, state: State, floor: int, free: NDArray[np.bool_]) -> None:
        problem = state.problem
        self.reviewer = problem.reviewer
        out, into = _exchanges(state, floor, free)
        # Codes of 16 bits are sorted by radix, in a tenth of the time.
        short = np.uint16 if len(problem.reviewers) < 2**16 else np.int32
        order = np.argsort(problem.reviewer[out].astype(short), kind="stable")
        out, into = out[order], into[order]
        giver, taker = problem.reviewer[out], problem.reviewer[into]
        price = problem.weight[out] - problem.weight[into]
        starts = np.flatnonzero(np.diff(giver, prepend=-1))
        self.loss = np.where(free, 0, NEVER)
        self.steps = []
        for _ in range(LONGEST_CHAIN if starts.size else 0):
            through = np.where(self.loss[taker] < NEVER, price + self.loss[taker], NEVER)
            least = np.minimum.reduceat(through, starts)
            owners = giver[starts]
            better = least < self.loss[owners]
            if not better.any():
                break
            arc = np.full(self.loss.size, -1, np.int64)
            hits = np.flatnonzero(through == np.repeat(least, np.diff(np.append(starts, giver.size))))[::-1]
            arc[giver[hits]] = hits
            arc[owners[~better]] = -1
            self.loss = self.loss.copy()
            self.loss[owners[better]] = least[better]
            self.steps.append((arc, out, into))

    def chain(self, reviewer: int) -> Iterator[tuple[int, int]]:
        """The exchanges that make room, from this reviewer's own to the last."""
        for arc, out, into in reversed(self.steps):
            place = arc[reviewer]
            if place >= 0:
                yield int(out[place]), int(into[place])
                reviewer = int(self.reviewer[into[place]])


def _exchanges(state: State, floor: int, free: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """The exchanges (pair out, pair in) that leave their item at or above the floor.

    Of an item's pairs with reviewers who have room only the best counts: it ends the chain either way.
    """
    problem = state.problem
    slack = state.sums - floor
    able = (slack >= 0)[problem.item] & ~state.chosen
    has_room = free[problem.reviewer]
    ranked = state.ranked[(able & has_room)[state.ranked]]
    best = ranked[np.flatnonzero(np.diff(problem.item[ranked], prepend=-1))]
    able &= ~has_room
    able[best] = True
    into = np.flatnonzero(able)
    picks = state.indices()
    first = np.searchsorted(problem.item[picks], np.arange(len(problem.items) + 1))
    lengths = np.diff(first)[problem.item[into]]
    into = np.repeat(into, lengths)
    place = np.arange(into.size) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    out = picks[first[problem.item[into]] + place]
    good = problem.weight[out] - problem.weight[into] <= slack[problem.item[out]]
    return out[good], into[good]


def _weakest(state: State, rows: Ints, item: int) -> int | None:
    """The item's lowest pick whose reviewer can spare it."""
    problem = state.problem
    pairs = np.arange(rows[item], rows[item + 1])
    pairs = pairs[state.chosen[pairs]]
    reviewer = problem.reviewer[pairs]
    pairs = pairs[state.loads[reviewer] > problem.min_load[reviewer]]
    return int(pairs[np.argmin(problem.weight[pairs])]) if pairs.size else None


def _raise(state: State, rows: Ints, room: Room, item: int, floor: int) -> bool:
    """Exchange the item's weakest pick for the best that can be had; whether that worked."""
    problem = state.problem
    weakest = _weakest(state, rows, item)
    if weakest is None:
        return False
    pairs = np.arange(rows[item], rows[item + 1])
    gain = problem.weight[pairs] - problem.weight[weakest]
    loss = room.loss[problem.reviewer[pairs]]
    pairs_open = np.flatnonzero((gain > 0) & (loss < NEVER) & ~state.chosen[pairs])
    reaching = gain[pairs_open] >= floor - state.sums[item]
    # Enough at the least loss to the others, or else as much as there is.
    rank = np.lexsort(
        (
            -np.where(reaching, gain[pairs_open] - loss[pairs_open], gain[pairs_open]),
            ~reaching,
        )
    )
    for place in pairs_open[rank[:4]].tolist():
        chain = list(room.chain(int(problem.reviewer[pairs[place]])))
        if _possible(state, weakest, int(pairs[place]), chain, floor):
            state.exchange(weakest, int(pairs[place]))
            for out, into in chain:
                state.exchange(out, into)
            return True
    return False


def _possible(state: State, out: int, into: int, chain: list[tuple[int, int]], floor: int) -> bool:
    """Whether the chain still holds after what was exchanged since it was found."""
    problem = state.problem
    items = [int(problem.item[out]), *(int(problem.item[pair]) for pair, _ in chain)]
    if len(set(items)) < len(items):
        return False
    for left, taken in chain:
        change = problem.weight[taken] - problem.weight[left]
        if not state.chosen[left] or state.chosen[taken] or state.sums[problem.item[left]] + change < floor:
            return False
    change = np.zeros(len(problem.reviewers), np.int64)
    for left, taken in [(out, into), *chain]:
        change[problem.reviewer[left]] -= 1
        change[problem.reviewer[taken]] += 1
    loads = state.loads + change
    touched = change != 0
    return bool(
        not state.chosen[into]
        and (loads[touched] <= problem.max_load[touched]).all()
        and (loads[touched] >= problem.min_load[touched]).all()
    )


def _with_greatest_total(problem: Problem, chosen: Ints, floor: int, served: NDArray[np.bool_]) -> Ints:
    """The best total with the floor kept by thresholds: each item's own picks, lowered by its slack."""
    sums = problem.item_weights(chosen)
    picks = chosen[np.lexsort((-problem.weight[chosen], problem.item[chosen]))]
    owner = problem.item[picks]
    rank = np.arange(picks.size) - np.searchsorted(owner, owner)
    thresholds = np.full((int(problem.demand.max()), len(problem.items)), NEVER)
    thresholds[rank, owner] = problem.weight[picks] - (sums[owner] - floor) // problem.demand[owner]
    found = greatest_total_above(problem, thresholds, served)
    return chosen if found is None else found
