"""The door to the engine: one problem in, one assignment out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from secretariat.engines.assignment.blame import diagnose_under
from secretariat.engines.assignment.fair import fairest, simple_bound
from secretariat.engines.assignment.infeasible import diagnose
from secretariat.engines.assignment.lots import draw, make_lottery
from secretariat.engines.assignment.problem import Ints, Problem, ProblemError, build_problem
from secretariat.engines.assignment.result import Assignment, Drawn, Solution, Unserved, describe
from secretariat.engines.assignment.ruled import best_under
from secretariat.engines.assignment.rules import Keep, Rules, pairs_by_name, rows_of_rules
from secretariat.engines.assignment.total import greatest_total

Objective = Literal["total", "fair", "random"]
NO_RULES = Rules()


def solve(
    problem: Problem, objective: Objective = "total", rules: Rules = NO_RULES, *, seed: int = 0
) -> Assignment:
    """The best assignment of a problem under rules, or the reasons why there is none. Deterministic.

    Under "random" the pairs are drawn with the seed, none with a greater probability than `rules.cap`.
    """
    if objective == "random":
        return solve_by_lot(problem, rules, seed)
    if rules:
        ruled = best_under(problem, rules, objective)
        if ruled is None:
            unserved, unfilled = diagnose_under(problem, rules)
            return Assignment(status="infeasible", unserved=unserved, unfilled=unfilled)
        return describe(problem, ruled, objective)
    solution = fairest(problem) if objective == "fair" else _greatest(problem)
    if solution is None:
        unserved, unfilled = diagnose(problem)
        return Assignment(status="infeasible", unserved=unserved, unfilled=unfilled)
    return describe(problem, solution, objective)


def assign(
    items: Sequence[str],
    reviewers: Sequence[str],
    scores: Iterable[tuple[str, str, float]],
    *,
    per_item: int | Mapping[str, int],
    max_load: int | Mapping[str, int],
    min_load: int | Mapping[str, int] = 0,
    conflicts: Iterable[tuple[str, str]] = (),
    objective: Objective = "total",
    unlisted: float | None = None,
    rules: Rules = NO_RULES,
    seed: int = 0,
) -> Assignment:
    """Say who reviews what.

    `scores` are (item, reviewer, score): only these pairs may be used, unless `unlisted` gives the others a
    score. `per_item` reviews for every item (or by item), loads between `min_load` and `max_load` (or by
    reviewer). `conflicts` are (item, reviewer) pairs that are never used; conflicts of items or reviewers
    that take no part are passed over. `objective` "total" maximises the sum of scores, "fair" the
    worst-served item's sum and then the total, "random" the expected total of a lottery in which no pair is more
    probable than `rules.cap`, and then draws from it with `seed`, which has no effect otherwise. The order of the
    arguments' entries decides nothing.

    Raises ProblemError (a ValueError) for an unknown name, a pair twice, a score that is not finite, a
    missing or negative demand or load.
    """
    item_code = {name: code for code, name in enumerate(items)}
    reviewer_code = {name: code for code, name in enumerate(reviewers)}
    listed = list(scores)
    barred = [pair for pair in conflicts if pair[0] in item_code and pair[1] in reviewer_code]
    problem = build_problem(
        items,
        reviewers,
        _codes(item_code, (row[0] for row in listed), "item"),
        _codes(reviewer_code, (row[1] for row in listed), "reviewer"),
        np.array([row[2] for row in listed], np.float64),
        demand=_by_name(per_item, items, "item", "number of reviews"),
        max_load=_by_name(max_load, reviewers, "reviewer", "maximum load"),
        min_load=_by_name(min_load, reviewers, "reviewer", "minimum load"),
        conflicts=(
            _codes(item_code, (item for item, _ in barred), "item"),
            _codes(reviewer_code, (reviewer for _, reviewer in barred), "reviewer"),
        ),
        unlisted=unlisted,
    )
    return solve(problem, objective, rules, seed=seed)


def solve_by_lot(problem: Problem, rules: Rules, seed: int) -> Assignment:
    """An assignment by lot. A draw keeps demands, loads and the first limit on groups; what else it broke is mended.

    Mending changes as few pairs as can be; the probabilities are then only near to what is said of them.
    """
    cap = 1.0 if rules.cap is None else rules.cap
    first = next((spread for spread in rules.spreads), None)
    forced = pairs_by_name(problem, rules.forced, must_exist=True)
    lottery = make_lottery(problem, cap, forced=forced, spread=first)
    if lottery is None:
        return _no_lottery(problem, rules, cap)
    chosen, mended = draw(lottery, seed), 0
    broken = any(
        (sums < rows.lower).any() or (sums > rows.upper).any()
        for rows in rows_of_rules(problem, rules)
        for sums in [np.bincount(rows.row[np.isin(rows.pair, chosen)], minlength=rows.item.size)]
    )
    if broken:
        held = [
            (problem.items[problem.item[j]], problem.reviewers[problem.reviewer[j]]) for j in chosen.tolist()
        ]
        within = best_under(problem, replace(rules, keep=Keep(held)), "total")
        if within is None:
            unserved, unfilled = diagnose_under(problem, rules)
            return Assignment(status="infeasible", unserved=unserved, unfilled=unfilled)
        mended = int(np.setdiff1d(within.chosen, chosen).size)
        chosen = within.chosen
    total = int(problem.weight[chosen].sum())
    found = describe(problem, Solution(chosen, total, simple_bound(problem)), "total")
    drawn = Drawn(seed, lottery.expected, lottery.greatest, mended)
    return replace(found, bound_total=None, status="feasible" if mended else "optimal", drawn=drawn)


def _no_lottery(problem: Problem, rules: Rules, cap: float) -> Assignment:
    without = solve(problem, "total", replace(rules, cap=None))
    if without.status == "infeasible":
        return without
    eligible = np.bincount(problem.item, minlength=len(problem.items))
    narrow = np.flatnonzero(eligible * cap < problem.demand - 1e-9).tolist()
    unserved = [
        Unserved(
            problem.items[place],
            f"{eligible[place]} eligible reviewers, each with a probability of at most {cap:g}, come to less than the "
            f"{problem.demand[place]} reviews it wants",
        )
        for place in narrow
    ]
    why = f"there is an assignment, but none by lot with a probability of at most {cap:g} for each pair"
    return Assignment(status="infeasible", unserved=unserved or [Unserved("all items", why)])


def _greatest(problem: Problem) -> Solution | None:
    chosen = greatest_total(problem)
    if chosen is None:
        return None
    return Solution(chosen, int(problem.weight[chosen].sum()), simple_bound(problem))


def _codes(known: Mapping[str, int], names: Iterable[str], kind: str) -> Ints:
    try:
        return np.fromiter((known[name] for name in names), np.int64)
    except KeyError as error:
        raise ProblemError(f"{kind} {error.args[0]!r} is unknown") from None


def _by_name(values: int | Mapping[str, int], names: Sequence[str], kind: str, what: str) -> Ints | int:
    if not isinstance(values, Mapping):
        return values
    unknown = sorted(set(values) - set(names))
    if unknown:
        raise ProblemError(f"{kind} {unknown[0]!r} is unknown")
    missing = sorted(set(names) - set(values))
    if missing:
        raise ProblemError(f"{kind} {missing[0]!r} has no {what}")
    return np.array([values[name] for name in names], np.int64)
