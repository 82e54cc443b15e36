"""The plain methods, for comparison and for rule books that prescribe them: means, z-scores, sums, mean ranks.

None of them can tell a strict reviewer from weak items. Their intervals come from how far the reviews of the
same item differ, pooled over all items.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from secretariat.engines.calibration.scores import Floats, Scores


@dataclass(frozen=True, slots=True)
class Plain:
    """By item: what it is ranked by, and the variance of that (NaN where no item has two reviews).

    ``ascending``: whether lower is better, as for ranks.
    """

    score: Floats
    variance: Floats
    ascending: bool


def mean(scores: Scores, ascending: bool) -> Plain:
    """The mean score."""
    return _averaged(scores, scores.score, ascending)


def points(scores: Scores, ascending: bool) -> Plain:
    """The sum of scores."""
    variance = mean(scores, ascending).variance * scores.item_counts**2
    total = np.bincount(scores.item, scores.score).astype(np.float64)
    return Plain(total, variance, ascending)


def z(scores: Scores, ascending: bool) -> Plain:
    """The mean of scores in units of the reviewer: how many standard deviations above her own mean.

    A reviewer who scored once, or always the same, says nothing about the order: her scores count as 0.
    """
    _demand_reviewers(scores, "z")
    counts = scores.reviewer_counts
    own_mean = np.bincount(scores.reviewer, scores.score) / counts
    deviation = scores.score - own_mean[scores.reviewer]
    spread = reviewer_spreads(scores)[scores.reviewer]
    telling = np.nan_to_num(spread) > 1e-12 * (1 + np.abs(own_mean[scores.reviewer]))
    return _averaged(
        scores, np.divide(deviation, spread, out=np.zeros(len(scores)), where=telling), ascending
    )


def mean_rank(scores: Scores, ascending: bool) -> Plain:
    """The mean of the ranks each reviewer's scores give, 1 being best; equal scores share their mean rank."""
    _demand_reviewers(scores, "mean-rank")
    order = np.lexsort((scores.score if ascending else -scores.score, scores.reviewer))
    reviewer, score = scores.reviewer[order], scores.score[order]
    place = np.arange(len(scores)) - np.searchsorted(reviewer, reviewer)
    begins = np.append(True, (np.diff(reviewer) != 0) | (np.diff(score) != 0))
    group = np.cumsum(begins) - 1
    shared = np.bincount(group, place) / np.bincount(group)
    rank = np.empty(len(scores))
    rank[order] = shared[group] + 1
    return _averaged(scores, rank, ascending=True)


PLAIN: dict[str, Callable[[Scores, bool], Plain]] = {
    "mean": mean,
    "z": z,
    "points": points,
    "mean-rank": mean_rank,
}


def reviewer_spreads(scores: Scores) -> Floats:
    """The standard deviation of each named reviewer's scores; NaN where she gave one only."""
    counts = scores.reviewer_counts
    deviation = scores.score - (np.bincount(scores.reviewer, scores.score) / counts)[scores.reviewer]
    squares = np.bincount(scores.reviewer, deviation**2)
    return np.sqrt(np.divide(squares, counts - 1, out=np.full(len(counts), np.nan), where=counts > 1))


def reviewer_excess(scores: Scores) -> Floats:
    """How far each named reviewer's scores lie above the mean score of the same items, on average."""
    excess = scores.score - scores.item_means()[scores.item]
    return np.bincount(scores.reviewer, excess) / scores.reviewer_counts


def _averaged(scores: Scores, value: Floats, ascending: bool) -> Plain:
    counts = scores.item_counts
    average = np.bincount(scores.item, value) / counts
    freedom = len(scores) - len(counts)
    squares = ((value - average[scores.item]) ** 2).sum()
    pooled = squares / freedom if freedom else np.nan
    return Plain(average, pooled / counts, ascending)


def _demand_reviewers(scores: Scores, method: str) -> None:
    if not scores.identified:
        raise ValueError(f"the method {method} needs reviewers who scored at least two items; nobody did")
