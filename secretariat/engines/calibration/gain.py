"""Which item one more review would settle most: the value of information at the line."""

from dataclasses import dataclass

import numpy as np

from secretariat.engines.calibration.above import normal_cdf
from secretariat.engines.calibration.ranking import INTERVAL, Ranking
from secretariat.engines.calibration.scores import Floats

_GRID = np.linspace(-6.0, 6.0, 961)
_WEIGHT = np.exp(-(_GRID**2) / 2) / np.exp(-(_GRID**2) / 2).sum()


@dataclass(frozen=True, slots=True)
class Gain:
    """``wrong``: probability that the item stands on the wrong side of the line now. ``wrong_after``: the same,
    as expected once one more reviewer has read it. ``crosses``: probability that her review moves it across."""

    item: str
    wrong: float
    wrong_after: float
    crosses: float

    @property
    def gain(self) -> float:
        return self.wrong - self.wrong_after


def another_review(ranking: Ranking) -> tuple[Gain, ...]:
    """What one more review by a reviewer like the others would do for each item, the most useful first.

    The line is held where it is, halfway between the last item above it and the first below. A review adds the
    noise and the bias of a reviewer nobody knows yet. Empty where no line is drawn, or where the method knows
    no variances; so the order is that of the additive models alone.
    """
    places = len(ranking.recommended)
    if ranking.variances is None or not 0 < places < len(ranking.items):
        return ()
    line = (ranking.items[places - 1].score + ranking.items[places].score) / 2
    score = np.array([entry.score for entry in ranking.items])
    variance = np.array([_variance(entry.low, entry.high) for entry in ranking.items])
    review = ranking.variances.noise + (ranking.variances.reviewer or 0.0)
    if not variance.any():
        return ()
    away = np.abs(score - line)
    # What the new expected value of the item will be, seen from now: normal, about the present one.
    moves = variance / np.sqrt(variance + review)
    left = np.sqrt(variance - moves**2)
    wrong, crosses = normal_cdf(-away / np.sqrt(variance)), normal_cdf(-away / moves)
    after = np.minimum(_after(away, moves, left), wrong)
    names = (entry.item for entry in ranking.items)
    found = map(Gain, names, wrong.tolist(), after.tolist(), crosses.tolist())
    return tuple(sorted(found, key=lambda gain: (-round(gain.gain, 12), gain.item)))


def _after(away: Floats, moves: Floats, left: Floats) -> Floats:
    there = np.abs(away[:, None] + moves[:, None] * _GRID)
    return normal_cdf(-there / left[:, None]) @ _WEIGHT


def _variance(low: float | None, high: float | None) -> float:
    return ((high - low) / 2 / INTERVAL) ** 2 if low is not None and high is not None else 0.0
