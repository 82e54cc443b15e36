from hypothesis import given
from hypothesis import strategies as st

from secretariat.registry.identity.logic import AGAINST, FOR, score, telling
from secretariat.registry.identity.states import ReasonKind

REASONS = st.sets(st.sampled_from([*FOR, *AGAINST]))


def test_every_reason_has_a_weight_and_words():
    assert {*FOR, *AGAINST} == set(ReasonKind.values)


@given(REASONS)
def test_a_score_is_between_nothing_and_certainty(reasons):
    assert 0 <= score(reasons) <= 1


@given(REASONS, st.sampled_from([*FOR]))
def test_a_reason_for_never_lowers_and_one_against_never_raises(reasons, reason):
    assert score(reasons | {reason}) >= score(reasons)
    assert all(score(reasons | {doubt}) <= score(reasons) for doubt in AGAINST)


def test_a_name_that_many_have_says_less():
    assert score(["name"], {"name": 2}) == 0.6
    assert score(["name"], {"name": 16}) == 0.15
    assert score(["orcid"], {"orcid": 16}) == 0.98


def test_reasons_that_repeat_a_stronger_one_are_left_out():
    assert telling({"sound", "name", "similar", "zh", "country"}) == ("zh", "name", "country")
    assert telling({"similar", "sound"}) == ("sound",)
    assert telling({"pinyin", "sound", "other_country"}) == ("pinyin", "other_country")
