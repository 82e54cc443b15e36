"""Assignments in which every item's k-th best reviewer is good enough, as one flow.

A floor on an item's sum is a knapsack, which no flow expresses. Thresholds are: "the best pick scores at
least t1, the second best at least t2, ..." is a chain of nodes, one for each review the item wants, where a
review may pass to a stricter level but never to a laxer one. Two uses:

- thresholds that every pick above the floor must meet (`necessary`): if the flow does not exist, no
  assignment has that floor, which proves an upper bound on the worst item;
- thresholds whose sum reaches the floor: every flow is then an assignment with that floor.

PeerReview4All (Stelmakh, Shah and Singh, ALT 2019) uses one threshold for all of an item's reviews; the
chain refines it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from secretariat.engines.assignment.network import cheapest, largest
from secretariat.engines.assignment.problem import Ints, Problem

NEVER = np.int64(2**62)


def best_sums(problem: Problem) -> Ints:
    """Row k: the sum of each item's k best pairs, k = 0 ... greatest demand; NEVER below where there are fewer.

    Competition between items is ignored, so `best_sums(p)[demand]` bounds each item's sum from above.
    """
    depth = int(problem.demand.max(initial=0))
    sums = np.zeros((depth + 1, len(problem.items)), np.int64)
    weight = problem.weight.copy()
    starts = np.flatnonzero(np.diff(problem.item, prepend=-1))
    owners = problem.item[starts]
    left = np.bincount(problem.item, minlength=len(problem.items))
    for k in range(depth):
        there = left[owners] > k
        best = np.maximum.reduceat(weight, starts) if starts.size else weight
        sums[k + 1] = -NEVER
        sums[k + 1, owners[there]] = sums[k, owners[there]] + best[there]
        # Strike out one pair that attains it, the first of its item.
        hits = np.flatnonzero(weight == np.repeat(best, np.diff(np.append(starts, weight.size))))
        weight[hits[np.flatnonzero(np.diff(problem.item[hits], prepend=-1))]] = -NEVER
    return sums


def necessary(best: Ints, demand: Ints, floor: int) -> Ints:
    """Thresholds (row k, item) that the picks of every assignment with this floor meet.

    If the k best picks cannot exceed `best[k]`, the other d - k must average (floor - best[k]) / (d - k), and
    the best of them at least that.
    """
    depth = best.shape[0] - 1
    thresholds = np.full((depth, demand.size), NEVER)
    for k in range(depth):
        wanted = demand > k
        left = demand[wanted] - k
        thresholds[k, wanted] = -((best[k, wanted] - floor) // left)
    return thresholds


@dataclass(frozen=True)
class Chains:
    """The arcs of the level network: kept pairs, their tails, and the arcs between levels of an item."""

    pairs: Ints
    tail: Ints
    inner_tail: Ints
    inner_head: Ints
    demand: Ints


def chains(problem: Problem, thresholds: Ints, marked: np.ndarray) -> Chains:
    """The network for thresholds on the `marked` items (others keep one node); nodes count from 0."""
    demand = problem.demand
    nodes = np.where(marked, np.maximum(demand, 1), 1)
    first = np.concatenate([[0], np.cumsum(nodes)[:-1]])
    level = np.zeros(problem.item.size, np.int64)
    kept = np.ones(problem.item.size, bool)
    bound = marked[problem.item]
    for k in range(thresholds.shape[0]):
        short = bound & (problem.weight < thresholds[k, problem.item]) & (demand[problem.item] > k)
        last = short & (demand[problem.item] == k + 1)
        kept &= ~last
        level += short
    pairs = np.flatnonzero(kept)
    owner = np.repeat(np.arange(demand.size), nodes)
    inside = np.flatnonzero(np.arange(owner.size) > first[owner])
    supply = np.where(marked[owner], np.minimum(demand[owner], 1), demand[owner])
    return Chains(pairs, first[problem.item[pairs]] + level[pairs], inside, inside - 1, supply)


def exists(problem: Problem, thresholds: Ints) -> bool:
    """Whether all items can meet the thresholds at once within the maximum loads."""
    net = chains(problem, thresholds, np.ones(len(problem.items), bool))
    reviewers = len(problem.reviewers)
    count = net.demand.size
    source, sink = count + reviewers, count + reviewers + 1
    reviewer = count + problem.reviewer[net.pairs].astype(np.int64)
    flow, _ = largest(
        np.concatenate([np.full(count, source), net.tail, net.inner_tail, count + np.arange(reviewers)]),
        np.concatenate([np.arange(count), reviewer, net.inner_head, np.full(reviewers, sink)]),
        np.concatenate(
            [
                net.demand,
                np.ones(net.tail.size, np.int64),
                np.full(net.inner_tail.size, problem.reviews),
                problem.max_load,
            ]
        ),
        source,
        sink,
    )
    return int(flow[:count].sum()) == int(net.demand.sum())


def greatest_total_above(
    problem: Problem, thresholds: Ints, marked: np.ndarray, weight: Ints | None = None
) -> Ints | None:
    """The greatest total among assignments in which the marked items meet the thresholds."""
    weight = problem.weight if weight is None else weight
    net = chains(problem, thresholds, marked)
    shift = len(problem.reviewers) + 1
    inner = net.inner_tail.size
    flow = cheapest(
        problem,
        np.concatenate([shift + net.tail, shift + net.inner_tail]),
        np.concatenate([problem.reviewer[net.pairs], shift + net.inner_head]),
        np.concatenate([np.ones(net.tail.size, np.int64), np.full(inner, max(problem.reviews, 1))]),
        np.concatenate([-weight[net.pairs], np.zeros(inner, np.int64)]),
        net.demand,
    )
    return None if flow is None else net.pairs[np.flatnonzero(flow[: net.tail.size])]
