from fractions import Fraction

import pytest

from secretariat.engines.tally.quorum import Quorum


@pytest.mark.parametrize(("numerator", "denominator"), [(1, 2), (1, 3), (2, 3), (3, 4), (0, 1), (1, 10)])
@pytest.mark.parametrize("exceeds", [True, False])
def test_a_quorum_at_each_boundary(numerator, denominator, exceeds):
    quorum = Quorum(Fraction(numerator, denominator), exceeds, least=1)
    for entitled in range(201):
        for present in range(entitled + 2):
            left, right = present * denominator, entitled * numerator
            enough = left > right if exceeds else left >= right
            assert quorum.is_met(present, entitled) == (enough and present >= 1)


def test_never_fewer_than_the_least():
    assert Quorum(Fraction(1, 2), least=5).needed(4) == 5
    assert Quorum(Fraction(1), exceeds=False).needed(7) == 7


def test_a_quorum_of_nobody_is_met_by_nobody_only_where_that_is_the_rule():
    assert Quorum(Fraction(0), exceeds=False, least=0).is_met(0, 0)
    assert not Quorum(Fraction(1, 2)).is_met(0, 0)


@pytest.mark.parametrize(
    "wrong", [{"share": Fraction(-1)}, {"share": Fraction(1)}, {"share": Fraction(3, 2)}, {"least": -1}]
)
def test_what_no_quorum_is(wrong):
    with pytest.raises(ValueError, match="quorum"):
        Quorum(**wrong)
