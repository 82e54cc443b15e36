"""The assignment with the greatest total score, exactly, by one minimum-cost flow."""

from __future__ import annotations

import numpy as np

from secretariat.engines.assignment.network import cheapest
from secretariat.engines.assignment.problem import Ints, Problem


def greatest_total(problem: Problem, weight: Ints | None = None) -> Ints | None:
    """Indices of the chosen pairs, in order; None where the problem has no solution.

    Every item gets exactly its demand, every reviewer a load between her bounds. `weight` replaces the
    problem's own weights (one for each pair).
    """
    weight = problem.weight if weight is None else weight
    if problem.reviews == 0 and not problem.min_load.any():
        return np.empty(0, np.int64)
    first = len(problem.reviewers) + 1
    flow = cheapest(
        problem,
        problem.item + np.int32(first),
        problem.reviewer,
        np.ones(weight.size, np.int64),
        -weight,
        problem.demand,
    )
    return None if flow is None else np.flatnonzero(flow)
