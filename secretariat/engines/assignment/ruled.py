"""The best assignment under rules, for each objective, with what is proved of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from secretariat.engines.assignment.fair import highest_floor, simple_bound
from secretariat.engines.assignment.problem import Ints, Problem
from secretariat.engines.assignment.result import Solution
from secretariat.engines.assignment.rules import Rules

if TYPE_CHECKING:
    from secretariat.engines.assignment.programme import Found, Programme

MOST_STEPS = 6
NODES_OF_STEP = 20


def best_under(problem: Problem, rules: Rules, objective: str) -> Solution | None:
    """The assignment under all rules; None where none keeps them.

    What is kept of an existing deployment comes first where its pairs have no price: the fewest changes, and among
    those the objective. Bounds hold for assignments within the rules and, then, with as few changes.
    """
    from secretariat.engines.assignment.programme import make_programme

    programme = make_programme(problem, rules)
    if rules.keep and rules.keep.price is None:
        kept = _fewest_changes(programme)
        if kept is None:
            return None
        programme = kept
    if objective == "fair" and problem.reviews:
        return _fair(programme, _worth(programme, rules))
    return _solution(programme, _worth(programme, rules), simple_bound(problem))


def _worth(programme: Programme, rules: Rules) -> np.ndarray:
    worth = programme.problem.weight / programme.scale
    if rules.keep and rules.keep.price:
        worth[programme.kept] += rules.keep.price * 10**programme.problem.digits / programme.scale
    return worth


def _fewest_changes(programme: Programme) -> Programme | None:
    from secretariat.engines.assignment.programme import best

    held = np.zeros(programme.problem.item.size)
    held[programme.kept] = 1
    found = best(programme, held)
    if found.chosen is None:
        return None
    return programme.least(held, float(held[found.chosen].sum()) - 0.5)


def _solution(programme: Programme, worth: np.ndarray, bound_worst: int) -> Solution | None:
    from secretariat.engines.assignment.programme import best

    found = best(programme, worth)
    if found.chosen is None:
        return None
    return Solution(found.chosen, _whole_bound(programme, found, worth), bound_worst)


def _whole_bound(programme: Programme, found: Found, worth: np.ndarray) -> int:
    """The bound on the total in whole weights; a price on kept pairs is no part of a total."""
    chosen, scale = found.chosen, programme.scale
    assert chosen is not None and found.bound is not None
    reached = int(programme.problem.weight[chosen].sum())
    spare = found.bound - float(worth[chosen].sum())
    return reached + max(0, int(np.floor(spare * scale + 0.5)))


def _fair(programme: Programme, worth: np.ndarray) -> Solution | None:
    """First whatever is best in total, then the greatest floor between its worst item and what can be at all."""
    problem = programme.problem
    first = _solution(programme, worth, 0)
    if first is None:
        return None
    low = _worst(problem, first.chosen)
    upper = highest_floor(problem, low, max(first.bound_total, int(problem.weight[first.chosen].sum())))
    chosen, bound = first.chosen, upper
    if low < upper:
        chosen, low, bound = _raised(programme, worth, first.chosen, upper)
    best = _solution(programme.floor(low), worth, bound) if low > _worst(problem, first.chosen) else None
    if best is None or _worst(problem, best.chosen) < low:
        return Solution(chosen, first.bound_total, bound)
    return Solution(best.chosen, best.bound_total, bound)


def _raised(programme: Programme, worth: np.ndarray, chosen: Ints, upper: int) -> tuple[Ints, int, int]:
    """The greatest floor, found by halving: each step is a programme that reaches a floor or proves it out of reach.

    Returns the choice, its floor, and the greatest floor that is not disproved.
    """
    from secretariat.engines.assignment.programme import best

    problem = programme.problem
    step = max(1, int(np.gcd.reduce(problem.weight)))
    low, high, bound, aim = _worst(problem, chosen), upper, upper, upper
    for _ in range(MOST_STEPS):
        if low + step > high:
            break
        found = best(programme.floor(aim), worth, NODES_OF_STEP)
        if found.chosen is not None:
            chosen, low = found.chosen, _worst(problem, found.chosen)
        else:
            high = aim - step
            if found.bound is None:
                bound = high
        aim = min(high, low + max(step, -(-(high - low) // (2 * step)) * step))
    return chosen, low, max(low, bound)


def _worst(problem: Problem, chosen: Ints) -> int:
    return int(problem.item_weights(chosen)[problem.demand > 0].min())
