"""The probability of each item to be among the best K, from draws of all of them together."""

from collections.abc import Iterator

import numpy as np

from secretariat.engines.calibration.scores import Floats

_CELLS_AT_ONCE = 250_000


def draws_for(items: int, reviews: int) -> int:
    """How many draws to make: many where they are cheap and where one item moves the line. Each is used twice."""
    return int(np.clip(2_000_000 // max(items, reviews // 3), 64, 2000))


def probability_above(
    expected: Floats, own_variance: Floats, shifts: Floats, places: int, seed: int
) -> Floats:
    """For each item, the probability that fewer than ``places`` others are better.

    ``expected``: by item, its expected value, better being higher. ``shifts`` (items x draws): joint draws of
    what moves several items at once; given these, items are independent with ``own_variance``. Each draw is
    used with both signs. In each draw all items get a value, and what counts for an item is not whether its own
    value came out among the best but the chance that a new one would, given those of the others (Rao-Blackwell):
    the same expectation with less noise, about 0.005 or less.
    """
    items = len(expected)
    if places >= items or places <= 0:
        return np.full(items, float(places > 0))
    if not own_variance.any():
        return _certain(expected, places)
    rng = np.random.default_rng(seed)
    deviation = np.sqrt(own_variance)[:, None]
    total, seen = np.zeros(items), 0
    for part in _parts(shifts):
        chance = rng.standard_normal(part.shape) * deviation
        for sign in (1.0, -1.0):
            centre = expected[:, None] + sign * part
            value = centre + sign * chance
            ordered = np.partition(value, (items - places - 1, items - places), axis=0)
            next_best, last_in = ordered[items - places - 1], ordered[items - places]
            line = np.where(value >= last_in, next_best, last_in)
            total += normal_cdf((centre - line) / deviation).sum(axis=1)
            seen += part.shape[1]
    return total / seen


def normal_cdf(value: Floats) -> Floats:
    """The standard normal distribution function, within 8e-8 (Abramowitz and Stegun 1964, 26.2.17)."""
    size = np.abs(value)
    t = 1 / (1 + 0.2316419 * size)
    series = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    upper = np.exp(-size * size / 2) / np.sqrt(2 * np.pi) * series
    return np.where(value > 0, 1 - upper, upper)


def _certain(expected: Floats, places: int) -> Floats:
    """Without any uncertainty: 1, 0, and for those equal at the line their share of the places left."""
    line = np.sort(expected)[::-1][places - 1]
    better, level = expected > line, expected == line
    return np.where(level, (places - better.sum()) / level.sum(), better.astype(float))


def _parts(shifts: Floats) -> Iterator[Floats]:
    width = max(1, _CELLS_AT_ONCE // len(shifts))
    for start in range(0, shifts.shape[1], width):
        yield shifts[:, start : start + width]
