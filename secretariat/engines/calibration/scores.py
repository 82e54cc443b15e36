"""Scores of items by reviewers, as arrays in one canonical order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """Review r gives ``items[item[r]]`` the score ``score[r]`` by ``reviewers[reviewer[r]]``.

    Names are unique and sorted, each with a review at least; reviews are sorted by item, reviewer, score and
    weight, so that nothing computed from them depends on the order in which they came. ``weight``: precision
    of a review relative to the others, positive, 1 on average. Anonymous reviewers have no names: then
    ``reviewers`` is empty and ``reviewer`` numbers the reviews.
    """

    items: tuple[str, ...]
    reviewers: tuple[str, ...]
    item: Ints
    reviewer: Ints
    score: Floats
    weight: Floats

    def __len__(self) -> int:
        return len(self.score)

    @property
    def item_counts(self) -> NDArray[np.int64]:
        """Reviews of each item."""
        return np.bincount(self.item, minlength=len(self.items))

    @property
    def reviewer_counts(self) -> NDArray[np.int64]:
        """Reviews by each named reviewer."""
        if not self.reviewers:
            return np.zeros(0, np.int64)
        return np.bincount(self.reviewer, minlength=len(self.reviewers))

    @property
    def identified(self) -> bool:
        """Whether somebody scored twice: otherwise nothing can be told about any reviewer."""
        return bool((self.reviewer_counts > 1).any())

    def item_means(self) -> Floats:
        """The plain mean score of each item."""
        return np.bincount(self.item, self.score, len(self.items)) / self.item_counts


def canonical_scores(
    items: tuple[str, ...],
    reviewers: tuple[str, ...],
    item: Ints,
    reviewer: Ints | None,
    score: Floats,
    weight: Floats | None = None,
) -> Scores:
    """Scores from codes into sorted unique names. ``reviewer`` None: every score is by somebody else, unnamed."""
    weight = np.ones(len(score)) if weight is None else weight / weight.mean()
    order = np.lexsort((weight, score, item) if reviewer is None else (weight, score, reviewer, item))
    by = np.arange(len(score), dtype=np.int32) if reviewer is None else reviewer[order].astype(np.int32)
    return Scores(items, reviewers, item[order].astype(np.int32), by, score[order], weight[order])


def scores_of(
    items: Sequence[str],
    reviewers: Sequence[str],
    scores: Sequence[float],
    weights: Sequence[float] | None = None,
) -> Scores:
    """Scores from one entry a review, in any order.

    Raises ValueError for lists of different lengths or none, a number that is not finite, a weight that is
    not positive, and a reviewer who scored an item twice.
    """
    lengths = {len(items), len(reviewers), len(scores), len(scores if weights is None else weights)}
    if len(lengths) > 1:
        raise ValueError("items, reviewers, scores and weights differ in length")
    if not len(scores):
        raise ValueError("there is no score")
    score = np.array(scores, np.float64)
    weight = None if weights is None else np.array(weights, np.float64)
    if not np.isfinite(score).all():
        at = int(np.flatnonzero(~np.isfinite(score))[0])
        raise ValueError(
            f"the score of {items[at]!r} by {reviewers[at]!r} is {score[at]}, not a finite number"
        )
    if weight is not None and not (np.isfinite(weight) & (weight > 0)).all():
        raise ValueError("a weight is not a positive number")
    names, item = _coded(items)
    people, reviewer = _coded(reviewers)
    found = canonical_scores(names, people, item, reviewer, score, weight)
    twice = np.flatnonzero((np.diff(found.item) == 0) & (np.diff(found.reviewer) == 0))
    if twice.size:
        at = int(twice[0])
        raise ValueError(f"{people[found.reviewer[at]]!r} scored {names[found.item[at]]!r} twice")
    return found


def _coded(names: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    unique = tuple(sorted(set(names)))
    place = {name: code for code, name in enumerate(unique)}
    return unique, np.fromiter(map(place.__getitem__, names), np.int32, len(names))
