"""The price of each rule: the same problem solved again without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from secretariat.engines.assignment.problem import Problem
from secretariat.engines.assignment.result import Assignment
from secretariat.engines.assignment.rules import Rules
from secretariat.engines.assignment.solve import Objective, solve


@dataclass(frozen=True, slots=True)
class Price:
    """What a rule costs: how much greater the total and the worst item's sum would be without it.

    The worst item may lose by dropping a rule: its cost is then negative. `is_exact` says that both were proved.
    """

    rule: str
    total: float
    worst: float
    is_exact: bool


MIN_LOAD, MAX_LOAD, FORCED, KEEP, CAP = "min_load", "max_load", "forced", "keep", "cap"


def prices(problem: Problem, rules: Rules, objective: Objective, found: Assignment) -> list[Price]:
    """The price of every rule of a run whose answer was `found`.

    The maximum load is priced by one review more for everybody. A draw is compared by its expectation.
    """
    listed = []
    for name, other, left, aim in _without(problem, rules, objective):
        freer = solve(other, aim, left)
        if freer.worst is None or found.worst is None:
            continue
        exact = found.status == freer.status == "optimal"
        listed.append(Price(name, _value(freer) - _value(found), freer.worst - found.worst, exact))
    return listed


def _without(
    problem: Problem, rules: Rules, objective: Objective
) -> Iterator[tuple[str, Problem, Rules, Objective]]:
    def dropped(kind: str, place: int) -> Rules:
        held = getattr(rules, kind)
        return replace(rules, **{kind: held[:place] + held[place + 1 :]})

    named: list[tuple[str, Callable[[], Rules]]] = [
        (rule.name, lambda kind=kind, place=place: dropped(kind, place))  # type: ignore[misc]
        for kind in ("spreads", "covers")
        for place, rule in enumerate(getattr(rules, kind))
    ]
    for name, make in named:
        yield name, problem, make(), objective
    if rules.forced:
        yield FORCED, problem, replace(rules, forced=()), objective
    if rules.keep:
        yield KEEP, problem, replace(rules, keep=None), objective
    if objective == "random":
        yield CAP, problem, replace(rules, cap=None), "total"
    if problem.min_load.any():
        yield MIN_LOAD, replace(problem, min_load=np.zeros_like(problem.min_load)), rules, objective
    yield MAX_LOAD, replace(problem, max_load=problem.max_load + 1), rules, objective


def _value(found: Assignment) -> float:
    assert found.total is not None
    return found.drawn.expected if found.drawn else found.total
