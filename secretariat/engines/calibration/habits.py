"""How each reviewer scores: strictness and how surely, drift in the order of her reviews, and reviews nobody expected.

The additive model of ``additive`` at its fitted variances, V = noise + items + reviewers, with

    P = V⁻¹ − V⁻¹1(1ᵀV⁻¹1)⁻¹1ᵀV⁻¹.

(Py)ᵣ / Pᵣᵣ is how far review r lies from what all other reviews make one expect of it, and 1 / Pᵣᵣ the variance of
that: so each review is held against the others, never against itself (Haslett and Hayes 1998, J. R. Statist. Soc. B
60, 201-215). Items are absorbed, so that the largest matrix is reviewers by reviewers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from secretariat.engines.calibration.ranking import INTERVAL, calibrate
from secretariat.engines.calibration.scores import Floats

Places = NDArray[np.intp]

FAR = 2.5
"""Standard deviations from which on a review is one that nobody expected."""
LEAST = 3
"""Reviews in each half, from which on drift is tested."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How much more, or less, than the model expects a reviewer gave in the first and the second half of her reviews.

    ``p``: of Welch's test that both are alike; None where a half has fewer than ``LEAST``, or nothing varies.
    """

    first: float
    second: float
    p: float | None

    @property
    def change(self) -> float:
        return self.second - self.first


@dataclass(frozen=True, slots=True)
class Habit:
    """A reviewer: reviews, their mean and standard deviation, her bias with its central 95 % interval, her drift."""

    reviewer: str
    n: int
    mean: float
    spread: float | None
    bias: float
    low: float
    high: float
    drift: Drift | None

    @property
    def is_sure(self) -> bool:
        """Whether the interval leaves no doubt on which side she is."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Outlier:
    """A review that lies ``deviations`` standard deviations from what the other reviews make one expect."""

    item: str
    reviewer: str
    score: float
    expected: float
    deviations: float


@dataclass(frozen=True, slots=True)
class Habits:
    """The reviewers from the strictest to the kindest, and the reviews nobody expected, the farthest first."""

    reviewers: tuple[Habit, ...]
    outliers: tuple[Outlier, ...]


def habits_of(
    items: Sequence[str], reviewers: Sequence[str], scores: Sequence[float], order: Sequence[float]
) -> Habits | None:
    """Return how each reviewer scores; ``order`` says of each review when it came.

    None where nothing can be told about any reviewer: nobody scored twice, or all scores are the same.
    """
    if not items:
        return None
    variances = calibrate(items, reviewers, scores, recommend=None).variances
    if variances is None or variances.reviewer is None or not variances.noise:
        return None
    item, who = (np.unique(np.asarray(names), return_inverse=True) for names in (items, reviewers))
    y = np.asarray(scores, float)
    model = _Model(item[1], who[1], y, variances.noise, variances.item, variances.reviewer)
    expected = y - model.off
    turns = np.asarray(order, float)
    rows = [
        _habit(str(name), np.flatnonzero(who[1] == at), y, turns, model, at) for at, name in enumerate(who[0])
    ]
    far = np.flatnonzero(np.abs(model.off) > FAR * model.sd).tolist()
    outliers = [
        Outlier(items[r], reviewers[r], float(y[r]), float(expected[r]), float(model.off[r] / model.sd[r]))
        for r in far
    ]
    return Habits(
        tuple(sorted(rows, key=lambda row: (row.bias, row.reviewer))),
        tuple(sorted(outliers, key=lambda row: (-abs(row.deviations), row.item, row.reviewer))),
    )


class _Model:
    """Biases with their standard deviations, and of each review how far off it is when it is left out, and the sd."""

    def __init__(
        self, item: Places, who: Places, y: Floats, noise: float, of_item: float, of_reviewer: float
    ) -> None:
        self.item, self.noise, self.of_item = item, noise, of_item
        self.counts = np.bincount(item)
        design = np.zeros((len(y), 1 + who.max() + 1))
        design[:, 0], design[np.arange(len(y)), 1 + who] = 1.0, 1.0
        absorbed = np.column_stack([self._without_items(column) for column in design.T])
        normal = design.T @ absorbed
        normal[1:, 1:] += np.eye(len(normal) - 1) / max(of_reviewer, np.finfo(float).tiny ** 0.5)
        inverse = np.linalg.inv(normal)
        theta = inverse @ (absorbed.T @ y)
        self.bias, self.bias_sd = theta[1:], np.sqrt(np.diag(inverse)[1:])
        py = self._without_items(y - design @ theta)
        share = of_item / (noise + self.counts[item] * of_item)
        diagonal = (1 - share) / noise - np.einsum("ij,jk,ik->i", absorbed, inverse, absorbed)
        self.off, self.sd = py / diagonal, 1 / np.sqrt(diagonal)

    def _without_items(self, values: Floats) -> Floats:
        """(noise + items)⁻¹ values: what is left when the reviews of an item are taken together."""
        sums = np.bincount(self.item, values, len(self.counts))
        share = self.of_item / (self.noise + self.counts * self.of_item)
        return np.asarray((values - (share * sums)[self.item]) / self.noise)


def _habit(name: str, hers: Places, y: Floats, turns: Floats, model: _Model, at: int) -> Habit:
    half = INTERVAL * float(model.bias_sd[at])
    bias, given = float(model.bias[at]), y[hers]
    return Habit(
        name, len(hers), float(given.mean()), float(given.std(ddof=1)) if len(hers) > 1 else None,
        bias, bias - half, bias + half, _drift(model.off[hers[np.argsort(turns[hers], kind="stable")]]),
    )  # fmt: skip


def _drift(off: Floats) -> Drift | None:
    """Compare both halves in the order in which they came; of an odd number the middle one is in neither."""
    half = len(off) // 2
    if not half:
        return None
    first, second = off[:half], off[-half:]
    return Drift(float(first.mean()), float(second.mean()), _welch(first, second) if half >= LEAST else None)


def _welch(one: Floats, other: Floats) -> float | None:
    """Return the probability of so large a difference of means, or a larger one, were both alike."""
    parts = [float(sample.var(ddof=1)) / len(sample) for sample in (one, other)]
    if not (error := sum(parts)):
        return None
    freedom = error**2 / sum(part**2 / (len(s) - 1) for part, s in zip(parts, (one, other), strict=True))
    return float(2 * stdtr(freedom, -abs(float(one.mean() - other.mean())) / error**0.5))
