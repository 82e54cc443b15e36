from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.engines.assignment.dive import worst
from secretariat.engines.assignment.exchange import lifted, raised_total
from secretariat.engines.assignment.total import greatest_total
from tests.engines.assignment.instances import problems
from tests.engines.assignment.test_fair import valid


@settings(max_examples=100, deadline=None)
@given(problems(), st.integers(-300, 1500))
def test_exchanges_keep_the_limits_and_lose_nothing(problem, floor):
    start = greatest_total(problem)
    if start is None or not problem.demand.any():
        return
    chosen = lifted(problem, start, floor)
    assert valid(problem, chosen) and worst(problem, chosen) >= worst(problem, start)
    more = raised_total(problem, chosen, worst(problem, chosen))
    assert valid(problem, more) and worst(problem, more) >= worst(problem, chosen)
    assert problem.weight[more].sum() >= problem.weight[chosen].sum()
