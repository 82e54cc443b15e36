"""A ranking of scored items: the order, how sure it is, and which items are above the line."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secretariat.engines.calibration import additive
from secretariat.engines.calibration.above import draws_for, probability_above
from secretariat.engines.calibration.additive import Variances
from secretariat.engines.calibration.graph import components
from secretariat.engines.calibration.plain import PLAIN, reviewer_excess, reviewer_spreads
from secretariat.engines.calibration.scores import Floats, Scores, scores_of
from secretariat.engines.calibration.spreads import evened

Ranks = NDArray[np.int64]

METHODS = ("additive", "scaled", *PLAIN)
"""``scaled`` is additive after each reviewer's spread is brought to that of a typical one."""
TIES = ("item", "lot")
"""Who goes first among equals: the smaller name by code point, or the smaller SHA-256 of seed and name."""

BAND = (0.1, 0.9)
INTERVAL = 1.959963984540054
"""Standard deviations on each side of 95 % of a normal distribution."""

_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class ItemRank:
    """One item of a ranking.

    ``rank``: 1 is best, equals share the smaller number. ``n``: reviews; ``mean``: their plain mean.
    ``score``: what the method ranks by. ``low``, ``high``: its central 95 % interval. ``p_above``:
    probability that the item is truly among those to recommend. None where the data say nothing about it.
    """

    item: str
    rank: int
    n: int
    mean: float
    score: float
    low: float | None
    high: float | None
    p_above: float | None


@dataclass(frozen=True, slots=True)
class ReviewerBias:
    """How much more than others a reviewer gives, the standard deviation of her scores (None if there is but
    one), and how many there are."""

    bias: float
    spread: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """``items`` in rank order. ``recommended``: exactly as many as asked for, in that order, equals at the line
    taken by the rule. ``tied_at_line``: the items equal at the line, if it runs between them. ``band``: those
    neither surely above nor surely below it. ``reviewers``: by name, empty where nobody scored twice.
    ``components``: parts of the graph of reviews; ``connected`` where it is one. ``variances``: of the
    additive models, else None."""

    items: tuple[ItemRank, ...]
    recommended: tuple[str, ...]
    tied_at_line: tuple[str, ...]
    band: tuple[str, ...]
    reviewers: dict[str, ReviewerBias]
    components: int
    variances: Variances | None

    @property
    def connected(self) -> bool:
        return self.components == 1


def calibrate(
    items: Sequence[str],
    reviewers: Sequence[str],
    scores: Sequence[float],
    *,
    recommend: int | None,
    method: str = "additive",
    seed: int = 0,
    weights: Sequence[float] | None = None,
    lower_is_better: bool = False,
    ties: str = "item",
) -> Ranking:
    """Rank items by scores of reviewers, one entry of each list a review; the order of entries is of no account.

    ``recommend``: how many items are to be above the line; None draws no line. ``weights``: relative
    precision of each review, for the additive models only. ``seed`` decides the draws behind ``p_above``, and lots.

    Raises ValueError for an empty or uneven list, a number that is not finite, a reviewer who scored an item
    twice, more to recommend than there are items, and a method that needs reviewers who scored twice.
    """
    found = scores_of(items, reviewers, scores, weights)
    return rank_scores(
        found, recommend=recommend, method=method, seed=seed, lower_is_better=lower_is_better, ties=ties
    )


