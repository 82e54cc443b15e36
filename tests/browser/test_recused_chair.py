"""In Chromium: a chair who is recused on an item leaves the chair to her deputy, and takes it again after it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.governance.meetings.actions import open_meeting, record_arrival
from secretariat.governance.minutes.models import Paragraph
from tests.browser.conftest import HOST
from tests.factories.accounts import INSTALLER, make_account
from tests.factories.ballots import make_procedure
from tests.factories.bodies import make_body, make_term
from tests.factories.meetings import make_convened_meeting, make_item
from tests.factories.people import make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
ROLES = {"chair": "Chair", "vice_chair": "Deputy", "member": "Member"}


@pytest.fixture
def meeting():
    """An open meeting with two items, of a body whose rules let a vice-chair preside, with everybody in the room."""
    now = timezone.now()
    body = make_body(flags=("executive", "decides"))
    people = {role: make_person("Example", name, account=make_account()) for role, name in ROLES.items()}
    for role, person in people.items():
        make_term(body, person, role=role)
    make_procedure(body, starts_on=now.date() - timedelta(days=400))
    meeting = make_convened_meeting(body, starts_at=now + timedelta(minutes=1), now=now, reason="At once.")
    for title in ("Her own firm", "Anything else"):
        make_item(meeting, title_en=title, title_zh="示例", now=now)
    for person in people.values():
        record_arrival(meeting=meeting, person=person, actor=INSTALLER, now=now)
    return open_meeting(meeting=meeting, actor=INSTALLER, now=now), people


def client_of(person):
    client = Client()
    client.force_login(person.account)
    return client


def presiding_at(page, at):
    """Who presides as the page of the running meeting, the projector and the member's page say."""
    told = []
    for name in ("desk_meetings:run", "desk_meetings:screen", "desk_meetings:meeting"):
        page.goto(at(name))
        told.append(
            [who for who in ROLES.values() if f"In the chair Example {who}" in words(page).replace(":", "")]
        )
    return told


def words(page):
    return " ".join(page.inner_text("main").split())


def step_aside(at):
    def walk(page):
        page.goto(at("desk_meetings:run"))
        page.get_by_role("button", name="Next: 1 Her own firm").click()
        page.locator("summary", has_text="Recuse somebody").click()
        recusing = page.locator("details", has_text="Recuse somebody")
        recusing.get_by_label("Person").select_option(label="Example Chair")
        recusing.get_by_label("Reason").fill("The firm is hers.")
        recusing.get_by_role("button", name="Recuse").click()
        page.get_by_role("heading", name="Recused on this item").wait_for()
        led = words(page), page.get_by_role("button", name="Finish this item").count()
        page.goto(at("my_meetings:meeting"))
        return *led, words(page), page.complaints

    return walk


def preside(at):
    def walk(page):
        told = presiding_at(page, at)
        page.goto(at("desk_meetings:run"))
        page.get_by_role("button", name="Finish this item").click()
        page.wait_for_url("**/my/meetings/**")  # her page again: with the item, the chair is no longer hers
        return told, page.get_by_role("link", name="Run the meeting").count(), page.complaints

    return walk


def preside_again(at):
    def walk(page):
        page.goto(at("desk_meetings:run"))
        page.get_by_role("button", name="Next: 2 Anything else").click()
        page.get_by_role("heading", name="2 Anything else").wait_for()
        told = presiding_at(page, at)
        page.goto(at("desk_meetings:run"))
        page.locator("summary", has_text="Close the meeting").click()
        page.get_by_role("button", name="Close the meeting").click()
        page.get_by_role("link", name="Draft the minutes").click()
        page.get_by_role("button", name="Draft them").click()
        page.get_by_role("link", name="Circulate").wait_for()
        return told, words(page)

    return walk


def test_a_recused_chair_leaves_the_chair_for_one_item(drive, meeting):
    meeting, people = meeting
    chair, deputy = client_of(people["chair"]), client_of(people["vice_chair"])

    def at(name):
        return HOST + reverse(name, args=[meeting.ref.number])

    run, ways, own, complaints = drive(step_aside(at), client=chair)
    assert "You hold the chair once you are there, unless you are recused on the item." in run
    assert (ways, complaints) == (0, [])
    assert "You take no part in this item. The firm is hers." in own

    assert drive(preside(at), client=deputy) == ([["Deputy"]] * 3, 0, [])

    told, hers = drive(preside_again(at), client=chair)
    assert told == [["Chair"]] * 3
    assert "what was said on it is not shown to you: Her own firm" in hers
    assert "In the chair: Example Deputy" not in hers and "The firm is hers." not in hers
    items = Paragraph.objects.filter(item__isnull=False, language="en").order_by("position")
    first, second = (" ".join(row.text.split()) for row in items)
    assert "In the chair: Example Chair. In the chair: Example Deputy." in first
    assert "Example Chair took no part in it, for this reason: The firm is hers." in first
    assert "In the chair: Example Chair." in second and "Deputy" not in second
