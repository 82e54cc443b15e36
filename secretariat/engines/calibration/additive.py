"""The additive model: score = mean + quality of the item + bias of the reviewer + noise, all normal.

Used for the reviews of NIPS since 2002 (Platt and Burges 2012; Ge, Welling and Ghahramani 2013; Lawrence and
Cortes 2014). The mean has a flat prior; the three variances are fitted to the data.

The fit maximises the restricted likelihood (REML, Patterson and Thompson 1971) times a gamma density of shape 2
for each standard deviation, with its mode where that of the scores is: a weak prior that keeps a variance off
zero and moves an estimate by less than its standard error (Chung, Rabe-Hesketh, Dorie, Gelman and Liu 2013).
Where the data cannot tell two variances apart, as quality and noise when every item has a single review, it
splits between them what it sees: an honest "we do not know". The climb is by average information (Gilmour,
Thompson and Cullis 1995), damped where it overshoots and corrected by what the last step showed.
"""

from dataclasses import dataclass

import numpy as np

from secretariat.engines.calibration.equations import Equations
from secretariat.engines.calibration.scores import Floats, Scores
from secretariat.engines.calibration.systems import System, system_at

LEAST_SHARE = 1e-4
"""No variance is taken for smaller than this share of the variance of the scores: people are not surer than a
hundredth of the spread, and large systems stay quick to solve."""

_STEPS = 200
_LONGEST_STEP = 1.5


@dataclass(frozen=True, slots=True)
class Variances:
    """The variances of qualities, of biases (None where nobody scored twice, so that the model has none) and of
    the noise of a review of weight 1, in squared units of the scores."""

    item: float
    reviewer: float | None
    noise: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """What the scores say about mean + quality of each item, the score an average reviewer would give.

    ``bias``: by named reviewer, 0 where none is identified. ``own_variance``: by item, its variance were the
    biases known; ``shifts`` (items x draws): how far draws of mean and biases move its expectation.
    """

    mean: float
    score: Floats
    variance: Floats
    bias: Floats
    variances: Variances
    own_variance: Floats
    shifts: Floats


def fit(scores: Scores, draws: int, seed: int) -> Posterior:
    """The posterior of the additive model at the fitted variances, with ``draws`` draws of mean and biases.

    Exact up to 1000 reviewers (and 8 million cells of items x reviewers). Beyond, scores and biases still are,
    to 1e-12, at variances fitted with random traces (off by about 1e-3 of themselves), and the part of an
    item's variance that comes from not knowing the biases is estimated from the draws: its standard
    deviation is then off by about 0.005 of itself.
    """
    with_biases = scores.identified
    equations = Equations(scores, with_biases)
    centre, scale = float(scores.score.mean()), float(scores.score.std())
    # Constant scores: sums leave a rounding error where there should be none.
    if scale <= 1e-12 * max(1.0, abs(centre)):
        return _constant(scores, draws)
    response = ((scores.score - centre) / scale)[:, None]
    variances = _fitted(equations, response, with_biases)
    system = _system(equations, variances)
    theta, quality = system.solve(response)
    noise = float(variances[2])
    deviations = system.deviations(draws, np.random.default_rng(seed)) * np.sqrt(noise)
    own = noise / system.pivot
    from_theta = system.spread_from_theta(deviations / np.sqrt(noise)) * noise
    bias = theta[1:, 0] * scale if with_biases else np.zeros(len(scores.reviewers))
    return Posterior(
        mean=centre + scale * float(theta[0, 0]),
        score=centre + scale * (theta[0, 0] + quality[:, 0]),
        variance=(own + from_theta) * scale**2,
        bias=bias,
        variances=_unscaled(variances * scale**2, with_biases),
        own_variance=own * scale**2,
        shifts=(deviations[0] - equations.shared @ deviations / system.pivot[:, None]) * scale,
    )


def _constant(scores: Scores, draws: int) -> Posterior:
    items = len(scores.items)
    value = float(scores.score[0])
    return Posterior(
        mean=value,
        score=np.full(items, value),
        variance=np.zeros(items),
        bias=np.zeros(len(scores.reviewers)),
        variances=_unscaled(np.zeros(3), scores.identified),
        own_variance=np.zeros(items),
        shifts=np.zeros((items, draws)),
    )


