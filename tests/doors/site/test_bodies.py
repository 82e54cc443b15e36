"""The public pages of bodies: as of any day that has come, and nothing of those that are nobody's business."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.ballots import make_procedure
from tests.factories.bodies import make_body, make_call, make_seat, make_term
from tests.factories.meetings import make_meeting, make_open_meeting
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.powers import make_delegation, make_power

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def page(client, key, **query):
    return client.get(reverse("site:body", args=[key]), query)


@pytest.fixture
def council(db):
    """A seat handed from Ana to Bo thirty days ago and promised to Cy, an organisation's seat, and a vacant one."""
    today, body = timezone.localdate(), make_body("council")
    seat = make_seat(body, title_en="Treasurer")
    ana, bo, cy = (make_person(name, "Example") for name in ("Ana", "Bo", "Cy"))
    make_term(person=ana, seat=seat, ends_on=today - 30 * DAY)
    make_term(person=bo, seat=seat, starts_on=today - 29 * DAY, ends_on=today + 30 * DAY)
    make_term(person=cy, seat=seat, starts_on=today + 31 * DAY)
    make_term(body, make_person("Del", "Hidden"), organisation=make_organisation("Example Group"))
    make_seat(body)
    return body


def lines(response):
    return [(line.name, len(line.succession)) for line in response.context["lines"]]


def test_today_and_the_day_before_the_last_change(client, host, council):
    today = page(client, "council")
    earlier = today.context["composed"].earlier
    before = page(client, "council", on=earlier.isoformat())

    assert lines(today) == [("Bo Example", 1), ("Example Group", 0), ("", 0)]
    assert lines(before) == [("Ana Example", 1), ("Example Group", 0), ("", 0)]
    assert f"?on={earlier.isoformat()}" in today.content.decode()
    assert f"?on={(earlier + DAY).isoformat()}" in before.content.decode()


@pytest.mark.parametrize("days", [0, -29, -30, -9999, 31, 60])
def test_neither_delegates_nor_coming_holders_can_be_read(client, host, council, days):
    on = timezone.localdate() + days * DAY
    text = page(client, "council", on=on.isoformat()).content.decode()

    assert {word for word in ("Hidden", "Cy Example") if word in text} == set()
    assert days > 0 or (timezone.localdate() + 31 * DAY).isoformat() not in text
    assert ("has not come yet" in text) == (days > 0)


@pytest.mark.parametrize("asked", ["yesterday", "2024-13-01", "0000-00-00", "\0", "9999-12-31"])
def test_what_is_no_day_shows_today(client, host, council, asked):
    response = page(client, "council", on=asked)

    assert (response.status_code, response.context["composed"].on) == (200, timezone.localdate())
    assert response.context["asked"].errors.keys() == {"on"}


def test_only_public_bodies_have_a_page(client, host, council):
    for key, flags in (
        ("judges", ["reviews"]),
        ("task", ["advises", "temporary"]),
        ("staff", ["executive", "standing"]),
    ):
        make_body(key, flags=flags)
    make_body("assembly", flags=["supreme"])

    found = {
        key: page(client, key).status_code
        for key in ("council", "assembly", "judges", "task", "staff", "none")
    }
    assert found == {"council": 200, "assembly": 200, "judges": 404, "task": 404, "staff": 404, "none": 404}
    assert [body.key for body in client.get(reverse("site:bodies")).context["bodies"]] == [
        "council",
        "assembly",
    ]
    assert "every member has a place in it" in page(client, "assembly").content.decode()


def test_an_alternate_who_acts_is_named_and_one_to_come_is_not(client, host, council):
    today = timezone.localdate()
    seat, theirs, _vacant = council.seats.all()
    ada = make_term(person=make_person("Ada", "Alternate"), seat=seat, role="alternate")
    make_call(ada, starts_on=today - 5 * DAY, ends_on=today - DAY, reason="Her illness")
    make_call(ada, starts_on=today + DAY)
    bob = make_term(person=make_person("Bob", "Unnamed"), organisation=make_organisation("Ours"), seat=theirs,
                    role="alternate")  # fmt: skip
    make_call(bob, starts_on=today)

    texts = [page(client, "council", on=(today - n * DAY).isoformat()).content.decode() for n in (6, 1, 0)]

    assert ["its alternate Ada Alternate acts" in text for text in texts] == [False, True, False]
    assert ["an alternate acts for it" in text for text in texts] == [False, False, True]
    assert [word for text in texts for word in ("illness", "Unnamed") if word in text] == []


def test_sessions_are_drawn_as_far_as_everybody_may_know_of_them(client, host):
    body, before = make_body("assembly", flags=["supreme"], meets_every_years=5), timezone.now() - 40 * DAY
    make_open_meeting(body, now=before, starts_at=before + 20 * DAY)
    assert "sessions-svg" not in page(client, "assembly").content.decode()
    body = make_body("council", meets_every_years=5)
    make_open_meeting(body, now=before, starts_at=before + 20 * DAY, audience="public")
    make_meeting(body, audience="public", title_en="A quiet plan")

    text = page(client, "council").content.decode()
    assert ("Due again by" in text, "A quiet plan" in text) == (True, False)


def test_the_rules_in_force_on_the_day_are_shown(client, host, council):
    today = timezone.localdate()
    make_procedure(council, starts_on=today - 9 * DAY, notice_days=14)
    make_procedure(council, starts_on=today - 2 * DAY, notice_days=21)
    texts = [page(client, "council", on=(today - n * DAY).isoformat()).content.decode() for n in (10, 3, 0)]

    assert [[days for days in ("14 days", "21 days") if days in text] for text in texts] == [
        [], ["14 days"], ["21 days"],
    ]  # fmt: skip


def test_powers_are_shown_as_of_the_day_and_delegations_where_published(client, host, council):
    today, assembly = timezone.localdate(), make_body("assembly", flags=["supreme"])
    make_delegation(make_power(assembly, name="Admit members"), council, starts_on=today - 5 * DAY)
    make_delegation(make_power(assembly, name="A quiet matter"), council, is_public=False)
    later = make_power(assembly, name="A later matter")
    make_delegation(later, council, starts_on=today + DAY)

    texts = [page(client, "council", on=(today - n * DAY).isoformat()).content.decode() for n in (6, 0)]

    names = ("Admit members", "A quiet matter", "A later matter")
    assert [[name for name in names if name in text] for text in texts] == [[], ["Admit members"]]
    assert "delegated by Assembly" in texts[1]
    assert "delegated to Council" in page(client, "assembly").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_many_sit(client, host, django_assert_num_queries, count):
    body = make_body("council")
    for _ in range(count):
        make_call(seat=make_term(body).seat, starts_on=timezone.localdate())
        make_seat(body)
        make_delegation(make_power(make_body(f"other-{_}")), body)
    page(client, "council", on="2024-05-01")
    with django_assert_num_queries(13):
        page(client, "council", on="2024-05-02")
