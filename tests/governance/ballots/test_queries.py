from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.ballots.providers import duties, hears_ballot
from secretariat.governance.ballots.queries import (
    get_ballot_for,
    open_ballots_of,
    roll_call,
    tally,
    tally_so_far,
    visible_ballots,
)
from tests.factories.accounts import NOW, TODAY, make_actor
from tests.factories.ballots import as_voter, make_council, make_open_ballot, vote
from tests.factories.bodies import make_body, make_term
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [1, 3])
def test_a_tally_costs_the_same_for_many(django_assert_num_queries, size):
    body, people = make_council(size)
    ballot = make_open_ballot(body)
    for person in people:
        vote(ballot, person, "yes")
    with django_assert_num_queries(2):
        assert tally(ballot).totals.yes == size
    with django_assert_num_queries(1):
        assert tally_so_far(ballot).totals.yes == size
    with django_assert_num_queries(2):
        lines = roll_call(ballot)
        assert [(line.voter, line.said.choice) for line in lines] == [(person, "yes") for person in people]


def test_who_sees_a_ballot():
    body, people = make_council(2)
    ballot = make_open_ballot(body)
    other = make_council(1)[0]
    elsewhere = make_open_ballot(other)
    sits = Actor(person_id=make_person().pk, capacities=(Capacity("body.sit", "t", body.pk, body.pk),))
    serves = Actor(person_id=make_person().pk, capacities=(Capacity("body.serve", "t", body.pk),))
    seen = {
        "voter": as_voter(people[0]), "sits": sits, "serves": serves, "desk": make_actor("desk.read"),
        "audit": make_actor("audit.read"), "somebody": Actor(person_id=make_person().pk), "stranger": Actor(),
        "reviewer": make_actor("review.sit"),
    }  # fmt: skip
    both, one, none = {ballot, elsewhere}, {ballot}, set()
    assert {name: set(visible_ballots(actor)) for name, actor in seen.items()} == {
        "voter": one, "sits": one, "serves": one, "desk": both, "audit": both, "somebody": none, "stranger": none,
        "reviewer": none,
    }  # fmt: skip
    assert hears_ballot(sits, ballot.pk) and not hears_ballot(sits, elsewhere.pk)
    with pytest.raises(Ballot.DoesNotExist):
        get_ballot_for(sits, elsewhere.ref.number)


def test_a_duty_waits_until_the_vote_is_cast():
    body, people = make_council(2)
    ballot = make_open_ballot(body, recused=people[1:], closes_at=NOW + timedelta(days=1))
    waiting = [list(open_ballots_of(person.pk)) for person in people]
    assert waiting == [[ballot], []]
    assert [duty.due for duty in duties(as_voter(people[0]), "my", NOW)] == [ballot.closes_at]

    vote(ballot, people[0], "abstain")

    assert list(duties(as_voter(people[0]), "my", NOW)) == []


def test_seats_vote_once_each_and_an_organisations_delegate_for_it():
    body = make_body(flags=("executive", "decides"))
    chair, delegate, organisation = make_person(), make_person(), make_organisation()
    make_term(body, chair, role="chair")
    make_term(body, delegate, organisation=organisation)
    make_term(body, role="secretary")
    make_term(body, role="alternate")

    places = electorate_of(body, TODAY)

    assert [(p.person, p.organisation, p.voter, p.is_chair) for p in places] == [
        (chair.pk, None, chair.pk, True), (None, organisation.pk, delegate.pk, False),
    ]  # fmt: skip
    assert set(places[0].why) == {"en", "zh"} and places[0].why["en"] != places[0].why["zh"]


SEAT = st.tuples(
    st.sampled_from(["yes", "no", "abstain", None, "recused"]), st.booleans(), st.sampled_from(["1", "2", "2.5"])
)  # fmt: skip


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(seats=st.lists(SEAT, min_size=4, max_size=4), method=st.sampled_from(["roll_call", "silence"]))
def test_the_tally_is_that_of_the_votes_and_the_database_adds_up_the_same(seats, method):
    body, people = make_council(4)
    seated = list(zip(people, seats, strict=True))
    closes_at = NOW + timedelta(days=9)
    ballot = make_open_ballot(
        body, method=method, closes_at=closes_at, absent=[p for p, (_said, there, _w) in seated if not there],
        recused=[p for p, (said, _there, _w) in seated if said == "recused"],
        weights={p.pk: Decimal(weight) for p, (_said, _there, weight) in seated},
    )  # fmt: skip
    for person, (said, _there, _weight) in seated:
        if said not in (None, "recused"):
            vote(ballot, person, said)

    found = tally(ballot)

    totals = [sum(Fraction(w) for s, _t, w in seats if s == choice) for choice in ("yes", "no", "abstain")]
    assert [found.totals.yes, found.totals.no, found.totals.abstain] == totals
    assert tally_so_far(ballot) == found
