import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.engines.assignment import patterns
from secretariat.engines.assignment.pricing import Pricing
from tests.engines.assignment.instances import problems


@settings(max_examples=100, deadline=None)
@given(
    problems(),
    st.lists(st.integers(-50, 900), min_size=4, max_size=4),
    st.integers(-300, 1200),
    st.integers(0, 2),
)
def test_the_least_price_of_an_item_is_that_of_its_cheapest_pattern(problem, prices, floor, worth):
    every = patterns.every_pattern(problem, floor) if problem.demand.any() else None
    served = np.flatnonzero(problem.demand > 0)
    if every is None or np.unique(every.item).size < served.size:
        return
    price = np.array(prices[: len(problem.reviewers)])
    cost = every.price(price) - worth * every.total
    least = [int(cost[every.item == item].min()) for item in range(served.size)]
    pricing = Pricing(problem)
    found = pricing.cheapest(price, floor, worth)
    assert found.least.tolist() == least
    offered = found.patterns.price(price) - worth * found.patterns.total
    assert [int(offered[found.patterns.item == item].min()) for item in range(served.size)] == least
    near = pricing.within(price, floor, worth, 100, 10**6)
    kept = cost <= np.array(least)[every.item] + 100
    assert sorted(map(sorted, near.pairs.tolist())) == sorted(map(sorted, every.pairs[kept].tolist()))
