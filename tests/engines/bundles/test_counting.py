import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.engines.bundles.counting import (
    basis,
    carried,
    counted_reviews,
    cut,
    decision_digest,
    list_digest,
    overall_score,
)
from secretariat.engines.sealed.canonical import digest

SAME = [
    {"key": "leadership", "weight": 2, "min": 1, "max": 5},
    {"key": "replicability", "weight": 1, "min": 1, "max": 5},
]
DIFFERENT = [{**SAME[0]}, {"key": "replicability", "weight": 1, "min": 0, "max": 100}]
KEEP_THREE = {"kind": "calibrated", "keep": 3, "levels": [], "when_refused": "leave_open"}
LEVELS = {
    "kind": "levels",
    "keep": None,
    "levels": [{"key": "awarded", "count": 2}, {"key": "nominated", "count": 1}],
    "when_refused": "leave_open",
}


def frozen(outcomes, refused=()):
    decision = {"authority": "Council", "by": "Council", "at": "2042-05-01T00:00:00Z"}
    return {
        "stage": "reading",
        "entries": [{"ref": ref, "outcome": outcome} for ref, outcome in outcomes.items()],
        "decision": decision | {"refused": [{"ref": ref, "reason": "Late."} for ref in refused]},
    }


def review(stage, item, reviewer, overall=3):
    return {"stage": stage, "item": item, "reviewer": reviewer, "scores": {}, "overall": overall}


@pytest.mark.parametrize(
    ("criteria", "scores", "overall"),
    [
        (SAME, {"leadership": 5, "replicability": 2}, 4.0),
        (DIFFERENT, {"leadership": 3, "replicability": 50}, 0.5),
        (DIFFERENT, {"leadership": 5, "replicability": 0}, 2 / 3),
        (SAME[:1], {"leadership": 4}, 4.0),
    ],
)
def test_the_overall_score_is_the_weighted_mean(criteria, scores, overall):
    assert overall_score(criteria, scores) == overall


@given(st.permutations([{"key": f"c{n}", "weight": n + 0.1, "min": 0, "max": n + 1} for n in range(5)]))
def test_the_order_of_criteria_does_not_matter(criteria):
    scores = {f"c{n}": 0.3 * n for n in range(5)}
    in_order = sorted(criteria, key=lambda criterion: criterion["key"])

    assert overall_score(criteria, scores) == overall_score(in_order, scores)


def test_a_review_without_a_score_or_a_criterion_has_no_overall_score():
    with pytest.raises(KeyError):
        overall_score(SAME, {"leadership": 5})
    with pytest.raises(ValueError, match="a review without criteria"):
        overall_score([], {})


def test_the_reviews_so_far_count_and_the_latest_of_a_pair():
    stages = [{"key": "reading", "order": 1}, {"key": "finals", "order": 2}, {"key": "jury", "order": 3}]
    first, other = review("reading", "A", "R1"), review("reading", "B", "R1")
    again, later = review("finals", "A", "R1", 5), review("jury", "A", "R2")
    everything = [later, again, first, other, review("reading", "C", "R1")]

    assert counted_reviews(everything, stages, "reading", {"A", "B"}) == [first, other]
    assert counted_reviews(everything, stages, "finals", {"A", "B"}) == [again, other]
    assert counted_reviews(everything, stages, "jury", {"A"}) == [again, later]
    assert all(
        counted_reviews(order, stages, "jury", {"A"}) == [again, later]
        for order in itertools.permutations(everything)
    )


def test_a_cut_keeps_the_first_and_deals_out_levels_in_order():
    assert cut("ABCDE", KEEP_THREE) == {"A": "kept", "B": "kept", "C": "kept", "D": "cut", "E": "cut"}
    assert cut("ABCDE", LEVELS) == {"A": "awarded", "B": "awarded", "C": "nominated", "D": "cut", "E": "cut"}
    assert cut("AB", KEEP_THREE) == {"A": "kept", "B": "kept"}
    assert cut("A", LEVELS) == {"A": "awarded"}


@pytest.mark.parametrize(
    ("rule", "refused", "handed_on"),
    [
        (KEEP_THREE, [], {"A": "kept", "B": "kept", "C": "kept"}),
        (KEEP_THREE, ["B"], {"A": "kept", "C": "kept"}),
        (KEEP_THREE | {"when_refused": "move_up"}, ["B"], {"A": "kept", "C": "kept", "D": "kept"}),
        (KEEP_THREE | {"when_refused": "move_up"}, ["B", "D"], {"A": "kept", "C": "kept", "E": "kept"}),
        (KEEP_THREE | {"when_refused": "move_up"}, ["A", "B", "C"], {"D": "kept", "E": "kept"}),
        (LEVELS, ["A"], {"B": "awarded", "C": "nominated"}),
        (LEVELS | {"when_refused": "move_up"}, ["A"], {"B": "awarded", "C": "awarded", "D": "nominated"}),
    ],
)
def test_what_a_list_hands_on_after_refusals(rule, refused, handed_on):
    assert carried(frozen(cut("ABCDE", rule), refused), rule) == handed_on


def test_eligibility_has_no_places_to_move_up_to():
    rule = {"kind": "eligibility", "keep": None, "levels": [], "when_refused": "move_up"}

    assert carried(frozen({"A": "kept", "B": "cut", "C": "kept"}, ["A"]), rule) == {"C": "kept"}


def test_a_list_without_a_decision_hands_on_what_it_kept():
    undecided = frozen({"A": "kept", "B": "cut"}) | {"decision": None}

    assert carried(undecided, KEEP_THREE) == {"A": "kept"}


def test_the_decision_is_not_in_the_digest_of_the_list_and_bound_to_it():
    one = frozen({"A": "kept"})
    refused, other = frozen({"A": "kept"}, ["A"]), frozen({"B": "kept"})

    assert list_digest(one) == list_digest(refused) == digest({"stage": "reading", "entries": one["entries"]})
    assert len({decision_digest(one), decision_digest(refused), decision_digest(other)}) == 3


def test_the_basis_tells_kinds_of_stages_apart():
    assert basis({"kind": "calibrated"}, []) != basis({"kind": "eligibility"}, [])
    assert basis({"kind": "levels"}, "x") == digest({"kind": "levels", "material": "x"})
