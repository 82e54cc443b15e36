"""A body bound to a rhythm: when it is due again, who is warned and when, and what is drawn."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from secretariat.governance.bodies.logic import months_before, years_after
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.providers import duties
from secretariat.governance.bodies.sessions import Session, due_of, line_of, sessions_of
from secretariat.governance.meetings import actions
from tests.factories.accounts import INSTALLER, NOW, make_actor
from tests.factories.bodies import make_body, make_term
from tests.factories.meetings import make_convened_meeting, make_meeting, make_open_meeting
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
DAY, FIRST = timedelta(days=1), date(2022, 7, 12)
ASSEMBLY = Body(name_en="Assembly", meets_every_years=5, warns_months=12)


def session(day, *, is_held=True, is_public=True):
    return Session(day, "Session", "会议", is_held, is_public)


def test_it_is_due_so_many_years_after_its_last_session():
    due = due_of(ASSEMBLY, [session(date(2019, 1, 1)), session(FIRST)], date(2025, 1, 1))
    assert (due.due, due.warns_on, due.last.day) == (date(2027, 7, 12), date(2026, 7, 12), FIRST)
    assert [due.is_near(day) for day in (date(2026, 7, 11), date(2026, 7, 12), date(2030, 1, 1))] == [
        False,
        True,
        True,
    ]
    assert [due.is_over(day) for day in (date(2027, 7, 12), date(2027, 7, 13))] == [False, True]


@pytest.mark.parametrize(("planned", "near"), [(date(2027, 7, 12), False), (date(2027, 7, 13), True)])
def test_a_session_planned_in_time_ends_the_warning(planned, near):
    due = due_of(ASSEMBLY, [session(FIRST), session(planned, is_held=False)], date(2027, 1, 1))
    assert (due.planned.day, due.is_near(date(2027, 1, 1))) == (planned, near)


def test_nothing_is_due_where_nobody_knows_of_a_session_or_no_rule_binds():
    assert due_of(ASSEMBLY, [], FIRST).due is None and not due_of(ASSEMBLY, [], FIRST).is_near(
        date(2099, 1, 1)
    )
    free = Body(name_en="Council")
    assert due_of(free, [session(FIRST)], FIRST).due is None
    assert (line_of(free, [session(FIRST)], FIRST), line_of(ASSEMBLY, [], FIRST)) == (None, None)


@given(day=st.dates(date(1900, 1, 1), date(2200, 1, 1)), years=st.integers(1, 100), months=st.integers(0, 60))
def test_calendars_are_counted_as_people_count(day, years, months):
    later, earlier = years_after(day, years), months_before(day, months)
    assert (later.year - day.year, later.month) == (years, day.month) and day.day - later.day in (0, 1)
    assert (day.year * 12 + day.month) - (earlier.year * 12 + earlier.month) == months
    assert earlier.day == day.day or (earlier + DAY).day == 1


def test_the_line_shows_sessions_the_lead_and_the_day():
    drawn = line_of(ASSEMBLY, [session(FIRST), session(date(2028, 1, 1), is_held=False)], date(2026, 8, 1))

    assert [(mark.kind, mark.day) for mark in drawn.marks] == [
        ("held", FIRST), ("today", date(2026, 8, 1)), ("due", date(2027, 7, 12)), ("planned", date(2028, 1, 1)),
    ]  # fmt: skip
    places = [float(mark.at[:-1]) for mark in drawn.marks]
    assert places == sorted(places) and (places[0], places[-1]) == (3, 97)
    assert (drawn.is_near, drawn.is_over) == (True, False)
    assert float(drawn.warned_at[:-1]) + float(drawn.warned_length[:-1]) == pytest.approx(places[2], abs=0.01)


def test_meetings_say_when_a_body_met():
    body = make_body("assembly", meets_every_years=5)
    held = make_open_meeting(body)
    make_convened_meeting(body, audience="public")
    cancelled = make_convened_meeting(body)
    actions.cancel_meeting(meeting=cancelled, reason="The hall is flooded", actor=INSTALLER, now=NOW)
    make_meeting(body, audience="public")
    make_meeting(make_body())

    found = sessions_of([body.pk])

    assert list(found) == [body.pk]
    assert sorted((each.is_held, each.is_public) for each in found[body.pk]) == [
        (False, False), (False, True), (True, False),
    ]  # fmt: skip
    assert {each.day for each in found[body.pk]} == {held.day}


def warned(actor, now, door="desk"):
    return [(duty.title, duty.owner, duty.due, duty.about) for duty in duties(actor, door, now)]


def test_the_desk_and_the_secretary_are_warned_in_time():
    body = make_body("assembly", meets_every_years=5, warns_months=6)
    secretary = make_term(body, make_person("Sen", "Example"), role="secretary").person
    held = make_open_meeting(body, now=NOW)
    due = years_after(held.day, 5)
    lead = datetime.combine(months_before(due, 6), NOW.timetz())
    desk, serving = make_actor("desk.run"), make_actor("body.serve", scope_id=body.pk)

    assert warned(desk, lead - DAY) == []
    [(title, owner, day, about)] = warned(desk, lead)
    assert (title, owner, timezone.localdate(day)) == ("Plan the next session: Assembly", str(secretary), due)
    assert "last one was held" in about
    assert len(warned(serving, lead)) == 1
    assert warned(make_actor("body.serve", scope_id=make_body().pk), lead) == []
    assert warned(make_actor("desk.read"), lead) == warned(desk, lead, "my") == []

    late = lead + timedelta(days=400)
    make_meeting(body, starts_at=late)
    assert "too late" in warned(desk, lead)[0][3]
    make_meeting(body, starts_at=lead + timedelta(days=30))
    assert warned(desk, lead) == []


def test_the_page_at_the_desk_draws_it(client):
    body, before = make_body("assembly", meets_every_years=1), timezone.now() - timedelta(days=400)
    make_open_meeting(body, now=before, starts_at=before + timedelta(days=20))
    sign_in_with(client, "desk.run")
    page = client.get(reverse("desk_bodies:body", args=[body.ref.number])).content.decode()

    assert [words in page for words in ("It was due by", "No session is planned yet", "sessions-svg")] == [
        True
    ] * 3


@pytest.mark.parametrize("size", [1, 3])
def test_warnings_cost_the_same_for_many(django_assert_num_queries, size):
    for n in range(size):
        body = make_body(f"body-{n}", meets_every_years=1)
        make_term(body, make_person(), role="secretary")
        make_open_meeting(body, starts_at=NOW + timedelta(days=21, hours=n))
    with django_assert_num_queries(3):
        assert len(list(duties(make_actor("desk.run"), "desk", NOW + timedelta(days=300)))) == size
