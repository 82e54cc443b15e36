import numpy as np
import pytest
from hypothesis import given, settings

from secretariat.engines.assignment import patterns
from secretariat.engines.assignment.dive import greatest_floor_unlisted, worst
from secretariat.engines.assignment.fair import fairest, highest_floor
from secretariat.engines.assignment.simulate import better_for_all
from secretariat.engines.assignment.total import greatest_total
from tests.engines.assignment.instances import every_assignment, problems
from tests.engines.assignment.test_fair import valid


def ranked(problem):
    """(worst, total) of every assignment."""
    return [(worst(problem, c), int(problem.weight[c].sum())) for c in every_assignment(problem)]


@settings(max_examples=150, deadline=None)
@given(problems())
def test_without_a_list_the_bounds_hold_and_the_choice_is_no_worse(problem):
    start = greatest_total(problem)
    if start is None or not problem.demand.any():
        return
    reached = worst(problem, start)
    upper = highest_floor(problem, reached, int(problem.weight[start].sum()))
    chosen, bound, totals = greatest_floor_unlisted(problem, start, upper)
    every = ranked(problem)
    assert valid(problem, chosen)
    assert reached <= worst(problem, chosen) <= max(every)[0] <= bound <= upper
    if totals.bound is not None:
        assert totals.bound >= max(total for least, total in every if least >= worst(problem, chosen))


@settings(max_examples=100, deadline=None)
@given(problems())
def test_what_is_called_proved_without_a_list_is_the_optimum(problem):
    every = ranked(problem) if problem.demand.any() else []
    if not every:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patterns, "MOST_PATTERNS", 0)
        found = fairest(problem)
    reached = worst(problem, found.chosen), int(problem.weight[found.chosen].sum())
    assert found.bound_worst >= max(every)[0]
    if (found.bound_worst, found.bound_total) == reached:
        assert reached == max(every)


@pytest.mark.parametrize(("seed", "spread", "least"), [(1, 1.2, 0), (3, 1.1, 5)])
def test_where_everybody_may_read_everything_the_worst_item_comes_near_the_bound(
    monkeypatch, seed, spread, least
):
    problem = better_for_all(40, 20, seed=seed, spread=spread, least=least)
    monkeypatch.setattr(patterns, "MOST_PATTERNS", 0)
    found = fairest(problem)
    assert valid(problem, found.chosen)
    assert 0.98 * found.bound_worst <= worst(problem, found.chosen) <= found.bound_worst
    assert 0.98 * found.bound_total <= problem.weight[found.chosen].sum() <= found.bound_total
    assert np.array_equal(fairest(problem).chosen, found.chosen)
