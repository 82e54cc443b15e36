"""The greatest total above a floor where the patterns are too many to list: one integer programme on pairs.

That is where good reviewers abound, and there the floor binds few items: the programme is a flow with one
knapsack row an item, and its relaxation is nearly integral.
"""

from __future__ import annotations

import numpy as np

from secretariat.engines.assignment.levels import NEVER, best_sums, necessary
from secretariat.engines.assignment.problem import Ints, Problem

LARGEST_COEFFICIENT = 1000.0
MOST_NODES = 10


def greatest_total_on_pairs(problem: Problem, floor: int) -> tuple[Ints | None, float]:
    """The best choice found (indices of pairs, in need of a check in whole numbers) and a bound on its total."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    thresholds = necessary(best_sums(problem), problem.demand, floor)
    served = problem.demand > 0
    last = thresholds[np.maximum(problem.demand, 1) - 1, np.arange(problem.demand.size)]
    pairs = np.flatnonzero(problem.weight >= np.where(served, last, -NEVER)[problem.item])
    item, reviewer, weight = problem.item[pairs], problem.reviewer[pairs], problem.weight[pairs]
    scale = LARGEST_COEFFICIENT / max(1.0, float(np.abs(problem.weight).max(initial=1)))
    many = np.full(served.size, np.inf)
    every, ones = np.arange(pairs.size), np.ones(pairs.size)
    blocks = [
        (item, every, ones, problem.demand, problem.demand),
        (reviewer, every, ones, problem.min_load, problem.max_load),
        (item, every, weight * scale, np.where(served, floor * scale, -np.inf), many),
    ]
    for k, threshold in enumerate(thresholds):
        # Already implied by the integers; stated, they cut the relaxation.
        good = np.flatnonzero((weight >= threshold[item]) & (problem.demand[item] > k))
        blocks.append((item[good], good, ones[good], np.where(problem.demand > k, k + 1.0, -np.inf), many))
    tops = np.cumsum([0, *(block[3].size for block in blocks)])
    rows = np.concatenate([top + block[0] for top, block in zip(tops, blocks, strict=False)])
    columns, values, lower, upper = (np.concatenate([block[n] for block in blocks]) for n in range(1, 5))
    found = milp(
        -weight * scale,
        constraints=LinearConstraint(
            csr_array((values, (rows, columns)), shape=(int(tops[-1]), pairs.size)), lower, upper
        ),
        integrality=np.ones(pairs.size),
        bounds=Bounds(0, 1),
        options={"node_limit": MOST_NODES, "mip_rel_gap": 0.0},
    )
    bound = np.inf if found.mip_dual_bound is None else -found.mip_dual_bound / scale
    return (None if found.x is None else pairs[found.x > 0.5]), bound
