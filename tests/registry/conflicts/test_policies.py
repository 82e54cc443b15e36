import re

import pytest
from django.utils import translation

from secretariat.registry.conflicts.kinds import KINDS
from secretariat.registry.conflicts.policies import policy_from, policy_in_words, problems
from secretariat.registry.conflicts.queries import Policy


def test_what_is_left_out_is_as_usual():
    assert policy_from({}) == Policy(firm=frozenset({"same_person"}))


def test_a_policy_is_read_as_it_is_written():
    said = {
        "years_back": 5,
        "strengths": {"shared_seat": "ignored", "personal": "bars"},
        "firm": ["delegation"],
    }

    assert policy_from(said) == Policy(
        years_back=5,
        strengths={"shared_seat": "ignored", "personal": "bars"},
        firm=frozenset({"same_person", "delegation"}),
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"years": 3}, "Rules on conflicts say nothing of “years”."),
        ({"years_back": -1}, "Years to look back: a whole number from 0 to 50, not “-1”."),
        ({"years_back": True}, "Years to look back: a whole number from 0 to 50, not “True”."),
        ({"strengths": {"cousin": "bars"}}, "There is no relation of the kind “cousin”."),
        ({"firm": ["cousin"]}, "There is no relation of the kind “cousin”."),
        (
            {"strengths": {"personal": "harms"}},
            "A relation bars, is disclosed or is ignored; “harms” means nothing.",
        ),
    ],
)
def test_what_means_nothing_is_told(said, told):
    assert problems(said) == [told]
    with pytest.raises(ValueError, match=re.escape(told)):
        policy_from(said)


def test_what_is_no_conflict_as_a_rule_counts_only_where_it_is_named():
    on_request = {key for key, kind in KINDS.items() if kind.on_request}

    assert on_request == {"same_country"}
    assert not Policy().asks_for("same_country")
    assert Policy(kinds=frozenset({"same_country"})).asks_for("same_country")
    assert Policy(strengths={"same_country": "discloses"}).asks_for("same_country")
    assert not Policy(strengths={"shared_seat": "ignored"}).asks_for("shared_seat")


def test_a_policy_says_in_words_what_it_does():
    said = {
        "years_back": 1,
        "strengths": {"personal": "bars", "shared_seat": "ignored"},
        "firm": ["personal"],
    }
    with translation.override("en"):
        assert policy_in_words(said) == [
            "A relation that has ended counts for 1 year more.",
            "Who has a personal relation to a party is barred, whatever else holds.",
            "It does not count whether somebody sits or sat in a body with a party.",
            "Nobody may clear it where somebody is one of the parties or has a personal relation to a party.",
        ]
        assert policy_in_words({"years_back": 0})[0] == "A relation that has ended counts no more."
