"""Every boundary from nobody to two hundred, against arithmetic in whole numbers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.engines.tally.counting import CHOICES, Totals, Voter, count
from secretariat.engines.tally.majority import (
    BASES,
    Majority,
    absolute,
    decide,
    simple,
    three_quarters,
    two_thirds,
    weight_of_base,
)

UP_TO = range(201)
WEIGHTS = st.sampled_from(
    [Fraction(1), Fraction(2), Fraction(5), Fraction(1, 2), Fraction(1, 3), Fraction(7, 10)]
)


def totals(yes=0, no=0, abstain=0, present=None, entitled=None):
    voted = yes + no + abstain
    numbers = yes, no, abstain, voted if present is None else present, voted if entitled is None else entitled
    return Totals(*map(Fraction, numbers))


def test_two_thirds_of_nine_is_six():
    assert decide(two_thirds("cast"), totals(yes=6, no=3)).outcome == "adopted"
    assert decide(two_thirds("cast"), totals(yes=5, no=4)).outcome == "rejected"
    assert two_thirds("cast").needed(Fraction(9)) == 6


@pytest.mark.parametrize("base", BASES)
def test_each_majority_at_each_boundary(base):
    """Whole-number arithmetic says the same: twice as many, three times as many, four times as many."""
    for of in UP_TO:
        for yes in range(of + 1):
            whole = {
                absolute(base): 2 * yes > of, two_thirds(base): yes and 3 * yes >= 2 * of,
                three_quarters(base): yes and 4 * yes >= 3 * of,
            }  # fmt: skip
            for majority, carries in whole.items():
                assert majority.is_reached(Fraction(yes), Fraction(of)) == bool(carries)
                assert (yes >= majority.needed(Fraction(of))) == bool(carries)


def test_simple_is_more_yes_than_no():
    for voters in UP_TO:
        for yes in range(voters + 1):
            outcome = decide(simple(), totals(yes=yes, no=voters - yes, abstain=7, entitled=300)).outcome
            expected = "tied" if yes and 2 * yes == voters else "adopted" if 2 * yes > voters else "rejected"
            assert outcome == expected


def test_a_tie_is_one_only_where_one_more_vote_carries():
    assert decide(simple(), totals()).outcome == "rejected"
    assert decide(simple(), totals(abstain=5)).outcome == "rejected"
    assert decide(absolute("entitled"), totals(yes=5, no=5)).outcome == "tied"
    assert decide(absolute("entitled"), totals(yes=5, no=4, entitled=10)).outcome == "rejected"
    assert decide(two_thirds("cast"), totals(yes=5, no=5)).outcome == "rejected"


@pytest.mark.parametrize(("casting", "outcome"), [("yes", "adopted"), ("no", "rejected"), (None, "tied")])
def test_the_chair_ends_a_tie_and_nothing_else(casting, outcome):
    assert decide(simple(), totals(yes=4, no=4), casting=casting).outcome == outcome
    assert decide(simple(), totals(yes=3, no=4), casting=casting).outcome == "rejected"
    assert decide(simple(), totals(yes=4, no=3), casting=casting).outcome == "adopted"


@pytest.mark.parametrize(("share", "base", "exceeds"), [
    (Fraction(0), "cast", True), (Fraction(4, 3), "cast", False), (Fraction(1), "cast", True),
    (Fraction(1, 2), "all", True),
])  # fmt: skip
def test_what_no_majority_is(share, base, exceeds):
    with pytest.raises(ValueError, match="is no"):
        Majority(share, base, exceeds)


def test_unanimity_is_a_share_too():
    all_of_them = Majority(Fraction(1), "present")
    assert decide(all_of_them, totals(yes=9)).outcome == "adopted"
    assert decide(all_of_them, totals(yes=9, present=10)).outcome == "rejected"


@st.composite
def rolls(draw):
    """A roll of up to 200, some absent, some recused, some weighing more, and what those who may said."""
    size = draw(st.integers(0, 200))
    choose = draw(st.randoms(use_true_random=False))
    weights = draw(st.lists(WEIGHTS, min_size=1, max_size=6))
    roll = [
        Voter(str(n), choose.choice(weights), present=choose.random() < 0.8, recused=choose.random() < 0.1)
        for n in range(size)
    ]
    votes = [
        (v.key, choose.choice(CHOICES)) for v in roll if not v.recused and v.present and choose.random() < 0.9
    ]
    return roll, votes


@given(rolls(), st.sampled_from(BASES))
def test_bases_lie_within_each_other_and_the_recused_in_none(given_, base):
    roll, votes = given_
    found = count(roll, votes)

    assert 0 <= found.yes + found.no <= found.voted <= found.present <= found.entitled
    assert found.entitled == sum(v.weight for v in roll if not v.recused)
    without = [v for v in roll if not v.recused]
    assert count(without, votes) == found
    for majority in (absolute(base), two_thirds(base), three_quarters(base)):
        assert decide(majority, found) == decide(majority, count(without, votes))


@given(rolls(), st.sampled_from(BASES))
def test_a_vote_changed_to_yes_never_hurts(given_, base):
    roll, votes = given_
    majority, before = two_thirds(base), decide(two_thirds(base), count(roll, votes)).outcome
    for at, (key, choice) in enumerate(votes[:10]):
        if choice != "yes":
            after = decide(majority, count(roll, [*votes[:at], (key, "yes"), *votes[at + 1 :]])).outcome
            assert (before, after) != ("adopted", "rejected")


@given(rolls())
def test_a_weight_is_as_many_voters_of_one(given_):
    roll, votes = given_
    said = dict(votes)
    whole = [(v, v.weight.numerator) for v in roll if v.weight.denominator == 1]
    heavy = count([v for v, _n in whole], [(v.key, said[v.key]) for v, _n in whole if v.key in said])
    many = [Voter(f"{v.key}/{i}", Fraction(1), v.present, v.recused) for v, n in whole for i in range(n)]
    light = count(many, [(v.key, said[v.key.split("/")[0]]) for v in many if v.key.split("/")[0] in said])
    assert heavy == light


@given(rolls())
def test_the_order_of_votes_says_nothing(given_):
    roll, votes = given_
    assert count(roll, votes) == count(roll[::-1], votes[::-1])


@pytest.mark.parametrize(("votes", "message"), [
    ([("a", "yes"), ("a", "no")], "a voted twice"),
    ([("r", "yes")], "r has no vote"), ([("x", "yes")], "x has no vote"),
    ([("a", "maybe")], "'maybe' is no vote"),
])  # fmt: skip
def test_what_is_not_counted(votes, message):
    with pytest.raises(ValueError, match=message):
        count([Voter("a"), Voter("r", recused=True)], votes)


def test_a_roll_is_a_roll():
    with pytest.raises(ValueError, match="twice"):
        count([Voter("a"), Voter("a")], [])
    with pytest.raises(ValueError, match="above zero"):
        count([Voter("a", Fraction(0))], [])


def test_who_voted_was_there():
    found = count([Voter("a", present=False), Voter("b", present=False)], [("a", "abstain")])
    assert weight_of_base("present", found) == 1
