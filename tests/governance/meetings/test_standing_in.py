"""An alternate called in to a meeting: attendance, quorum, roll and chair take her, and her holder nowhere."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.files.queries import readable_files
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.bodies.models import CallIn
from secretariat.governance.meetings import actions
from secretariat.governance.meetings.presence import presiding
from secretariat.governance.meetings.queries import (
    alternates_in,
    events_of,
    places_for,
    presence_in,
    sees_as,
    visible_meetings,
)
from tests.factories.accounts import INSTALLER, NOW, make_account
from tests.factories.bodies import make_body, make_call, make_term
from tests.factories.meetings import (
    BEGINS,
    arrive,
    as_member,
    give_proxy,
    make_assembly,
    make_convened_meeting,
    make_item,
    make_open_meeting,
    make_paper_version,
)
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
WHO = {"actor": INSTALLER, "now": NOW}


def browser_of(person):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person.account)
    return client


def make_alternate(body, person):
    """The alternate of the seat that a person holds."""
    seat = body.seats.get(terms__person=person)
    return make_term(seat=seat, person=make_person(account=make_account()), role="alternate")


def room(meeting):
    return [(p.person, p.voter, p.is_present, p.is_chair) for p in places_for(meeting)]


@pytest.fixture
def council():
    body, people = make_assembly(3, proxies_each=2)
    return body, people, make_alternate(body, people[0])


def call_in(meeting, term, actor=INSTALLER, reason="She is ill", now=NOW):
    return actions.call_in_alternate(meeting=meeting, term=term, reason=reason, actor=actor, now=now)


def test_whoever_of_the_two_comes_the_alternate_alone_counts(council):
    body, people, alternate = council
    meeting = make_convened_meeting(body)
    call_in(meeting, alternate)
    for person in (people[0], people[1]):
        arrive(meeting, person)
    meeting = actions.open_meeting(meeting=meeting, actor=INSTALLER, now=BEGINS)

    assert room(meeting)[0] == (people[0].pk, None, False, False)
    assert presence_in(meeting).there == 1
    arrive(meeting, alternate.person)
    assert room(meeting)[0] == (people[0].pk, alternate.person_id, True, False)
    assert (presence_in(meeting).there, presence_in(meeting).entitled) == (2, 3)


def test_the_chair_of_a_seat_that_is_acted_for_passes_and_comes_back(council):
    body, people, alternate = council
    deputy = make_term(body, make_person(account=make_account()), role="vice_chair").person
    meeting = make_open_meeting(body, present=[people[0], deputy])
    assert presiding(meeting) == people[0]

    later = BEGINS + timedelta(minutes=5)
    call = call_in(meeting, alternate, now=later)
    assert presiding(meeting) == deputy
    actions.call_off_alternate(
        meeting=meeting, call=call, reason="She came", actor=INSTALLER, now=later + timedelta(minutes=5)
    )
    assert presiding(meeting) == people[0]
    passed = [event.who for event in events_of(meeting) if event.what == "chair_passed"]
    assert passed == [str(people[0]), str(deputy), str(people[0])]


def test_a_proxy_of_the_holder_binds_nobody_while_her_alternate_is_called_in(council):
    body, people, alternate = council
    meeting = make_open_meeting(body, present=people[1:])
    give_proxy(meeting, people[0], people[1], now=BEGINS)
    assert room(meeting)[0][1] == people[1].pk
    call_in(meeting, alternate)
    assert room(meeting)[0] == (people[0].pk, None, False, False)


def test_it_holds_in_this_meeting_and_nowhere_else(council):
    body, people, alternate = council
    meeting = make_convened_meeting(body)
    call_in(meeting, alternate)

    assert electorate_of(body, meeting.day)[0].voter == people[0].pk
    assert electorate_of(body, meeting.day, meeting.ref_id)[0].voter == alternate.person_id


def test_a_call_for_a_time_holds_in_its_meetings_and_is_not_ended_there(council):
    body, people, alternate = council
    meeting = make_convened_meeting(body)
    call = make_call(alternate, starts_on=meeting.day, ends_on=meeting.day)

    assert room(meeting)[0] == (people[0].pk, None, False, False)
    [one] = alternates_in(meeting)
    assert (one.call, one.is_for_this, [t.person for t in one.holders]) == (call, False, [people[0]])
    with pytest.raises(ValueError, match="called in already"):
        call_in(meeting, alternate)


def test_she_sees_the_meeting_and_its_papers_from_the_call_on(council):
    body, _people, alternate = council
    meeting = make_convened_meeting(body)
    her = as_member(alternate.person)
    before = list(visible_meetings(her)), sees_as(her, meeting)
    call = call_in(meeting, alternate)
    after = list(visible_meetings(her)), sees_as(her, meeting)
    actions.call_off_alternate(meeting=meeting, call=call, reason="Not needed", **WHO)

    assert (before, after) == (([], "public"), ([meeting], "body"))
    assert list(visible_meetings(her)) == []


def downloaded(person, meeting, paper=1):
    path = reverse("my_meetings:file", args=[meeting.ref.number, paper, "en"])
    answer = browser_of(person).get(path)
    assert answer.getvalue()
    return answer.status_code


def test_she_reads_the_papers_of_that_meeting_while_she_is_called_in_and_of_no_other(council):
    body, _people, alternate = council
    meeting, other = (
        make_convened_meeting(body),
        make_convened_meeting(body, starts_at=BEGINS + timedelta(days=9)),
    )
    papers = [make_paper_version(make_item(each)) for each in (meeting, other)]
    closed = make_paper_version(make_item(meeting, audience="closed"))
    files, her = [version.file for version in (*papers, closed)], as_member(alternate.person)
    assert readable_files(her, files) == [] and downloaded(alternate.person, meeting) == 404

    call = call_in(meeting, alternate)
    assert readable_files(her, files) == [files[0]]
    assert [downloaded(alternate.person, meeting, paper) for paper in (1, 2)] == [200, 404]
    assert downloaded(alternate.person, other) == 404
    actions.call_off_alternate(meeting=meeting, call=call, reason="Not needed", **WHO)
    assert readable_files(her, files) == [] and downloaded(alternate.person, meeting) == 404


def test_who_may_and_when(council):
    body, people, alternate = council
    meeting = make_convened_meeting(body)
    for actor in (as_member(people[1], body=body), as_member(alternate.person)):
        with pytest.raises(NotAllowed):
            call_in(meeting, alternate, actor)
    with pytest.raises(ValueError, match="no alternate of the body"):
        call_in(meeting, make_term(make_body(), role="alternate"))
    call_in(meeting, alternate, as_member(people[0], body=body))
    other = make_alternate(body, people[1])
    actions.cancel_meeting(meeting=meeting, reason="The hall is flooded", **WHO)
    with pytest.raises(WrongState):
        call_in(meeting, other)


def test_the_desk_calls_her_in_and_off_on_the_attendance(client, council):
    body, _people, alternate = council
    meeting = make_convened_meeting(body)
    sign_in_with(client, "desk.run")
    path = lambda verb: reverse("desk_meetings:attend", args=[meeting.ref.number, verb])  # noqa: E731

    client.post(path("call-in"), {"key": alternate.pk, "reason": ""})
    assert not CallIn.objects.exists()
    client.post(path("call-in"), {"key": alternate.pk, "reason": "She is ill"})
    page = client.get(reverse("desk_meetings:attendance", args=[meeting.ref.number])).content.decode()
    assert "She is ill" in page and str(alternate.person) in page
    client.post(path("call-off"), {"key": CallIn.objects.get().pk, "reason": "She came"})
    assert CallIn.objects.get().is_void
    assert client.post(path("call-off"), {"key": alternate.pk, "reason": "Again"}).status_code == 404


def test_a_member_calls_her_alternate_in_on_her_own_page(council):
    body, people, alternate = council
    meeting = make_convened_meeting(body)
    path = reverse("my_meetings:act", args=[meeting.ref.number, "call-in"])
    member, another = browser_of(people[0]), browser_of(people[1])
    shown = reverse("my_meetings:meeting", args=[meeting.ref.number])

    assert "Call her in for this meeting" in member.get(shown).content.decode()
    assert "Call her in for this meeting" not in another.get(shown).content.decode()
    another.post(path, {"key": alternate.pk, "reason": "Not mine to say"})
    assert not CallIn.objects.exists()
    member.post(path, {"key": alternate.pk, "reason": "On a journey"})
    assert CallIn.objects.get().occasion_id == meeting.ref_id
    hers = browser_of(alternate.person).get(shown)
    assert hers.status_code == 200 and "alternate called in" in hers.content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_alternates_cost_the_same_for_many(django_assert_num_queries, size):
    body, people = make_assembly(size)
    meeting = make_convened_meeting(body, starts_at=NOW + timedelta(days=30))
    for person in people:
        call_in(meeting, make_alternate(body, person))
    with django_assert_num_queries(3):
        assert (
            len([str(one.term.person) + str(one.holders[0].person) for one in alternates_in(meeting)]) == size
        )
