"""The mixed-model equations of the additive model, with the items eliminated.

For given ratios of variances the model is a penalised weighted least-squares problem in the mean, one bias a
reviewer and one quality an item (Henderson 1975). No review is of two items, so their block is diagonal, and
what remains is a system S in theta, the mean and the biases, alone (the Schur complement). Everything here is
in units in which a review of weight 1 has noise variance 1.

Small systems are inverted, exactly. Large ones are solved by conjugate gradients; traces and spreads then
come from random probes with a fixed seed.
"""

from abc import ABC, abstractmethod

import numpy as np

from secretariat.engines.calibration.equations import Equations
from secretariat.engines.calibration.scores import Floats

PROBES = 12
_DRAWS_AT_ONCE = 8
_PROBE_SEED = 20_021_112


class System(ABC):
    """Equations at one pair of penalties: noise variance over the variance of qualities, and of biases.

    ``pivot``: by item the sum of its weights plus the penalty; its inverse is the variance of the quality, were
    theta known.
    """

    def __init__(self, equations: Equations, item_penalty: float, bias_penalty: float) -> None:
        self.equations = equations
        self.penalty = np.full(1 + equations.reviewers, bias_penalty)
        self.penalty[0] = 0.0
        self.pivot: Floats = equations.item_weight + item_penalty

    def solve(self, response: Floats, precision: float = 1e-12) -> tuple[Floats, Floats]:
        """Least squares for responses (reviews x k): theta (1 + reviewers x k) and qualities (items x k).

        ``precision``: of the residual relative to the right side, where the solution is found by iteration.
        """
        by_theta, by_item = self.equations.sums(response)
        reduced = by_theta - self.equations.shared.T @ (by_item / self.pivot[:, None])
        theta = self.inverse_times(reduced, precision)
        return theta, (by_item - self.equations.shared @ theta) / self.pivot[:, None]

    @abstractmethod
    def inverse_times(self, right: Floats, precision: float) -> Floats:
        """The inverse of S times right sides (1 + reviewers x k)."""

    @abstractmethod
    def traces(self) -> tuple[float, float]:
        """Traces of the posterior covariance of the qualities and of the biases."""

    @abstractmethod
    def deviations(self, draws: int, rng: np.random.Generator) -> Floats:
        """Draws of theta around its posterior mean (1 + reviewers x draws)."""

    @abstractmethod
    def spread_from_theta(self, deviations: Floats) -> Floats:
        """By item, the part of the variance of mean + quality that comes from not knowing theta."""


def system_at(equations: Equations, item_penalty: float, bias_penalty: float) -> System:
    """The system at these penalties, of the kind that suits its size."""
    return (Inverted if equations.is_dense else Iterated)(equations, item_penalty, bias_penalty)


class Inverted(System):
    """A system small enough to be inverted."""

    def __init__(self, equations: Equations, item_penalty: float, bias_penalty: float) -> None:
        super().__init__(equations, item_penalty, bias_penalty)
        shared = equations.shared
        system = np.diag(equations.theta_weight + self.penalty)
        system[0, 1:] = system[1:, 0] = equations.theta_weight[1:]
        system -= (shared / self.pivot[:, None]).T @ shared
        inverse = np.linalg.inv(system)
        self.inverse = (inverse + inverse.T) / 2

    def inverse_times(self, right: Floats, precision: float) -> Floats:
        return self.inverse @ right

    def traces(self) -> tuple[float, float]:
        share = self.equations.shared / self.pivot[:, None]
        quality = (1 / self.pivot).sum() + np.einsum("ij,ij->", share @ self.inverse, share)
        return float(quality), float(np.trace(self.inverse) - self.inverse[0, 0])

    def deviations(self, draws: int, rng: np.random.Generator) -> Floats:
        return np.linalg.cholesky(self.inverse) @ rng.standard_normal((len(self.inverse), draws))

    def spread_from_theta(self, deviations: Floats) -> Floats:
        slope = -self.equations.shared / self.pivot[:, None]
        slope[:, 0] += 1
        return np.einsum("ij,ij->i", slope @ self.inverse, slope)


