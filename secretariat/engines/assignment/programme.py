"""Assignments under rules, as a linear or integer programme that HiGHS solves.

Rows for the items' demands, the reviewers' loads and each rule; a column for each pair. Where a relaxation comes
out whole it is the optimum; else branch and bound, limited by nodes and never by time, so that the answer is the
same on every machine. Large problems are solved on a pool of pairs, which grows by what the prices of the
relaxation say is missing; at the end no pair outside could raise the relaxation, so that its bound holds for all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from secretariat.engines.assignment.problem import Floats, Ints, Problem
from secretariat.engines.assignment.rules import Cover, Rows, Rules, pairs_by_name, rows_of_rules

NODES = 200
MOST_BRANCHED = 20_000
INFEASIBLE = 2
FEW_PAIRS = 40_000
BEST_OF_ITEM = 9
ROUNDS = 12
LARGEST = 1000.0
NEAR = 1e-6


@dataclass
class Programme:
    """A problem under rules as rows over all its pairs; more rows may be laid on."""

    problem: Problem
    rows: list[Rows]
    forced: Ints
    kept: Ints
    matrix: Any = None
    lower: Floats = field(default_factory=lambda: np.empty(0))
    upper: Floats = field(default_factory=lambda: np.empty(0))

    def lay(self, matrix: Any, lower: Floats, upper: Floats) -> Programme:
        """The same programme with further rows."""
        from scipy.sparse import vstack

        return Programme(
            self.problem, self.rows, self.forced, self.kept, vstack([self.matrix, matrix], format="csr"),
            np.concatenate([self.lower, lower]), np.concatenate([self.upper, upper]),
        )  # fmt: skip

    def least(self, values: Floats, least: float) -> Programme:
        """The same with one more row: the sum of the values of what is chosen is at least this."""
        return self.lay(csr_array(values[None, :]), np.array([least]), np.array([np.inf]))

    def floor(self, floor: int) -> Programme:
        """The same with a floor on every item's sum of weights."""
        served = np.flatnonzero(self.problem.demand > 0)
        sums = self.sums()[served]
        return self.lay(sums, np.full(served.size, floor / self.scale), np.full(served.size, np.inf))

    def sums(self) -> Any:
        """A row for each item: the weights of its pairs, scaled."""
        shape = (len(self.problem.items), self.problem.item.size)
        every = np.arange(shape[1])
        return csr_array((self.problem.weight / self.scale, (self.problem.item, every)), shape=shape)

    @property
    def scale(self) -> float:
        """Weights are divided by this for the solver."""
        return max(1.0, float(np.abs(self.problem.weight).max(initial=1)) / LARGEST)


def make_programme(problem: Problem, rules: Rules) -> Programme:
    """The rows of demands, loads and rules."""
    rows, pairs = rows_of_rules(problem, rules), problem.item.size
    every, items, reviewers = np.arange(pairs), len(problem.items), len(problem.reviewers)
    blocks: list[tuple[Any, Any, Any, Any]] = [
        (problem.item.astype(np.int64), every, problem.demand, problem.demand),
        (problem.reviewer.astype(np.int64) + items, every, problem.min_load, problem.max_load),
    ]
    top = items + reviewers
    for held in rows:
        blocks.append((held.row + top, held.pair, held.lower, held.upper))
        top += held.item.size
    places, columns, lower, upper = (np.concatenate([block[n] for block in blocks]) for n in range(4))
    matrix = csr_array((np.ones(places.size), (places, columns)), shape=(top, pairs))
    forced = pairs_by_name(problem, rules.forced, must_exist=True)
    kept = pairs_by_name(problem, rules.keep.pairs if rules.keep else (), must_exist=False)
    return Programme(problem, rows, forced, kept, matrix, lower.astype(np.float64), upper.astype(np.float64))


@dataclass(frozen=True)
class Found:
    """Chosen pairs (None: nothing was found) and a bound on the worth (None: nothing satisfies the rows, proved)."""

    chosen: Ints | None
    bound: float | None


def best(programme: Programme, worth: Floats, nodes: int = NODES) -> Found:
    """The choice of pairs with the greatest worth within all rows, with a proved bound on it."""
    if not worth.size:
        none = np.empty(0, np.int64)
        return Found(none, 0.0) if _holds(programme, none) else Found(None, None)
    pool, relaxed = _grown(programme, worth)
    if relaxed is None:
        return Found(None, None)
    whole = np.abs(relaxed.share - np.rint(relaxed.share)).max(initial=0) < NEAR
    if whole and _holds(programme, chosen := pool[relaxed.share > 0.5]):
        return Found(chosen, relaxed.worth)
    return _branched(programme, worth, relaxed, pool, nodes)


