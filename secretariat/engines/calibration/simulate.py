"""Seeded simulated reviews with known truth, to hold a calibration against."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Simulated:
    """One entry of ``items``, ``reviewers`` and ``scores`` a review, as ``calibrate`` takes them; and the truth
    by name: ``quality`` (mean included, the expected score by an average reviewer) and ``bias``."""

    items: list[str]
    reviewers: list[str]
    scores: list[float]
    quality: dict[str, float]
    bias: dict[str, float]


def simulate(
    *,
    items: int,
    reviewers: int,
    reviews: int,
    seed: int,
    mean: float = 0.0,
    quality_sd: float = 1.0,
    bias_sd: float = 0.7,
    noise_sd: float = 0.8,
    spread_sd: float = 0.0,
    scale: tuple[int, int] | None = None,
) -> Simulated:
    """Reviews by the additive model, all parts normal, dealt out evenly.

    ``spread_sd``: of the logarithm of how widely a reviewer spreads her scores about the mean; 0: all alike.
    Each item gets ``reviews // items`` reviews or one more, by different reviewers; loads differ by little.
    ``scale``: round scores to whole numbers between these two. The defaults, in units of the standard
    deviation of quality, are assumptions, not measurements.

    Raises ValueError where an item would need the same reviewer twice, or would have no review.
    """
    if not items <= reviews <= items * reviewers:
        raise ValueError(f"{reviews} reviews of {items} items by {reviewers} reviewers cannot be dealt out")
    rng = np.random.default_rng(seed)
    item = np.repeat(np.arange(items), reviews // items + (np.arange(items) < reviews % items))
    reviewer = _dealt(item, items, reviewers, rng)
    quality = mean + quality_sd * rng.standard_normal(items)
    bias = bias_sd * rng.standard_normal(reviewers)
    score = quality[item] + bias[reviewer] + noise_sd * rng.standard_normal(reviews)
    if spread_sd:
        score = mean + np.exp(spread_sd * rng.standard_normal(reviewers))[reviewer] * (score - mean)
    if scale is not None:
        score = np.clip(np.rint(score), *scale)
    item_names, reviewer_names = _names("I", items), _names("R", reviewers)
    return Simulated(
        [item_names[i] for i in item.tolist()],
        [reviewer_names[r] for r in reviewer.tolist()],
        score.tolist(),
        dict(zip(item_names, quality.tolist(), strict=True)),
        dict(zip(reviewer_names, bias.tolist(), strict=True)),
    )


def _dealt(item: Indices, items: int, reviewers: int, rng: np.random.Generator) -> Indices:
    """A reviewer for each review: cards of a shuffled pack, a new one when it is used up, no card twice a hand."""
    hands: list[set[int]] = [set() for _ in range(items)]
    pack: list[int] = []
    dealt = np.empty(len(item), np.int64)
    for review, holder in enumerate(item.tolist()):
        hand = hands[holder]
        at = next((place for place in range(len(pack) - 1, -1, -1) if pack[place] not in hand), None)
        if at is None:
            pack += rng.permutation(reviewers).tolist()
            at = next(place for place in range(len(pack) - 1, -1, -1) if pack[place] not in hand)
        card = pack.pop(at)
        hand.add(card)
        dealt[review] = card
    return dealt


def _names(letter: str, count: int) -> list[str]:
    width = len(str(count))
    return [f"{letter}{number:0{width}}" for number in range(1, count + 1)]
