import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.summit.review.logic import affinity, scale_problem

BROADER = {
    "chips": "hardware",
    "sensors": "hardware",
    "models": "software",
    "hardware": None,
    "software": None,
}
CRITERIA = [("depth", 1, 10), ("benefit", 0, 5)]


@pytest.mark.parametrize(
    ("topic", "expertise", "fit"),
    [
        ("chips", {"chips", "models"}, 1.0),
        ("chips", {"sensors"}, 0.5),
        ("chips", {"models"}, 0.1),
        ("chips", {"hardware"}, 0.1),
        ("hardware", {"software"}, 0.1),  # nothing stands above either: that makes them no relatives
        ("chips", set(), 0.1),
        (None, {"chips"}, 0.1),
        ("unheard-of", {"chips"}, 0.1),
    ],
)
def test_how_well_a_reviewer_fits(topic, expertise, fit):
    assert affinity(topic, expertise, BROADER) == fit


@pytest.mark.parametrize(
    ("scores", "problem"),
    [
        ({"depth": 1, "benefit": 5}, None),
        ({"depth": 10, "benefit": 0}, None),
        ({"depth": 10}, "benefit"),
        ({"depth": 11, "benefit": 0}, "depth"),
        ({"depth": 0, "benefit": 9}, "depth"),
        ({"depth": 7.0, "benefit": 0}, "depth"),
        ({"depth": True, "benefit": 0}, "depth"),
        ({"depth": "7", "benefit": 0}, "depth"),
        ({"depth": None, "benefit": 0}, "depth"),
        ({"depth": 7, "benefit": 0, "charm": 9, "beauty": 9}, "beauty"),
    ],
)
def test_the_first_score_that_is_wrong_is_named(scores, problem):
    assert scale_problem(scores, CRITERIA) == problem


@given(st.dictionaries(st.sampled_from(["depth", "benefit", "charm"]), st.integers(-2, 12)))
def test_scores_are_right_exactly_when_every_criterion_is_on_its_scale(scores):
    right = set(scores) == {"depth", "benefit"} and all(
        low <= scores[key] <= high for key, low, high in CRITERIA
    )
    assert (scale_problem(scores, CRITERIA) is None) == right