def _grown(programme: Programme, worth: Floats) -> tuple[Ints, _Relaxed | None]:
    """A pool of pairs outside which none could raise the relaxation, and the relaxation."""
    problem, pool = programme.problem, _pool(programme, worth)
    for _ in range(ROUNDS):
        relaxed = _relaxed(programme, worth, pool)
        if pool.size == worth.size:
            return pool, relaxed
        if relaxed is None:
            break
        # No assignment takes more of an item's pairs than it wants, so this is all that they could add.
        gain = relaxed.gain.copy()
        gain[pool] = 0
        most = np.zeros(len(problem.items))
        np.maximum.at(most, problem.item, gain)
        if float(most @ problem.demand) * programme.scale < 0.25:
            return pool, relaxed
        more = np.flatnonzero(gain > 0)
        pool = np.union1d(pool, more[np.argsort(-gain[more], kind="stable")][: pool.size // 2])
    pool = np.arange(worth.size)
    return pool, _relaxed(programme, worth, pool)


@dataclass(frozen=True)
class _Relaxed:
    worth: float
    share: Floats
    gain: Floats  # of every pair: by how much the relaxation could rise for each unit of it


def _relaxed(programme: Programme, worth: Floats, pool: Ints) -> _Relaxed | None:
    matrix = programme.matrix[:, pool]
    equal = programme.lower == programme.upper
    above, below = ~equal & np.isfinite(programme.upper), ~equal & (programme.lower > 0)
    from scipy.sparse import vstack

    unequal = vstack([matrix[above], -matrix[below]], format="csr")
    limits = np.concatenate([programme.upper[above], -programme.lower[below]])
    found = linprog(
        -worth[pool], A_ub=unequal if limits.size else None, b_ub=limits if limits.size else None,
        A_eq=matrix[equal] if equal.any() else None, b_eq=programme.lower[equal] if equal.any() else None,
        bounds=np.column_stack([np.isin(pool, programme.forced), np.ones(pool.size)]), method="highs-ds",
    )  # fmt: skip
    if found.status == INFEASIBLE:
        return None
    if found.status != 0:
        raise ArithmeticError(f"the linear programme stopped: {found.message}")
    price = np.zeros(programme.lower.size)
    if equal.any():
        price[equal] = found.eqlin.marginals
    if limits.size:
        marginal = found.ineqlin.marginals
        price[above] += marginal[: above.sum()]
        price[below] -= marginal[above.sum() :]
    gain = worth + programme.matrix.T @ price
    return _Relaxed(-found.fun, found.x, gain)


def _branched(programme: Programme, worth: Floats, relaxed: _Relaxed, pool: Ints, nodes: int) -> Found:
    """Branch and bound over the pairs that the relaxation prices highest; whoever uses another is bounded by it."""
    order = np.argsort(-relaxed.gain, kind="stable")
    pool = np.union1d(np.union1d(order[:MOST_BRANCHED], pool[relaxed.share > 0]), programme.forced)
    rest = np.ones(worth.size, bool)
    rest[pool] = False
    outside = relaxed.worth + float(relaxed.gain[rest].max(initial=-np.inf)) if rest.any() else -np.inf
    found = milp(
        -worth[pool],
        constraints=LinearConstraint(programme.matrix[:, pool], programme.lower, programme.upper),
        integrality=np.ones(pool.size),
        bounds=Bounds(np.isin(pool, programme.forced).astype(float), 1),
        options={"mip_rel_gap": 0.0, "node_limit": nodes},
    )
    if found.status == INFEASIBLE:
        return Found(None, None) if not rest.any() else Found(None, min(relaxed.worth, outside))
    inside = found.mip_dual_bound
    known = inside is not None and np.isfinite(inside)
    bound = min(relaxed.worth, max(outside, -inside)) if known else relaxed.worth
    if found.x is None:
        return Found(None, bound)
    chosen = pool[found.x > 0.5]
    return Found(chosen if _holds(programme, chosen) else None, bound)


def _holds(programme: Programme, chosen: Ints) -> bool:
    """Whether the rounded choice keeps every row, with the solver's tolerance only where numbers are not whole."""
    picked = np.zeros(programme.problem.item.size)
    picked[chosen] = 1
    sums = programme.matrix @ picked
    return bool((sums >= programme.lower - NEAR).all() and (sums <= programme.upper + NEAR).all())


def _pool(programme: Programme, worth: Floats) -> Ints:
    """The pairs to begin with: all of a small problem; of a large one each item's best, and the best of each row."""
    problem = programme.problem
    if worth.size <= FEW_PAIRS:
        return np.arange(worth.size)
    order = np.lexsort((-worth, problem.item))
    starts = np.searchsorted(problem.item, np.arange(len(problem.items) + 1))
    rank = np.arange(worth.size) - np.repeat(starts[:-1], np.diff(starts))
    parts = [
        order[rank < BEST_OF_ITEM + 2 * problem.demand[problem.item[order]]],
        programme.forced,
        programme.kept,
    ]
    by_reviewer = np.lexsort((-worth, problem.reviewer))
    first = np.searchsorted(problem.reviewer[by_reviewer], problem.reviewer[by_reviewer])
    place = np.arange(worth.size) - first
    parts.append(by_reviewer[place < problem.max_load[problem.reviewer[by_reviewer]]])
    for rows in programme.rows:
        if isinstance(rows.rule, Cover):
            best_first = rows.pair[np.lexsort((-worth[rows.pair], rows.row))]
            row = np.sort(rows.row)
            parts.append(best_first[np.arange(row.size) - np.searchsorted(row, row) < 3])
    return np.unique(np.concatenate(parts))