def _unscaled(variances: Floats, with_biases: bool) -> Variances:
    item, reviewer, noise = variances.tolist()
    return Variances(item, reviewer if with_biases else None, noise)


def _system(equations: Equations, variances: Floats) -> System:
    return system_at(equations, variances[2] / variances[0], variances[2] / variances[1])


def _fitted(equations: Equations, response: Floats, with_biases: bool) -> Floats:
    """The variances of qualities, biases and noise for scores of mean 0 and variance 1; that of biases that
    are not part of the model stays where it began, and has no effect."""
    active = [0, 1, 2] if with_biases else [0, 2]
    logs = np.log(np.full(3, 1 / len(active)))
    lowest = np.log(LEAST_SHARE)
    precision = 1e-9 if equations.is_dense else 1e-4
    damping = 0.0
    slope, curvature = _slope(equations, response, np.exp(logs))
    for _ in range(_STEPS):
        # What lies on its bound and is drawn below it stays there, and does not bend the step of the others.
        free = [which for which in active if logs[which] > lowest or slope[which] > 0]
        step = _step(slope, curvature, free, damping)
        trial = np.clip(logs + step, lowest, None)
        new_slope, new_curvature = _slope(equations, response, np.exp(trial))
        moved = trial - logs
        # Past the top along this step the slope points back; far past it, shorten the step and stay.
        before, after = slope @ moved, new_slope @ moved
        if after < -before and np.abs(moved).max() > precision:
            damping = max(4 * damping, 0.5)
            continue
        curvature = _bent(new_curvature, moved, slope - new_slope)
        logs, slope = trial, new_slope
        damping = damping / 4 if damping > 1e-3 else 0.0
        if np.abs(moved).max() <= precision:
            break
    return np.exp(logs)


def _bent(curvature: Floats, moved: Floats, fall: Floats) -> Floats:
    """The curvature corrected to explain the fall of the slope along the last step, as BFGS does: in tiny tables
    average information can be off by half, and the climb would sway from side to side."""
    ahead = curvature @ moved
    if moved @ fall <= 1e-3 * (moved @ ahead):
        return curvature
    return curvature + np.outer(fall, fall) / (moved @ fall) - np.outer(ahead, ahead) / (moved @ ahead)


def _step(slope: Floats, curvature: Floats, free: list[int], damping: float) -> Floats:
    chosen = curvature[np.ix_(free, free)]
    chosen = chosen + np.diag(damping * np.diag(chosen))
    step = np.zeros(3)
    step[free] = np.linalg.solve(chosen, slope[free])
    return step / max(1.0, np.abs(step).max() / _LONGEST_STEP)


def _slope(equations: Equations, response: Floats, variances: Floats) -> tuple[Floats, Floats]:
    """Slope and average information of the penalised likelihood in the logarithms of the variances."""
    system = _system(equations, variances)
    theta, quality = system.solve(response)
    residual = response - equations.fitted(theta, quality)
    quality_trace, bias_trace = system.traces()
    noise, weight = variances[2], equations.scores.weight
    parts = [
        len(quality) - quality_trace * noise / variances[0],
        equations.reviewers - bias_trace * noise / variances[1],
    ]
    known = np.array([*parts, len(response) - 1 - sum(parts)])
    squares = np.array(
        [
            (quality**2).sum() / variances[0],
            (theta[1:] ** 2).sum() / variances[1],
            (weight * residual[:, 0] ** 2).sum() / noise,
        ]
    )
    deviation = np.sqrt(variances)
    slope = (squares - known + 1 - deviation) / 2
    bias_part = theta[1 + equations.scores.reviewer, 0] if equations.reviewers else np.zeros(len(response))
    directions = np.column_stack([quality[equations.scores.item, 0], bias_part, residual[:, 0]])
    left = directions - equations.fitted(*system.solve(directions, 1e-6))
    curvature = (directions * weight[:, None]).T @ left / (2 * noise)
    return slope, curvature + np.diag(deviation) / 4
