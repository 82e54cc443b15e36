import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.engines.assignment import Assignment, ProblemError, assign

SCORES = [("a", "x", 1.0), ("a", "y", 0.5), ("b", "x", 0.9), ("b", "y", 0.3)]


def test_the_greatest_total_may_leave_an_item_badly_served():
    assert assign(
        ["a", "b"], ["x", "y"], [*SCORES[:3], ("b", "y", 0.1)], per_item=1, max_load=1
    ) == Assignment(
        status="optimal",
        pairs=[("a", "y", 0.5), ("b", "x", 0.9)],
        total=1.4,
        worst=0.5,
        p05=0.52,
        bound_total=1.4,
        bound_worst=0.9,
        gap=0.0,
        loads={"x": 1, "y": 1},
    )


def test_the_fair_one_serves_the_worst_item_first():
    scores = [
        ("a", "x", 1.0),
        ("a", "y", 0.4),
        ("b", "x", 0.9),
        ("b", "y", 0.1),
        ("b", "z", 0.3),
        ("a", "z", 0.35),
    ]
    total = assign(["a", "b"], ["x", "y", "z"], scores, per_item=1, max_load=1)
    fair = assign(["a", "b"], ["x", "y", "z"], scores, per_item=1, max_load=1, objective="fair")
    assert (total.total, total.worst) == (1.3, 0.3)
    assert (fair.total, fair.worst, fair.bound_worst, fair.bound_total) == (1.3, 0.4, 0.4, 1.3)
    assert fair.pairs == [("a", "y", 0.4), ("b", "x", 0.9)]


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(["total", "fair"]))
def test_the_order_of_the_entries_decides_nothing(draw: random.Random, objective):
    items, reviewers = [f"i{n}" for n in range(6)], [f"r{n}" for n in range(5)]
    scores = [(i, r, draw.choice([0.0, 0.5, 1.0])) for i in items for r in reviewers if draw.random() < 0.8]
    conflicts = draw.sample([(i, r) for i in items for r in reviewers], 3)

    def solve():
        return assign(
            items, reviewers, scores, per_item=2, max_load=4, conflicts=conflicts, objective=objective
        )

    before = solve()
    for entries in (items, reviewers, scores, conflicts):
        draw.shuffle(entries)
    assert solve() == before
    assert not {(i, r) for i, r, _ in before.pairs} & set(conflicts)
    assert list(before.loads) == (sorted(reviewers) if before.pairs else [])


def test_demands_and_loads_can_differ():
    found = assign(["a", "b"], ["x", "y"], SCORES, per_item={"a": 2, "b": 1}, max_load={"x": 1, "y": 2})
    assert found.pairs == [("a", "x", 1.0), ("a", "y", 0.5), ("b", "y", 0.3)]


def test_unlisted_pairs_serve_where_nothing_is_listed():
    options = {"per_item": 1, "max_load": 1}
    assert assign(["a", "b"], ["x", "y"], SCORES[:1], **options).status == "infeasible"
    found = assign(["a", "b"], ["x", "y"], SCORES[:1], unlisted=-0.1, **options)
    assert (found.pairs, found.total) == ([("a", "x", 1.0), ("b", "y", -0.1)], 0.9)
    barred = assign(["a", "b"], ["x", "y"], SCORES[:1], unlisted=0, conflicts=[("b", "y")], **options)
    assert barred.pairs == [("a", "y", 0.0), ("b", "x", 0.0)]


def test_items_that_want_nothing_count_for_nothing():
    found = assign(["a", "b"], ["x"], [("a", "x", 0.5)], per_item={"a": 1, "b": 0}, max_load=1)
    assert (found.pairs, found.worst, found.p05) == ([("a", "x", 0.5)], 0.5, 0.5)
    assert assign([], [], [], per_item=1, max_load=1, objective="fair").status == "optimal"


def test_totals_are_sums_of_decimals_not_of_doubles():
    scores = [(f"i{n}", "x", 0.1) for n in range(10)]
    found = assign([i for i, _, _ in scores], ["x"], scores, per_item=1, max_load=10)
    assert (found.total, sum(s for _, _, s in found.pairs)) == (1.0, 0.9999999999999999)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"scores": [("c", "x", 1.0)]}, "item 'c' is unknown"),
        ({"scores": [("a", "z", 1.0)]}, "reviewer 'z' is unknown"),
        ({"per_item": {"a": 1}}, "item 'b' has no number of reviews"),
        ({"max_load": {"x": 1, "y": 1, "z": 1}}, "reviewer 'z' is unknown"),
    ],
)
def test_names_that_do_not_match_are_refused(change, message):
    options = {"scores": SCORES, "per_item": 1, "max_load": 1} | change
    with pytest.raises(ProblemError) as caught:
        assign(["a", "b"], ["x", "y"], **options)
    assert str(caught.value) == message
