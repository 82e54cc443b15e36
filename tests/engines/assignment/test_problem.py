import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.engines.assignment import ProblemError, build_problem
from secretariat.engines.assignment.problem import integer_weights


def build(scores, **options):
    given_options = {"demand": 1, "max_load": 1} | options
    return build_problem(
        ["b", "a"],
        ["y", "x"],
        np.array([i for i, _, _ in scores], np.int64),
        np.array([r for _, r, _ in scores], np.int64),
        np.array([s for _, _, s in scores], np.float64),
        **given_options,
    )


def test_everything_is_brought_into_the_order_of_the_names():
    problem = build(
        [(0, 0, 0.5), (1, 0, 0.25), (0, 1, 1)], demand=np.array([1, 2]), max_load=np.array([3, 4])
    )
    assert (problem.items, problem.reviewers) == (("a", "b"), ("x", "y"))
    assert list(
        zip(problem.item.tolist(), problem.reviewer.tolist(), problem.weight.tolist(), strict=True)
    ) == [
        (0, 1, 25),
        (1, 0, 100),
        (1, 1, 50),
    ]
    assert (problem.demand.tolist(), problem.max_load.tolist(), problem.digits) == ([2, 1], [4, 3], 2)


def test_conflicts_are_taken_out_and_the_listed_pairs_remembered():
    problem = build([(0, 0, 1), (0, 1, 2)], conflicts=(np.array([0, 1]), np.array([1, 1])))
    assert (problem.item.tolist(), problem.reviewer.tolist(), problem.listed.tolist()) == ([1], [1], [0, 2])


def test_unlisted_pairs_join_at_their_score_unless_in_conflict():
    problem = build([(0, 0, 1)], unlisted=-0.5, conflicts=(np.array([1]), np.array([0])))
    pairs = zip(problem.item.tolist(), problem.reviewer.tolist(), problem.score.tolist(), strict=True)
    assert list(pairs) == [(0, 0, -0.5), (1, 0, -0.5), (1, 1, 1.0)]


@pytest.mark.parametrize(
    ("scores", "options", "message"),
    [
        ([(0, 0, 1), (0, 0, 2)], {}, "item 'b', reviewer 'y': the pair is listed twice"),
        ([(0, 0, np.nan)], {}, "item 'b', reviewer 'y': the score is not a finite number"),
        ([(0, 0, np.inf)], {}, "item 'b', reviewer 'y': the score is not a finite number"),
        ([], {"demand": -1}, "item 'a' wants a negative number of reviews"),
        ([], {"min_load": 2}, "reviewer 'x' has a minimum load above the maximum"),
        ([], {"unlisted": np.nan}, "the score of unlisted pairs is not a finite number"),
        ([(0, 0, 1e300)], {}, "scores as large as 1e+300 are out of range"),
    ],
)
def test_what_makes_no_sense_is_refused(scores, options, message):
    with pytest.raises(ProblemError) as caught:
        build(scores, **options)
    assert str(caught.value) == message


def test_a_name_twice_is_refused():
    with pytest.raises(ProblemError, match="item 'a' is named twice"):
        build_problem(
            ["a", "a"], [], np.array([], int), np.array([], int), np.array([]), demand=0, max_load=0
        )


@settings(max_examples=50)
@given(st.lists(st.decimals(-1000, 1000, places=6), min_size=1))
def test_decimals_become_integers_without_rounding(decimals):
    weight, digits, exact = integer_weights(np.array([float(d) for d in decimals]), 1000)
    assert exact
    assert [int(w) for w in weight] == [int(d * 10**digits) for d in decimals]


def test_more_decimals_than_fit_are_rounded_and_said_to_be():
    weight, digits, exact = integer_weights(np.array([1 / 3, 0.5]), 10)
    assert (weight.tolist(), digits, exact) == ([333333333, 500000000], 9, False)
