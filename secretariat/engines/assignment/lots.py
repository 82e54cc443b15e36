"""An assignment drawn by lot: no pair more probable than a cap, and the greatest expected total within it.

Jecmen, Zhang, Liu, Shah, Conitzer and Fang, "Mitigating Manipulation in Peer Review via Randomized Reviewer
Assignments" (NeurIPS 2020): the probabilities are a flow in which no pair carries more than the cap; an assignment
with exactly these probabilities is then drawn by pushing flow round cycles of what is still open, up or down by lot
(Gandhi, Khuller, Parthasarathy and Srinivasan, "Dependent rounding", 2006). What a node carries never changes by
one or more, so that demands, loads and one limit on groups hold in every draw. Here probabilities are whole parts
of `PARTS`: the flow is integral, and no number is rounded anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

import numpy as np

from secretariat.engines.assignment.problem import Ints, Problem
from secretariat.engines.assignment.rules import Spread, groups_of

PARTS = 1000


@dataclass(frozen=True)
class Lottery:
    """The probability of each pair in thousandths, and the groups whose limit every draw keeps."""

    problem: Problem
    parts: Ints
    spread: Spread | None

    @property
    def expected(self) -> float:
        """The expected total."""
        return self.problem.value(int(self.parts @ self.problem.weight) / PARTS)

    @property
    def greatest(self) -> float:
        """The greatest probability of a pair."""
        return int(self.parts.max(initial=0)) / PARTS


def make_lottery(
    problem: Problem, cap: float, *, forced: Ints | None = None, spread: Spread | None = None
) -> Lottery | None:
    """The probabilities with the greatest expected total; None where the cap, or a limit, leaves none.

    Forced pairs are certain, whatever the cap.
    """
    most = np.full(problem.item.size, min(PARTS, int(cap * PARTS + 1e-9)), np.int64)
    certain = np.zeros(problem.item.size, bool)
    certain[forced if forced is not None else []] = True
    demand = (problem.demand - np.bincount(problem.item[certain], minlength=problem.demand.size)) * PARTS
    taken = np.bincount(problem.reviewer[certain], minlength=len(problem.reviewers)) * PARTS
    if (demand < 0).any() or (taken > problem.max_load * PARTS).any():
        return None
    most[certain] = 0
    flow = _flow(problem, most, demand, taken, certain, spread)
    if flow is None:
        return None
    flow[certain] = PARTS
    return Lottery(problem, flow, spread)


def _flow(
    problem: Problem, most: Ints, demand: Ints, taken: Ints, certain: np.ndarray, spread: Spread | None
) -> Ints | None:
    from secretariat.engines.assignment.network import cheapest

    reviewers, items = len(problem.reviewers), len(problem.items)
    larger = replace(problem, min_load=problem.min_load * PARTS, max_load=problem.max_load * PARTS)
    first = reviewers + 1
    tail, head = problem.item.astype(np.int64) + first, problem.reviewer.astype(np.int64)
    capacity, cost, supply, pairs = most, -problem.weight, demand, most.size
    if spread is not None:
        # Pairs of a group leave from a node of their own, which the item feeds up to the limit.
        node, owner, count = _nodes(problem, spread)
        used = np.bincount(node[certain & (node >= 0)], minlength=count)
        if (used > spread.most).any():
            return None
        tail = np.where(node >= 0, first + items + node, tail)
        tail = np.concatenate([tail, owner + first])
        head = np.concatenate([head, np.arange(count) + first + items])
        capacity = np.concatenate([capacity, (spread.most - used) * PARTS])
        cost = np.concatenate([cost, np.zeros(count, np.int64)])
        supply = np.concatenate([demand, np.zeros(count, np.int64)])
    flow = cheapest(larger, tail, head, capacity, cost, supply, taken)
    return None if flow is None else np.array(flow[:pairs])


def _nodes(problem: Problem, spread: Spread) -> tuple[Ints, Ints, int]:
    """The node of an item and a group for each pair (-1: no group), each node's item, and their number."""
    group = groups_of(problem, spread)
    width = int(group.max(initial=0)) + 1
    grouped = (group >= 0)[problem.reviewer]
    keys = problem.item.astype(np.int64) * width + group[problem.reviewer]
    known, place = np.unique(keys[grouped], return_inverse=True)
    node = np.full(problem.item.size, -1, np.int64)
    node[grouped] = place
    return node, known // width, known.size


