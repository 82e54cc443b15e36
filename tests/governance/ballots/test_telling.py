from datetime import timedelta

import pytest

from secretariat.foundation.notices.models import Notice
from secretariat.governance.ballots.actions import cancel_ballot, close_ballot, extend_ballot
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.ballots import make_council, make_open_ballot, vote
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


def told():
    return {(notice.kind, notice.account_id) for notice in Notice.objects.all()}


def test_voters_of_a_ballot_with_time_are_told_of_it_and_of_what_was_decided():
    body, people = make_council(3)
    ballot = make_open_ballot(body, closes_at=LATER, recused=people[2:])
    voters = [person.account_id for person in people[:2]]
    assert told() == {("ballot_opened", account) for account in voters}

    for days in (1, 2):
        extend_ballot(
            ballot=ballot,
            closes_at=LATER + timedelta(days=days),
            reason="One travels.",
            actor=INSTALLER,
            now=NOW,
        )
    vote(ballot, people[0], "yes")
    close_ballot(ballot=ballot, actor=INSTALLER, now=NOW)

    kinds = {"ballot_opened", "ballot_extended", "ballot_closed"}
    assert told() == {(kind, account) for kind in kinds for account in voters}
    assert Notice.objects.filter(kind="ballot_extended").count() == 4
    said = Notice.objects.filter(kind="ballot_closed").first().data
    assert (said["number"], set(said["outcome"])) == (ballot.ref.number, {"en", "zh"})


def test_a_ballot_in_the_room_writes_to_nobody():
    body, people = make_council(2)
    ballot = make_open_ballot(body)
    vote(ballot, people[0], "yes")
    close_ballot(ballot=ballot, actor=INSTALLER, now=NOW)
    assert told() == set()


def test_a_cancelled_ballot_says_why():
    body, people = make_council(1)
    ballot = make_open_ballot(body, closes_at=LATER)
    cancel_ballot(ballot=ballot, reason="Put in error.", actor=INSTALLER, now=NOW)
    assert told() == {(kind, people[0].account_id) for kind in ("ballot_opened", "ballot_cancelled")}
    assert Notice.objects.get(kind="ballot_cancelled").data["reason"] == "Put in error."


@pytest.mark.parametrize("count", [1, 3])
def test_telling_costs_the_same_for_many(count, django_assert_num_queries):
    body, _people = make_council(count)
    make_person()  # without an account
    with django_assert_num_queries(31):
        make_open_ballot(body, closes_at=LATER)