class Iterated(System):
    """A large system, by conjugate gradients with the diagonal as preconditioner."""

    def __init__(self, equations: Equations, item_penalty: float, bias_penalty: float) -> None:
        super().__init__(equations, item_penalty, bias_penalty)
        squares = equations.shared.power(2).T @ (1 / self.pivot)
        self.diagonal = equations.theta_weight + self.penalty - squares

    def traces(self) -> tuple[float, float]:
        # Hutchinson (1990): the mean of z'Az over random signs z is the trace of A. The same signs every time,
        # so that the fit sees a smooth function.
        coins = np.random.default_rng(_PROBE_SEED).integers(0, 2, (len(self.diagonal), PROBES))
        signs = np.where(coins, 1.0, -1.0)
        solved = self.inverse_times(signs, 1e-4)
        shared, scale = self.equations.shared, self.pivot[:, None]
        both = np.einsum("ij,ij->", (shared @ signs) / scale, (shared @ solved) / scale) / PROBES
        return float((1 / self.pivot).sum() + both), float(
            np.einsum("ij,ij->", signs[1:], solved[1:]) / PROBES
        )

    def deviations(self, draws: int, rng: np.random.Generator) -> Floats:
        # What has the covariance S, solved for, has the covariance of the posterior. S is the sum of the penalty
        # and of one part an item; the part of an item with weights w is diag(w) - ww' / pivot, and this is its
        # square root at work on white noise (Papandreou and Yuille 2010 draw in the same spirit).
        right = np.sqrt(self.penalty)[:, None] * rng.standard_normal((len(self.penalty), draws))
        root = np.sqrt(self.equations.scores.weight)[:, None]
        total = self.equations.item_weight
        share = ((1 - np.sqrt(1 - total / self.pivot)) / total)[:, None]
        item = self.equations.scores.item
        begins = np.append(0, np.flatnonzero(np.diff(item)) + 1)
        for start in range(0, draws, _DRAWS_AT_ONCE):
            part = right[:, start : start + _DRAWS_AT_ONCE]
            noise = root * rng.standard_normal((len(item), part.shape[1]))
            noise -= root**2 * (share * np.add.reduceat(noise, begins))[item]
            part[0] += noise.sum(axis=0)
            part[1:] += self.equations.by_reviewer @ noise
        return self.inverse_times(right, 1e-4)

    def spread_from_theta(self, deviations: Floats) -> Floats:
        # The mean square of K draws is right on average, and off by a factor with variance 2/K for each item. A
        # first guess, the diagonal of S alone, is right up to a factor that hardly varies among items. So the
        # factor of each item is drawn towards the mean factor by as much as the draws explain its variation.
        shared = self.equations.shared
        guess = shared.power(2)[:, 1:] @ (1 / self.diagonal[1:]) / self.pivot**2
        shifts = deviations[0] - shared @ deviations / self.pivot[:, None]
        factor = np.einsum("ij,ij->i", shifts, shifts) / deviations.shape[1] / guess
        mean = factor.mean()
        by_chance = 2 * mean**2 / deviations.shape[1]
        varies = factor.var()
        trust = 1 - by_chance / varies if varies > by_chance else 0.0
        return guess * (mean + trust * (factor - mean))

    def _times(self, theta: Floats) -> Floats:
        weight, shared = self.equations.theta_weight, self.equations.shared
        product = (weight + self.penalty)[:, None] * theta
        product[0] += weight[1:] @ theta[1:]
        product[1:] += weight[1:, None] * theta[0]
        return product - shared.T @ ((shared @ theta) / self.pivot[:, None])

    def inverse_times(self, right: Floats, precision: float) -> Floats:
        scale = self.diagonal[:, None]
        solved = np.zeros_like(right)
        residual = right.copy()
        direction = ahead = residual / scale
        size = (residual * ahead).sum(axis=0)
        enough = size * precision**2
        for _ in range(2 * len(right)):
            if (size <= enough).all():
                break
            product = self._times(direction)
            step = size / np.maximum((direction * product).sum(axis=0), np.finfo(float).tiny)
            solved += step * direction
            residual -= step * product
            ahead = residual / scale
            before, size = size, (residual * ahead).sum(axis=0)
            direction = ahead + (size / np.maximum(before, np.finfo(float).tiny)) * direction
        return solved
