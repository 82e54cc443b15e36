"""Invented readers: how they score and what they write. The model is the one the calibration assumes, plus rounding.

A score is the middle of the scale plus the submission's quality, the reader's bias and noise, in units of a sixth of
the scale, rounded and held inside it. Standard deviations: quality 1, bias 0.7, noise 0.8 (guesses, not measured).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from secretariat.simulation.phrases import Simulation
from secretariat.simulation.profile.kinds import Criterion

BIAS_SD, NOISE_SD, CRITERION_SD = 0.7, 0.8, 0.35


@dataclass(frozen=True, slots=True)
class Reader:
    """`bias` > 0 is generous; `stretch` > 1 uses more of the scale; `noise` is the standard deviation of luck."""

    bias: float
    stretch: float
    noise: float


def make_readers(n: int, rng: Random) -> tuple[Reader, ...]:
    return tuple(
        Reader(
            bias=rng.gauss(0, BIAS_SD),
            stretch=rng.uniform(0.8, 1.25),
            noise=NOISE_SD * rng.uniform(0.7, 1.3),
        )
        for _ in range(n)
    )


def score_review(
    quality: float,
    strengths: Mapping[str, float],
    reader: Reader,
    criteria: Sequence[Criterion],
    rng: Random,
) -> dict[str, int]:
    """Whole scores by criterion, each within its scale. `strengths` are the submission's own, by criterion."""
    seen = reader.stretch * quality + reader.bias + rng.gauss(0, reader.noise)
    scores = {}
    for criterion in criteria:
        low, high = criterion.scale
        value = seen + strengths.get(criterion.key, 0.0) + rng.gauss(0, CRITERION_SD)
        scores[criterion.key] = min(high, max(low, round((low + high) / 2 + value * (high - low) / 6)))
    return scores


def confidence_of(reviewer: str, item: str) -> int | None:
    """How sure she says she is; one in five says nothing. Drawn by itself: it moves nothing else that is drawn."""
    return Random(f"{reviewer}/{item}").choice((None, 2, 3, 3, 4))


def comment_review(
    scores: Mapping[str, int],
    criteria: Sequence[Criterion],
    languages: Sequence[str],
    simulation: Simulation,
    rng: Random,
) -> tuple[str, str]:
    """(language, text): one or two sentences that fit the scores, marked as simulated.

    The language is Chinese for readers whose first language it is, English for all others.
    """
    language = "zh" if languages and languages[0] == "zh" else "en"
    share = sum(
        row.weight * (scores[row.key] - row.scale[0]) / (row.scale[1] - row.scale[0]) for row in criteria
    ) / sum(row.weight for row in criteria)
    bands = ["high"] if share >= 0.7 else ["low"] if share < 0.4 else ["middle"]
    if rng.random() < 0.4:
        bands.append({"high": "middle", "middle": rng.choice(("high", "low")), "low": "middle"}[bands[0]])
    said = [rng.choice(simulation.frames["comments"][band]).in_language(language) for band in bands]
    joint = "" if language == "zh" else " "
    return language, joint.join([simulation.mark.in_language(language), *said])
