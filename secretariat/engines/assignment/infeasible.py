"""Why a problem has no solution: which items cannot be served, which minimum loads cannot be met.

Two questions settle it, each a maximum flow: can all items be served within the maximum loads, and can all
minimum loads be met within what the items want? If both can, one assignment does both (the theorem of
Mendelsohn and Dulmage, 1958, for bipartite degrees). Where a flow falls short, its smallest cut holds a set
of items and the reviewers they share, whose room is smaller than what the items want (Hall's condition);
its connected parts are separate troubles and are told apart.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from secretariat.engines.assignment.network import largest
from secretariat.engines.assignment.problem import Codes, Ints, Problem
from secretariat.engines.assignment.result import Unfilled, Unserved

NAMED = 5


def diagnose(problem: Problem) -> tuple[list[Unserved], list[Unfilled]]:
    """Items that a largest possible assignment leaves short, and reviewers short of their minimum load."""
    return _unserved(problem), _unfilled(problem)


def _unserved(problem: Problem) -> list[Unserved]:
    eligible = np.bincount(problem.item, minlength=len(problem.items))
    given, part_item, part_reviewer = _shortage(
        problem.item, problem.reviewer, problem.demand, problem.max_load
    )
    found = []
    for place in np.flatnonzero(given < problem.demand).tolist():
        if eligible[place] < problem.demand[place]:
            why = _own_trouble(problem, place, int(eligible[place]))
        else:
            part = part_item[place]
            why = _crowded(problem, place, int(given[place]), part_item == part, part_reviewer == part)
        found.append(Unserved(problem.items[place], why))
    return found


def _own_trouble(problem: Problem, place: int, eligible: int) -> str:
    listed, wanted = int(problem.listed[place]), int(problem.demand[place])
    if listed == 0:
        return f"no reviewer is listed for it; it wants {_count(wanted, 'review')}"
    if eligible == 0:
        return f"every pair is in conflict: {_count(listed, 'reviewer')} listed, none may review it"
    if listed == eligible:
        return f"only {_count(eligible, 'eligible reviewer')} for {_count(wanted, 'review')}"
    return (
        f"only {_count(eligible, 'eligible reviewer')} for {_count(wanted, 'review')}: "
        f"{listed - eligible} of {listed} are in conflict"
    )


def _crowded(problem: Problem, place: int, given: int, items: np.ndarray, reviewers: np.ndarray) -> str:
    room, wanted = int(problem.max_load.sum()), problem.reviews
    short = f"{given} of {_count(int(problem.demand[place]), 'review')} possible: "
    if wanted > room and int(problem.max_load[reviewers].sum()) == room:
        return short + (
            f"the maximum loads are too small in all: {_count(wanted, 'review')} wanted, room for {room}"
        )
    elsewhere = int((items[problem.item] & ~reviewers[problem.reviewer]).sum())
    shared = _list([problem.reviewers[r] for r in np.flatnonzero(reviewers)])
    asking = _list([problem.items[i] for i in np.flatnonzero(items)])
    return short + (
        f"its eligible reviewers are full: {int(items.sum())} items ({asking}) together want "
        f"{int(problem.demand[items].sum())} reviews, {_count(int(reviewers.sum()), 'reviewer')} "
        f"they share ({shared}) have room for {int(problem.max_load[reviewers].sum())}, and others can give "
        f"them {elsewhere}"
    )


def _unfilled(problem: Problem) -> list[Unfilled]:
    eligible = np.bincount(
        problem.reviewer[problem.demand[problem.item] > 0], minlength=len(problem.reviewers)
    )
    given, part_reviewer, part_item = _shortage(
        problem.reviewer, problem.item, problem.min_load, problem.demand
    )
    least, wanted = int(problem.min_load.sum()), problem.reviews
    found = []
    for place in np.flatnonzero(given < problem.min_load).tolist():
        minimum = _count(int(problem.min_load[place]), "review")
        if eligible[place] < problem.min_load[place]:
            why = (
                f"must have at least {minimum}, and only {_count(int(eligible[place]), 'item')} may go to it"
            )
        elif least > wanted:
            why = f"all minimum loads together are {least}, and only {_count(wanted, 'review')} are wanted"
        else:
            reviewers, items = part_reviewer == part_reviewer[place], part_item == part_reviewer[place]
            elsewhere = int((reviewers[problem.reviewer] & ~items[problem.item]).sum())
            why = (
                f"{_count(int(reviewers.sum()), 'reviewer')} "
                f"({_list([problem.reviewers[r] for r in np.flatnonzero(reviewers)])}) must have at least "
                f"{int(problem.min_load[reviewers].sum())} reviews together, and the items they may review "
                f"have only {int(problem.demand[items].sum()) + elsewhere} for them"
            )
        found.append(Unfilled(problem.reviewers[place], why))
    return found


def _shortage(left: Codes, right: Codes, wanted: Ints, room: Ints) -> tuple[Ints, Ints, Ints]:
    """Serve the left side from the right as far as possible.

    Returns what each left node gets, and for both sides the number of its connected part of the smallest
    cut (-1: outside the cut).
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    lefts, rights = wanted.size, room.size
    source, sink = lefts + rights, lefts + rights + 1
    tail = np.concatenate([np.full(lefts, source), left, lefts + np.arange(rights)])
    head = np.concatenate([np.arange(lefts), lefts + right.astype(np.int64), np.full(rights, sink)])
    capacity = np.concatenate([wanted, np.ones(left.size, np.int64), room])
    flow, side = largest(tail, head, capacity, source, sink)
    cut = np.zeros(lefts + rights + 2, bool)
    cut[side] = True
    inside = cut[left] & cut[lefts + right]
    ends = (left[inside], lefts + right[inside].astype(np.int64))
    graph = coo_array((np.ones(ends[0].size), ends), shape=(source, source))
    part = connected_components(graph, directed=False)[1].astype(np.int64)
    part[~cut[:source]] = -1
    return flow[:lefts], part[:lefts], part[lefts:]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} and {len(names) - NAMED} more"
