"""How widely each reviewer spreads her scores, told from few of them by what the others do.

One reviewer uses 3 to 9, another 6 to 8. The logarithm of each variance is moderated towards the common one,
by as much as its own sampling error asks for: the empirical Bayes of Smyth (Statistical Applications in
Genetics and Molecular Biology 3, 2004), with the variance between reviewers fitted by Paule and Mandel (1982).
Where reviewers spread their scores no differently than chance would have it, all factors are 1.
"""

from dataclasses import replace

import numpy as np

from secretariat.engines.calibration.scores import Floats, Scores

_HALVINGS = 60
_WIDEST = 4.0  # variance of the logarithms: a spread e² times the typical one is no longer a matter of taste


def spread_factors(scores: Scores) -> Floats:
    """By named reviewer, how many times a typical reviewer's spread hers is; 1 where nothing can be told.

    Nothing is told by a single review, nor by a reviewer who always gives the same score.
    """
    count = scores.reviewer_counts
    factors = np.ones(len(count))
    if not scores.identified:
        return factors
    deviation = scores.score - (np.bincount(scores.reviewer, scores.score) / count)[scores.reviewer]
    squares = np.bincount(scores.reviewer, deviation**2)
    telling = (count > 1) & (squares > 1e-12 * squares.max())
    if telling.sum() < 3:
        return factors
    # Here, because whoever ranks by another method should not wait for it.
    from scipy.special import digamma, polygamma

    free = count[telling] - 1
    # Mean and variance of half the logarithm of a chi-square variable over its degrees of freedom.
    log = (np.log(squares[telling] / free) - digamma(free / 2) + np.log(free / 2)) / 2
    error = polygamma(1, free / 2) / 4
    between = _between(log, error)
    factors[telling] = np.exp(between / (between + error) * (log - _common(log, error, between)))
    return factors


def evened(scores: Scores) -> Scores:
    """The scores as if every reviewer spread hers as a typical one does, about the mean of all scores."""
    if not scores.identified:
        return scores
    centre = float(scores.score.mean())
    factor = spread_factors(scores)[scores.reviewer]
    return replace(scores, score=centre + (scores.score - centre) / factor)


def _common(log: Floats, error: Floats, between: float) -> float:
    weight = 1 / (error + between)
    return float((weight * log).sum() / weight.sum())


def _between(log: Floats, error: Floats) -> float:
    """The variance between reviewers at which the weighted squares are what they are expected to be."""

    def excess(between: float) -> float:
        squares = (log - _common(log, error, between)) ** 2 / (error + between)
        return float(squares.sum()) - (len(log) - 1)

    if excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, _WIDEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2
