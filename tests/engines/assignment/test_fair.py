from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from secretariat.engines.assignment import exact, fair, patterns
from secretariat.engines.assignment.fair import fairest, highest_floor
from secretariat.engines.assignment.repair import raised
from secretariat.engines.assignment.simulate import scarce_expertise
from secretariat.engines.assignment.total import greatest_total
from tests.engines.assignment.instances import every_assignment, problems


def worst(problem, chosen):
    return int(problem.item_weights(chosen)[problem.demand > 0].min(initial=2**60))


def valid(problem, chosen):
    counts = np.bincount(problem.item[chosen], minlength=len(problem.items))
    loads = np.bincount(problem.reviewer[chosen], minlength=len(problem.reviewers))
    return bool(
        np.unique(chosen).size == chosen.size
        and (counts == problem.demand).all()
        and (loads >= problem.min_load).all()
        and (loads <= problem.max_load).all()
    )


@settings(max_examples=150, deadline=None)
@given(problems())
def test_small_problems_are_solved_exactly(problem):
    ranked = [(worst(problem, c), int(problem.weight[c].sum())) for c in every_assignment(problem)]
    found = fairest(problem)
    assert (found is None) == (not ranked)
    if ranked and problem.demand.any():
        best = max(ranked)
        assert valid(problem, found.chosen)
        assert (worst(problem, found.chosen), int(problem.weight[found.chosen].sum())) == best
        assert (found.bound_worst, found.bound_total) == best


@settings(max_examples=100, deadline=None)
@given(problems())
def test_bound_and_search_bracket_the_best_floor(problem):
    start = greatest_total(problem)
    if start is None or not problem.demand.any():
        return
    best = max(worst(problem, chosen) for chosen in every_assignment(problem))
    upper = highest_floor(problem, worst(problem, start), int(problem.weight[start].sum()))
    lifted = raised(problem, start, upper)
    assert valid(problem, lifted)
    assert worst(problem, start) <= worst(problem, lifted) <= best <= upper


@settings(max_examples=80, deadline=None)
@given(problems(), st.sampled_from([0, 1, 4]), st.sampled_from([0, 3]), st.sampled_from([0, 10**9]))
def test_bounds_stay_true_where_the_limits_of_the_work_end_the_search(problem, listed, pool, priced):
    ranked = [(worst(problem, c), int(problem.weight[c].sum())) for c in every_assignment(problem)]
    if not ranked or not problem.demand.any():
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patterns, "MOST_PATTERNS", 10**6 if pool else listed)
        patch.setattr(exact, "POOLS", (max(pool, 1),))
        patch.setattr(exact, "PRICED", priced)
        found = fairest(problem)
    floor = worst(problem, found.chosen)
    assert valid(problem, found.chosen)
    assert found.bound_worst >= max(ranked)[0]
    assert found.bound_total >= max(total for least, total in ranked if least >= floor)


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(-500, 1500))
def test_every_pattern_above_a_floor_is_listed_once(problem, floor):
    served = np.flatnonzero(problem.demand > 0)
    expected = [
        (place, *sorted(picks))
        for place, item in enumerate(served)
        for picks in combinations(np.flatnonzero(problem.item == item).tolist(), int(problem.demand[item]))
        if problem.weight[list(picks)].sum() >= floor
    ]
    if served.size:
        found = patterns.every_pattern(problem, floor)
        rows = zip(found.item.tolist(), found.pairs.tolist(), strict=True)
        assert sorted((item, *sorted(p for p in row if p >= 0)) for item, row in rows) == sorted(expected)


def test_experts_that_are_scarce_are_spread_with_proof_at_full_size():
    problem = scarce_expertise(300, 100, slots=1.6, seed=2, digits=4)
    found = fairest(problem)
    assert (found.bound_worst, found.bound_total) == (14775, 5238043)
    assert found.chosen.size == 900 and problem.item_weights(found.chosen).min() == 14775
    assert problem.weight[found.chosen].sum() == 5238043


def integer_optimum(problem, floor=None):
    """The greatest floor, or the greatest total above a floor, by an integer programme of its own."""
    pairs, items, reviewers = problem.item.size, len(problem.items), len(problem.reviewers)
    matrix = np.zeros((2 * items + reviewers, pairs + 1))
    matrix[problem.item, np.arange(pairs)] = 1
    matrix[items + problem.item, np.arange(pairs)] = problem.weight
    matrix[items : 2 * items, pairs] = -1
    matrix[2 * items + problem.reviewer, np.arange(pairs)] = 1
    lower = np.concatenate([problem.demand, np.zeros(items), problem.min_load])
    upper = np.concatenate([problem.demand, np.full(items, np.inf), problem.max_load])
    least, most = (0, 10**6) if floor is None else (floor, floor)
    cost = np.zeros(pairs + 1)
    if floor is None:
        cost[-1] = -1
    else:
        cost[:-1] = -problem.weight
    found = milp(
        cost,
        constraints=LinearConstraint(matrix, lower, upper),
        integrality=np.append(np.ones(pairs), 0),
        bounds=Bounds(np.append(np.zeros(pairs), least), np.append(np.ones(pairs), most)),
    )
    assert found.status == 0
    return round(-found.fun)


@pytest.mark.parametrize(("slots", "seed"), [(0.7, 2), (1.2, 3), (1.8, 5)])
def test_scarce_experts_are_spread_as_an_integer_programme_would(slots, seed):
    problem = scarce_expertise(24, 12, slots=slots, seed=seed, listed=8)
    start, found = greatest_total(problem), fairest(problem)
    floor = integer_optimum(problem)
    assert valid(problem, found.chosen)
    assert worst(problem, start) < worst(problem, found.chosen) == found.bound_worst == floor
    assert int(problem.weight[found.chosen].sum()) == found.bound_total == integer_optimum(problem, floor)


def test_a_large_problem_is_lifted_with_proved_bounds(monkeypatch):
    problem = scarce_expertise(100, 40, slots=1.2, seed=3)
    exactly = fairest(problem)
    monkeypatch.setattr(fair, "SMALL", 0)
    found = fairest(problem)
    start = greatest_total(problem)
    best = worst(problem, exactly.chosen)
    assert valid(problem, found.chosen)
    assert worst(problem, start) < worst(problem, found.chosen) <= best <= found.bound_worst
    assert int(problem.weight[found.chosen].sum()) <= found.bound_total


def test_the_minimum_load_holds_while_items_are_raised():
    problem = scarce_expertise(60, 30, slots=1.2, seed=4)
    tight = problem.__class__(**{**problem.__dict__, "min_load": np.full(30, 5)})
    found = fairest(tight)
    assert valid(tight, found.chosen)
    assert worst(tight, found.chosen) == found.bound_worst <= fairest(problem).bound_worst