def rank_scores(
    scores: Scores,
    *,
    recommend: int | None,
    method: str = "additive",
    seed: int = 0,
    lower_is_better: bool = False,
    ties: str = "item",
) -> Ranking:
    """``calibrate`` for scores already in arrays."""
    if method not in METHODS:
        raise ValueError(f"{method!r} is no method; there are {', '.join(METHODS)}")
    if ties not in TIES:
        raise ValueError(f"{ties!r} is no rule for ties; there are {', '.join(TIES)}")
    if recommend is not None and not 0 <= recommend <= len(scores.items):
        raise ValueError(f"{recommend} items cannot be recommended: there are {len(scores.items)}")
    found = (
        _plain(scores, method, lower_is_better)
        if method in PLAIN
        else _additive(evened(scores) if method == "scaled" else scores, seed, lower_is_better)
    )
    order, rank, score = _ordered(scores.items, found, ties, seed)
    above = None
    if recommend is not None and not np.isnan(found.own_variance).any():
        # Equal to the last digit or not: the draws must not see a difference that the ranking does not.
        goodness = -score if found.ascending else score
        above = probability_above(goodness, found.own_variance, found.shifts, recommend, seed)
        above = _shared(above, rank, found.variance)
    listed = _listed(scores, found, order, rank, score, above)
    return Ranking(
        items=listed,
        recommended=tuple(entry.item for entry in listed[: recommend or 0]),
        tied_at_line=_tied_at_line(listed, recommend),
        band=tuple(e.item for e in listed if e.p_above is not None and BAND[0] < e.p_above < BAND[1]),
        reviewers=_reviewers(scores, found.bias),
        components=components(scores),
        variances=found.variances,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    score: Floats
    variance: Floats
    own_variance: Floats
    shifts: Floats
    ascending: bool
    bias: Floats | None
    variances: Variances | None


def _additive(scores: Scores, seed: int, ascending: bool) -> _Found:
    found = additive.fit(scores, draws_for(len(scores.items), len(scores)), seed)
    return _Found(
        found.score, found.variance, found.own_variance, found.shifts, ascending, found.bias, found.variances
    )


def _plain(scores: Scores, method: str, ascending: bool) -> _Found:
    found = PLAIN[method](scores, ascending)
    shifts = np.zeros((len(scores.items), draws_for(len(scores.items), len(scores))))
    return _Found(found.score, found.variance, found.variance, shifts, found.ascending, None, None)


def _ordered(names: tuple[str, ...], found: _Found, ties: str, seed: int) -> tuple[list[int], Ranks, Floats]:
    """The items from best to worst, and by item its rank and its score, the same to the last digit for equals."""
    goodness = -found.score if found.ascending else found.score
    by_score = np.argsort(-goodness, kind="stable")
    ordered = found.score[by_score]
    width = max(float(np.ptp(ordered)), float(np.abs(ordered).max()) * 1e-3)
    begins = np.append(True, np.abs(np.diff(ordered)) > _EQUAL * width)
    group = np.cumsum(begins) - 1
    first = np.flatnonzero(begins)
    rank, score = np.empty(len(names), np.int64), np.empty(len(names))
    rank[by_score] = first[group] + 1
    score[by_score] = ordered[first[group]]
    key = _TIE_KEYS[ties]
    order = sorted(range(len(names)), key=lambda item: (rank[item], key(seed, names[item]), names[item]))
    return order, rank, score


_TIE_KEYS: dict[str, Callable[[int, str], str]] = {
    "item": lambda seed, name: name,
    "lot": lambda seed, name: hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest(),
}


def _shared(above: Floats, rank: Ranks, variance: Floats) -> Floats:
    """The mean probability of items that nothing tells apart, equal in rank and variance, for each of them."""
    step = max(float(variance.max()), np.finfo(float).tiny) * 1e-6
    alike = np.unique(np.column_stack([rank, np.rint(variance / step)]), axis=0, return_inverse=True)[
        1
    ].ravel()
    return (np.bincount(alike, above) / np.bincount(alike))[alike]


def _listed(
    scores: Scores, found: _Found, order: list[int], rank: Ranks, score: Floats, above: Floats | None
) -> tuple[ItemRank, ...]:
    half = INTERVAL * np.sqrt(found.variance)
    known = not np.isnan(half).any()
    low, high = (score - half).tolist(), (score + half).tolist()
    columns = zip(
        scores.items, rank.tolist(), scores.item_counts.tolist(), scores.item_means().tolist(), score.tolist(),
        low if known else [None] * len(low), high if known else [None] * len(high),
        [None] * len(low) if above is None else above.tolist(), strict=True,
    )  # fmt: skip
    entries = [ItemRank(*values) for values in columns]
    return tuple(entries[item] for item in order)


def _tied_at_line(listed: tuple[ItemRank, ...], recommend: int | None) -> tuple[str, ...]:
    if not recommend or recommend == len(listed) or listed[recommend - 1].rank != listed[recommend].rank:
        return ()
    return tuple(entry.item for entry in listed if entry.rank == listed[recommend].rank)


def _reviewers(scores: Scores, bias: Floats | None) -> dict[str, ReviewerBias]:
    if not scores.identified:
        return {}
    bias = reviewer_excess(scores) if bias is None else bias
    spreads = reviewer_spreads(scores).tolist()
    columns = zip(scores.reviewers, bias.tolist(), spreads, scores.reviewer_counts.tolist(), strict=True)
    return {name: ReviewerBias(value, spread if n > 1 else None, n) for name, value, spread, n in columns}
