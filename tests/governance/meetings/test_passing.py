"""The pages of who presides, when the chair has passed on meanwhile."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from secretariat.governance.meetings import actions
from secretariat.governance.meetings.queries import has_presided
from secretariat.governance.meetings.views.entering import back_to_running
from tests.factories.accounts import INSTALLER, make_account, make_actor
from tests.factories.ballots import make_council
from tests.factories.bodies import make_term
from tests.factories.meetings import arrive, as_member, make_current_item, make_open_meeting
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def sitting(now):
    """A meeting at which the vice-chair presides, because the chair has not come yet."""
    body, people = make_council(2)
    chair = body.seats.get(terms__person=people[0]).terms.get().person
    deputy = make_term(body, make_person(account=make_account()), role="vice_chair").person
    begins = now + timedelta(minutes=1)
    meeting = make_open_meeting(body, starts_at=begins, now=now, reason="x", present=[deputy, people[1]])
    make_current_item(meeting, now=now)
    return SimpleNamespace(meeting=meeting, chair=chair, deputy=deputy, member=people[1])


def browser_of(person):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person.account)
    return client


def at(name, meeting, *more):
    return reverse(f"desk_meetings:{name}", args=[meeting.ref.number, *more])


@pytest.mark.parametrize(
    ("who", "leads_to"),
    [
        ("deputy", "desk_meetings:run"), ("chair", "desk_meetings:run"), ("member", "my_meetings:meeting"),
        ("desk", "desk_meetings:run"),
    ],
)  # fmt: skip
def test_where_an_act_leads_back_to(sitting, who, leads_to):
    body = sitting.meeting.body
    request = RequestFactory().post("/")
    request.actor = make_actor("desk.read") if who == "desk" else as_member(getattr(sitting, who), body=body)
    sitting.meeting.is_chairs = who == "chair"
    expected = reverse(leads_to, args=[sitting.meeting.ref.number])
    assert back_to_running(request, sitting.meeting).headers["Location"] == expected


def test_where_it_leads_once_the_act_itself_gave_the_chair_back(sitting, now):
    arrive(sitting.meeting, sitting.chair, now=now)
    request = RequestFactory().post("/")
    request.actor, sitting.meeting.is_chairs = as_member(sitting.deputy, body=sitting.meeting.body), False
    expected = reverse("my_meetings:meeting", args=[sitting.meeting.ref.number])
    assert back_to_running(request, sitting.meeting).headers["Location"] == expected


def test_a_deputy_is_told_that_the_chair_has_passed_back(sitting, now):
    meeting, deputy = sitting.meeting, browser_of(sitting.deputy)
    assert 'id="run-room"' in deputy.get(at("run", meeting)).content.decode()
    assert not has_presided(as_member(sitting.deputy), meeting)
    arrive(meeting, sitting.chair, now=now)

    answer = deputy.get(at("run", meeting))
    page = answer.content.decode()
    assert (answer.status_code, "HX-Refresh" in answer.headers) == (200, False)
    assert "The chair has passed on" in page and str(sitting.chair) in page
    assert reverse("my_meetings:meeting", args=[meeting.ref.number]) in page
    part = deputy.get(at("run", meeting), headers={"HX-Request": "true"})
    assert part.headers["HX-Refresh"] == "true"


def test_what_she_asks_for_then_is_not_done(sitting, now):
    meeting, item = sitting.meeting, sitting.meeting.items.get()
    arrive(meeting, sitting.chair, now=now)
    answer = browser_of(sitting.deputy).post(at("act_on_item", meeting, item.pk, "finish"))
    assert answer.status_code == 403 and "The chair has passed on" in answer.content.decode()
    item.refresh_from_db()
    assert item.state == "current"


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_who_never_presided_has_no_such_page(sitting, now, who):
    arrive(sitting.meeting, sitting.chair, now=now)
    person = sitting.member if who == "member" else make_person(account=make_account())
    assert browser_of(person).get(at("run", sitting.meeting)).status_code == 404


def test_once_the_meeting_is_over_there_is_no_such_page(sitting, now):
    arrive(sitting.meeting, sitting.chair, now=now)
    actions.close_meeting(meeting=sitting.meeting, actor=INSTALLER, now=now)
    assert browser_of(sitting.deputy).get(at("run", sitting.meeting)).status_code == 404
