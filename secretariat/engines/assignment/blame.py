"""Why no assignment keeps all rules: which item, and which rule, in a sentence.

First what an item cannot have by itself; then, where each could and all together cannot, the assignment that breaks
the rules least, and the items for which it breaks them.
"""

from __future__ import annotations

import numpy as np

from secretariat.engines.assignment.infeasible import diagnose
from secretariat.engines.assignment.problem import Problem
from secretariat.engines.assignment.result import Unfilled, Unserved
from secretariat.engines.assignment.rules import (
    Cover,
    Rules,
    Spread,
    groups_of,
    pairs_by_name,
    rows_of_rules,
)


def diagnose_under(problem: Problem, rules: Rules) -> tuple[list[Unserved], list[Unfilled]]:
    """The items and reviewers for whom the rules, the demands and the loads cannot all be kept, and why."""
    unserved, unfilled = diagnose(problem)
    if unserved or unfilled:
        return unserved, unfilled
    own = [*_by_spreads(problem, rules), *_by_covers(problem, rules)]
    required = _by_forced(problem, rules)
    if own or required[0] or required[1]:
        return [*own, *required[0]], required[1]
    return _together(problem, rules), []


def _by_spreads(problem: Problem, rules: Rules) -> list[Unserved]:
    found = []
    for spread in rules.spreads:
        group = groups_of(problem, spread)[problem.reviewer]
        free = np.bincount(problem.item[group < 0], minlength=len(problem.items))
        width = max(int(group.max(initial=0)) + 1, 1)
        keys, counts = np.unique(
            problem.item[group >= 0].astype(np.int64) * width + group[group >= 0], return_counts=True
        )
        groups = np.bincount(keys // width, minlength=len(problem.items))
        most = free.astype(np.int64)
        np.add.at(most, keys // width, np.minimum(counts, spread.most))
        for place in np.flatnonzero(most < problem.demand).tolist():
            why = (
                f"{spread.name}: its eligible reviewers come from {groups[place]} groups and at most {spread.most} of "
                f"each may read it: {most[place]} of {problem.demand[place]} reviews possible"
            )
            found.append(Unserved(problem.items[place], why))
    return found


def _by_covers(problem: Problem, rules: Rules) -> list[Unserved]:
    found = []
    for rows in rows_of_rules(problem, rules):
        if isinstance(rows.rule, Cover):
            for place in np.flatnonzero(rows.room < rows.lower).tolist():
                why = (
                    f"{rows.rule.name}: {int(rows.lower[place])} of its readers must meet this, and "
                    f"{int(rows.room[place])} of its eligible reviewers do"
                )
                found.append(Unserved(problem.items[int(rows.item[place])], why))
    return found


def _by_forced(problem: Problem, rules: Rules) -> tuple[list[Unserved], list[Unfilled]]:
    forced = pairs_by_name(problem, rules.forced, must_exist=True)
    items = np.bincount(problem.item[forced], minlength=len(problem.items))
    loads = np.bincount(problem.reviewer[forced], minlength=len(problem.reviewers))
    many = [
        Unserved(
            problem.items[place],
            f"{items[place]} pairs are required, and it wants {problem.demand[place]} reviews",
        )
        for place in np.flatnonzero(items > problem.demand).tolist()
    ]
    full = [
        Unfilled(
            problem.reviewers[place],
            f"{loads[place]} pairs are required, and her maximum load is {problem.max_load[place]}",
        )
        for place in np.flatnonzero(loads > problem.max_load).tolist()
    ]
    return many, full


def _together(problem: Problem, rules: Rules) -> list[Unserved]:
    """Break the rules as little as possible, and say where."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack

    from secretariat.engines.assignment.programme import NODES, make_programme

    programme = make_programme(problem, rules)
    pairs, base = problem.item.size, len(problem.items) + len(problem.reviewers)
    count = programme.lower.size - base
    sign = np.concatenate(
        [np.full(rows.item.size, -1.0 if isinstance(rows.rule, Spread) else 1.0) for rows in programme.rows]
        or [np.empty(0)]
    )
    slack = csr_array(
        (sign, (base + np.arange(count), np.arange(count))), shape=(programme.lower.size, count)
    )
    found = milp(
        np.concatenate([np.zeros(pairs), np.ones(count)]),
        constraints=LinearConstraint(
            hstack([programme.matrix, slack], format="csr"), programme.lower, programme.upper
        ),
        integrality=np.ones(pairs + count),
        bounds=Bounds(
            np.concatenate([np.isin(np.arange(pairs), programme.forced).astype(float), np.zeros(count)]),
            np.concatenate([np.ones(pairs), np.full(count, np.inf)]),
        ),
        options={"node_limit": NODES},
    )
    if found.x is None:
        return [Unserved("all items", "the required pairs leave no assignment within demands and loads")]
    return _broken(problem, programme.rows, found.x[pairs:])


def _broken(problem: Problem, rows: list, slack: np.ndarray) -> list[Unserved]:
    found, top = [], 0
    for held in rows:
        part = slack[top : top + held.item.size]
        top += held.item.size
        for item in np.unique(held.item[part > 0.5]).tolist():
            why = f"{held.rule.name}: it cannot be kept here together with the other rules and the loads"
            found.append(Unserved(problem.items[item], why))
    return found
