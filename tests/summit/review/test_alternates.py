"""The alternate of a seat in a committee that reviews reads nothing in the place of whom she stands for."""

from datetime import timedelta

import pytest

from secretariat.foundation.files.queries import readable_files
from secretariat.registry.capacities.queries import actor_for
from secretariat.summit.calls.models import Attachment
from secretariat.summit.review.models import Assignment
from secretariat.summit.review.queries import calls_to_judge, my_assignments
from secretariat.summit.review.queries.reading import my_readings
from secretariat.summit.review.queries.standing import committee_members
from tests.factories.accounts import make_account
from tests.factories.bodies import make_call, make_term
from tests.factories.calls import AFTER
from tests.factories.people import make_person
from tests.factories.review import assignments_of, declare_all, make_call_in_review, make_matching

pytestmark = pytest.mark.django_db
DAY = AFTER.date()


def reads(person):
    """What somebody reads on her own pages, and what she judges, that day."""
    actor = actor_for(account_id=person.account_id, person_id=person.pk, on=DAY, door="page")
    files = [row.file for row in Attachment.objects.select_related("file")]
    return (
        set(my_assignments(actor)), set(my_readings(actor)), list(calls_to_judge(actor)), readable_files(actor, files)
    )  # fmt: skip


@pytest.fixture
def stood_for():
    """A call that is read, a member of its committee, and the alternate who is called in for her."""
    call, people = make_call_in_review()
    make_matching(call, min_load=1)
    declare_all(call, people)
    seat = call.committee.seats.get(terms__person=people[1])
    alternate = make_term(seat=seat, person=make_person(account=make_account()), role="alternate")
    return call, people[1], alternate


def test_she_inherits_no_review_and_the_other_keeps_hers(stood_for):
    call, member, alternate = stood_for
    hers = {row for row in assignments_of(call) if row.reviewer == member}
    before = reads(member)
    make_call(alternate, starts_on=DAY - timedelta(days=1))

    assert hers and before[0] == hers
    assert reads(member)[:2] == before[:2]
    assert reads(alternate.person) == (set(), set(), [], [])
    assert not Assignment.objects.filter(reviewer=alternate.person).exists()


def test_nothing_is_given_to_her_to_read_while_she_stands_in(stood_for):
    call, member, alternate = stood_for
    make_call(alternate, starts_on=DAY - timedelta(days=1))
    assert member.pk in committee_members(call, DAY)
    assert alternate.person_id not in committee_members(call, DAY)
