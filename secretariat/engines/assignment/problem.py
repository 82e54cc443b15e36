"""Who may review what, and how much of it: one assignment problem on arrays.

Everything is brought into one canonical order (names sorted, pairs by item and then reviewer) before any
solver sees it, so that the order of the input lines can never decide between two equally good answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.signedinteger]
Codes = NDArray[np.integer]
Floats = NDArray[np.float64]

MOST_DIGITS = 9
MOST_PAIRS = 40_000_000


class ProblemError(ValueError):
    """The problem itself is wrong: what, where and why, in one line."""


@dataclass(frozen=True)
class Problem:
    """Items that want reviews, reviewers with bounded loads, and the pairs that may be used.

    `items` and `reviewers` are sorted names. Pair j joins `items[item[j]]` with `reviewers[reviewer[j]]` at
    `score[j]`; pairs are sorted and unique, and pairs in conflict are gone. `weight` is the score as an
    integer, `score * 10**digits` rounded; `exact` says that no rounding took place. `listed` counts an
    item's pairs before conflicts were removed.
    """

    items: tuple[str, ...]
    reviewers: tuple[str, ...]
    item: NDArray[np.int32]
    reviewer: NDArray[np.int32]
    score: Floats
    weight: Ints
    digits: int
    exact: bool
    demand: Ints
    min_load: Ints
    max_load: Ints
    listed: Ints

    @property
    def reviews(self) -> int:
        """Reviews wanted in all."""
        return int(self.demand.sum())

    def value(self, weight: float) -> float:
        """A sum of weights in the unit of the scores, correctly rounded."""
        return weight / 10**self.digits

    def item_weights(self, chosen: Ints) -> Ints:
        """The sum of weights each item receives from the chosen pairs (indices)."""
        sums = np.zeros(len(self.items), np.int64)
        np.add.at(sums, self.item[chosen], self.weight[chosen])
        return sums


def build_problem(
    items: Sequence[str],
    reviewers: Sequence[str],
    item: Codes,
    reviewer: Codes,
    score: Floats,
    *,
    demand: Ints | int,
    max_load: Ints | int,
    min_load: Ints | int = 0,
    conflicts: tuple[Codes, Codes] | None = None,
    unlisted: float | None = None,
) -> Problem:
    """Check and order a problem given as codes into `items` and `reviewers` (names in any order).

    `demand` is by item, the loads by reviewer, each an array in the order of the names or one number for
    all. `conflicts` are codes of pairs that must not be used. With `unlisted`, every pair that is neither
    listed nor in conflict may be used at that score. Raises ProblemError for names or pairs given twice,
    scores that are not finite, negative numbers, and a minimum load above the maximum.
    """
    sorted_items, item_rank = _ranks(items, "item")
    sorted_reviewers, reviewer_rank = _ranks(reviewers, "reviewer")
    width = max(len(reviewers), 1)
    keys = _keys(item, reviewer, item_rank, reviewer_rank, width)
    keys, score = _in_order(keys, np.asarray(score, np.float64))
    _refuse_bad_pairs(keys, score, sorted_items, sorted_reviewers)
    forbidden = _keys(*conflicts, item_rank, reviewer_rank, width) if conflicts else keys[:0]
    listed = np.bincount(keys // width, minlength=len(items)).astype(np.int64)
    if unlisted is not None:
        keys, score = _with_unlisted(keys, score, len(items), len(reviewers), unlisted)
        listed[:] = len(reviewers)
    if forbidden.size and keys.size:
        place = np.minimum(np.searchsorted(keys, forbidden), keys.size - 1)
        allowed = np.ones(keys.size, bool)
        allowed[place[keys[place] == forbidden]] = False
        keys, score = keys[allowed], score[allowed]
    weight, digits, exact = integer_weights(score, len(items) + len(reviewers) + 2)
    problem = Problem(
        items=sorted_items,
        reviewers=sorted_reviewers,
        item=(keys // width).astype(np.int32),
        reviewer=(keys % width).astype(np.int32),
        score=score,
        weight=weight,
        digits=digits,
        exact=exact,
        demand=_by_rank(demand, item_rank),
        min_load=_by_rank(min_load, reviewer_rank),
        max_load=_by_rank(max_load, reviewer_rank),
        listed=listed,
    )
    _refuse_bad_bounds(problem)
    return problem


def integer_weights(score: Floats, nodes: int) -> tuple[Ints, int, bool]:
    """Scores as integers: (weights, digits k, exact) with weight = score * 10**k.

    k is the smallest number of decimals that holds every score exactly, so sums of weights are exact sums
    of the decimals that were read. Scores with more decimals than fit (k <= 9, and 64-bit node potentials
    of the flow, which grow with the square of the number of nodes) are rounded at the largest k that fits:
    then no assignment of n pairs is misjudged by more than n * 10**-k / 2.
    """
    size = float(np.abs(score).max(initial=0.0))
    room = 2.0**61 / float(nodes) ** 2
    most = MOST_DIGITS
    while most > 0 and size * 10**most > min(room, 2.0**52):
        most -= 1
    if size * 10**most > room:
        raise ProblemError(f"scores as large as {size:g} are out of range")
    sample = score[:: max(1, score.size // 1000)]
    for digits in range(most + 1):
        for part in (sample, score):
            weight = np.rint(part * 10**digits)
            if not np.array_equal(weight / 10**digits, part):
                break
        else:
            return weight.astype(np.int64), digits, True
    return np.rint(score * 10**most).astype(np.int64), most, False


def _ranks(names: Sequence[str], kind: str) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    order = sorted(range(len(names)), key=names.__getitem__)
    in_order = tuple(names[place] for place in order)
    for one, other in pairwise(in_order):
        if one == other:
            raise ProblemError(f"{kind} {one!r} is named twice")
    ranks = np.empty(len(names), np.int64)
    ranks[order] = np.arange(len(names))
    return in_order, ranks


def _keys(item: Codes, reviewer: Codes, item_rank: Ints, reviewer_rank: Ints, width: int) -> Ints:
    return item_rank[item] * width + reviewer_rank[reviewer]


def _in_order(keys: Ints, score: Floats) -> tuple[Ints, Floats]:
    if keys.size > 1 and not (keys[1:] > keys[:-1]).all():
        order = np.argsort(keys, kind="stable")
        return keys[order], score[order]
    return keys, score


def _refuse_bad_pairs(keys: Ints, score: Floats, items: tuple[str, ...], reviewers: tuple[str, ...]) -> None:
    def name(place: int) -> str:
        return f"item {items[keys[place] // len(reviewers)]!r}, reviewer {reviewers[keys[place] % len(reviewers)]!r}"

    twice = np.flatnonzero(keys[1:] == keys[:-1])
    if twice.size:
        raise ProblemError(f"{name(int(twice[0]))}: the pair is listed twice")
    wrong = np.flatnonzero(~np.isfinite(score))
    if wrong.size:
        raise ProblemError(f"{name(int(wrong[0]))}: the score is not a finite number")


def _with_unlisted(
    keys: Ints, score: Floats, items: int, reviewers: int, unlisted: float
) -> tuple[Ints, Floats]:
    if not np.isfinite(unlisted):
        raise ProblemError("the score of unlisted pairs is not a finite number")
    if items * reviewers > MOST_PAIRS:
        raise ProblemError(
            f"{items} items times {reviewers} reviewers make {items * reviewers} pairs; "
            f"with a score for unlisted pairs at most {MOST_PAIRS} are possible"
        )
    every = np.full(items * reviewers, float(unlisted))
    every[keys] = score
    return np.arange(every.size, dtype=np.int64), every


def _by_rank(values: Ints | int, rank: Ints) -> Ints:
    ordered = np.empty(rank.size, np.int64)
    ordered[rank] = values
    return ordered


def _refuse_bad_bounds(problem: Problem) -> None:
    checks = (
        (problem.demand < 0, problem.items, "item", "wants a negative number of reviews"),
        (problem.min_load < 0, problem.reviewers, "reviewer", "has a negative minimum load"),
        (problem.max_load < 0, problem.reviewers, "reviewer", "has a negative maximum load"),
        (
            problem.min_load > problem.max_load,
            problem.reviewers,
            "reviewer",
            "has a minimum load above the maximum",
        ),
    )
    for wrong, names, kind, what in checks:
        if wrong.any():
            raise ProblemError(f"{kind} {names[int(np.argmax(wrong))]!r} {what}")