def draw(lottery: Lottery, seed: int) -> Ints:
    """One assignment by lot, as sorted indices of pairs. The same seed draws the same."""
    net = _Open(lottery)
    lot = Random(seed)
    while net.open:
        net.turn(net.cycle(), lot)
    return np.flatnonzero(np.array(net.carried[: lottery.parts.size], np.int64) == PARTS)


class _Open:
    """The arcs that carry a part of the whole, as a graph in which every node has two of them at least."""

    def __init__(self, lottery: Lottery) -> None:
        problem, parts = lottery.problem, lottery.parts
        items = len(problem.items)
        one, two = problem.item.astype(np.int64), problem.reviewer.astype(np.int64) + items
        carried, ends = parts, items + len(problem.reviewers)
        loads = np.zeros(len(problem.reviewers), np.int64)
        np.add.at(loads, problem.reviewer, parts)
        if lottery.spread is not None:
            node, owner, count = _nodes(problem, lottery.spread)
            sums = np.zeros(count, np.int64)
            np.add.at(sums, node[node >= 0], parts[node >= 0])
            one = np.where(node >= 0, node + ends + 1, one)
            one, two = np.concatenate([one, owner]), np.concatenate([two, np.arange(count) + ends + 1])
            carried = np.concatenate([carried, sums])
        one = np.concatenate([one, np.arange(items, ends)])
        two = np.concatenate([two, np.full(ends - items, ends)])
        carried = np.concatenate([carried, loads])
        self.carried: list[int] = carried.tolist()
        self.tail, self.head = one.tolist(), two.tolist()
        self.open: dict[int, dict[int, None]] = {}
        for arc in np.flatnonzero(carried % PARTS).tolist():
            self.open.setdefault(self.tail[arc], {})[arc] = None
            self.open.setdefault(self.head[arc], {})[arc] = None
        self.trail: list[tuple[int, int]] = []

    def cycle(self) -> list[tuple[int, int]]:
        """A cycle of open arcs, each with the direction (1 or -1) in which it is passed."""
        trail = self.trail
        at = next(iter(self.open))
        if trail:
            arc, way = trail[-1]
            at = self.head[arc] if way == 1 else self.tail[arc]
        seen = {}
        for place, (arc, way) in enumerate(trail):
            seen[self.tail[arc] if way == 1 else self.head[arc]] = place
        while at not in seen:
            seen[at] = len(trail)
            last = trail[-1][0] if trail else -1
            arc = next(each for each in self.open[at] if each != last)
            way = 1 if self.tail[arc] == at else -1
            trail.append((arc, way))
            at = self.head[arc] if way == 1 else self.tail[arc]
        found = trail[seen[at] :]
        del trail[seen[at] :]
        return found

    def turn(self, cycle: list[tuple[int, int]], lot: Random) -> None:
        """Push parts round the cycle, one way or the other by lot, until an arc carries none or a whole."""
        up = [self._spare(arc, way) for arc, way in cycle]
        down = [self._spare(arc, -way) for arc, way in cycle]
        more, less = min(up), min(down)
        # So weighted, the expectation of every arc stays what it is.
        push = more if lot.randrange(more + less) < less else -less
        for arc, way in cycle:
            self.carried[arc] += way * push
            if self.carried[arc] % PARTS == 0:
                for node in (self.tail[arc], self.head[arc]):
                    del self.open[node][arc]
                    if not self.open[node]:
                        del self.open[node]

    def _spare(self, arc: int, way: int) -> int:
        part = self.carried[arc] % PARTS
        return PARTS - part if way == 1 else part
