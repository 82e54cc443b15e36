from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.engines.assignment import Rules, Spread, assign, solve
from secretariat.engines.assignment.lots import PARTS, draw, make_lottery
from secretariat.engines.assignment.simulate import scarce_expertise
from tests.engines.assignment.instances import every_assignment, problems
from tests.engines.assignment.ruled import broken, named, ruled_problems


@settings(max_examples=120, deadline=None)
@given(problems(), st.sampled_from([0.4, 0.5, 0.75, 1.0]), st.integers(0, 2**32))
def test_every_draw_keeps_demands_and_loads_and_no_pair_exceeds_the_cap(problem, cap, seed):
    lottery = make_lottery(problem, cap)
    if lottery is None:
        return
    assert lottery.parts.max(initial=0) <= cap * PARTS
    chosen = draw(lottery, seed)
    assert np.array_equal(draw(lottery, seed), chosen)
    assert (lottery.parts[chosen] > 0).all()
    assert any(np.array_equal(chosen, np.sort(other)) for other in every_assignment(problem))


@settings(max_examples=60, deadline=None)
@given(ruled_problems(), st.integers(0, 2**32))
def test_a_draw_under_rules_keeps_them_all(case, seed):
    problem, rules = case
    found = solve(problem, "random", rules, seed=seed)
    if found.status != "infeasible":
        demand = dict(zip(problem.items, problem.demand.tolist(), strict=True))
        assert not broken(rules, demand, [(item, reader) for item, reader, _ in found.pairs])
        assert len(found.pairs) == problem.reviews


def test_pairs_are_drawn_as_often_as_their_probability_says():
    problem = scarce_expertise(6, 6, slots=1.5, seed=2, topics=2, listed=6)
    lottery = make_lottery(problem, 0.6)
    draws = 2000
    counts = Counter(pair for seed in range(draws) for pair in draw(lottery, seed).tolist())
    off = [abs(counts[pair] / draws - part / PARTS) for pair, part in enumerate(lottery.parts.tolist())]
    assert max(off) < 0.045  # four standard deviations of the most uncertain pair
    assert lottery.greatest == 0.6


def test_a_limit_on_groups_holds_in_every_draw_without_mending():
    problem = scarce_expertise(40, 20, slots=1.5, seed=3)
    org = {r: str(n // 2) for n, r in enumerate(problem.reviewers)}
    for seed in range(20):
        found = solve(problem, "random", Rules(spreads=(Spread("organisation", org),), cap=0.5), seed=seed)
        assert (found.status, found.drawn.mended, found.drawn.probability) == ("optimal", 0, 0.5)
        held = Counter((item, org[reader]) for item, reader, _ in found.pairs)
        assert set(held.values()) == {1}


def test_the_expected_total_falls_with_the_cap_and_is_the_optimum_without():
    problem = scarce_expertise(30, 15, slots=1.5, seed=4)
    expected = [solve(problem, "random", Rules(cap=cap)).drawn.expected for cap in (0.4, 0.6, 1.0)]
    assert expected == sorted(expected)
    assert expected[-1] == solve(problem).total > expected[0]


def test_required_pairs_are_certain():
    problem = scarce_expertise(10, 8, slots=1.5, seed=5, topics=2)
    pair = named(problem, 3)
    for seed in range(5):
        found = solve(problem, "random", Rules(cap=0.5, forced=(pair,)), seed=seed)
        assert pair in {(item, reader) for item, reader, _ in found.pairs}


@pytest.mark.parametrize(
    ("cap", "item", "why"),
    [
        (
            0.3, "a",
            "3 eligible reviewers, each with a probability of at most 0.3, come to less than the 1 reviews it wants",
        ),
        (
            0.35, "all items",
            "there is an assignment, but none by lot with a probability of at most 0.35 for each pair",
        ),
    ],
    ids=["too narrow for an item", "too narrow together"],
)  # fmt: skip
def test_a_cap_that_is_too_narrow_is_named(cap, item, why):
    readers = ["u", "v", "w"]
    scores = [(i, r, 1.0) for i in "ab" for r in readers]
    loads = {"u": 1, "v": 1, "w": 1} if cap == 0.3 else {"u": 1, "v": 1, "w": 0}
    found = assign(["a", "b"], readers, scores, per_item=1, max_load=loads, rules=Rules(cap=cap),
                   objective="random")  # fmt: skip
    assert [(u.item, u.why) for u in found.unserved][:1] == [(item, why)]
