import numpy as np
import pytest
from hypothesis import given, settings

from secretariat.engines.assignment import Unfilled, Unserved, assign
from secretariat.engines.assignment.infeasible import diagnose
from secretariat.engines.assignment.total import greatest_total
from tests.engines.assignment.instances import problems

FULL = [(item, reviewer, 1.0) for item in "ABCD" for reviewer in ("ann", "bob", "cem")]


@pytest.mark.parametrize(
    ("scores", "options", "unserved"),
    [
        (
            FULL,
            {"conflicts": [("A", "ann"), ("A", "bob"), ("A", "cem")]},
            [Unserved("A", "every pair is in conflict: 3 reviewers listed, none may review it")],
        ),
        (
            FULL,
            {"conflicts": [("B", "ann"), ("B", "bob")]},
            [Unserved("B", "only 1 eligible reviewer for 2 reviews: 2 of 3 are in conflict")],
        ),
        (
            [row for row in FULL if row[0] != "C" or row[1] == "ann"],
            {},
            [Unserved("C", "only 1 eligible reviewer for 2 reviews")],
        ),
        (
            [row for row in FULL if row[0] != "D"],
            {},
            [Unserved("D", "no reviewer is listed for it; it wants 2 reviews")],
        ),
        (
            [row for row in FULL if row[0] == "D" or row[1] != "cem"],
            {"max_load": {"ann": 2, "bob": 3, "cem": 9}},
            [
                # D may go to cem as well, but wants two reviews.
                Unserved(
                    "A",
                    "0 of 2 reviews possible: its eligible reviewers are full: 4 items (A, B, C, D) together want "
                    "8 reviews, 2 reviewers they share (ann, bob) have room for 5, and others can give them 1",
                )
            ],
        ),
    ],
)
def test_an_item_that_cannot_be_served_is_named_with_the_reason(scores, options, unserved):
    found = assign(list("ABCD"), ["ann", "bob", "cem"], scores, **({"per_item": 2, "max_load": 4} | options))
    assert (found.status, found.unserved, found.unfilled, found.pairs) == ("infeasible", unserved, [], [])


def test_loads_that_are_too_small_in_all_are_called_that():
    found = assign(list("ABCD"), ["ann", "bob", "cem"], FULL, per_item=2, max_load=2)
    assert {entry.why.split(": ", 1)[1] for entry in found.unserved} == {
        "the maximum loads are too small in all: 8 reviews wanted, room for 6"
    }


@pytest.mark.parametrize(
    ("scores", "min_load", "unfilled"),
    [
        (
            [row for row in FULL if row[1] != "cem" or row[0] == "A"],
            2,
            [Unfilled("cem", "must have at least 2 reviews, and only 1 item may go to it")],
        ),
        (
            FULL,
            3,
            [Unfilled("ann", "all minimum loads together are 9, and only 8 reviews are wanted")],
        ),
    ],
)
def test_a_minimum_load_that_cannot_be_met_is_named_with_the_reason(scores, min_load, unfilled):
    found = assign(list("ABCD"), ["ann", "bob", "cem"], scores, per_item=2, max_load=4, min_load=min_load)
    assert (found.status, found.unserved, found.unfilled) == ("infeasible", [], unfilled)


def test_reviewers_who_compete_for_too_few_items_are_named_together():
    scores = [("A", name, 1.0) for name in ("ann", "bob", "cem")] + [("B", "dan", 1.0), ("C", "dan", 1.0)]
    found = assign(list("ABC"), ["ann", "bob", "cem", "dan"], scores, per_item=1, max_load=3, min_load=1)
    assert found.unserved == []
    assert {entry.why for entry in found.unfilled} == {
        "all minimum loads together are 4, and only 3 reviews are wanted"
    }
    fewer = assign(["A", "B", "C"], ["ann", "bob", "dan"], [row for row in scores if row[1] != "cem"],
                   per_item=1, max_load=3, min_load=1)  # fmt: skip
    assert {entry.why for entry in fewer.unfilled} == {
        "2 reviewers (ann, bob) must have at least 2 reviews together, "
        "and the items they may review have only 1 for them"
    }


@settings(max_examples=200, deadline=None)
@given(problems())
def test_a_reason_is_given_exactly_where_there_is_no_assignment(problem):
    unserved, unfilled = diagnose(problem)
    assert bool(unserved or unfilled) == (greatest_total(problem) is None)
    assert all(entry.why for entry in [*unserved, *unfilled])
    assert {entry.item for entry in unserved} <= set(np.array(problem.items)[problem.demand > 0])
