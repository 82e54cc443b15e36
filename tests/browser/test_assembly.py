"""An Assembly of 140 in Chromium: quorum with proxies, an amendment, a roll call; minutes corrected and adopted."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.governance.ballots.actions import cast_vote
from secretariat.governance.ballots.models import Ballot, RollLine
from secretariat.governance.meetings.actions import record_arrival
from secretariat.governance.minutes.models import Minutes, Resolution
from secretariat.registry.people.models import Person
from tests.browser.conftest import HOST
from tests.factories.accounts import INSTALLER
from tests.factories.ballots import as_voter, make_council, make_procedure
from tests.factories.meetings import give_proxy, make_convened_meeting, make_item, make_open_meeting
from tests.factories.motions import make_amendment, make_motion
from tests.factories.staff import sign_in_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# Those who came are no quorum of 71 without the votes that the absent gave them.
SIZE, THERE, PROXIES = 140, 70, 7


def address(name, thing):
    return HOST + reverse(name, args=[thing.ref.number])


@pytest.fixture
def assembly():
    """A convened meeting with a motion and an amendment of it on the agenda, and who sits in the body."""
    now = timezone.now()
    body, people = make_council(SIZE)
    make_procedure(body, starts_on=now.date() - timedelta(days=400), proxies_each=1)
    meeting = make_convened_meeting(body, starts_at=now + timedelta(minutes=1), now=now, reason="At once.")
    for person in people[:THERE]:
        record_arrival(meeting=meeting, person=person, actor=INSTALLER, now=now)
    for giver, holder in zip(people[-PROXIES:], people[1:], strict=False):
        give_proxy(meeting, giver, holder, now=now)
    motion = make_motion(body, people[1], now=now)
    make_amendment(motion, people[2], paragraph=2, now=now)
    make_item(meeting, title_en="On words", title_zh="关于文字", subject=motion.ref, now=now)
    return meeting, motion, people


def vote_of_all(ballot):
    """Everybody who is there votes, for whom she holds a proxy too; the last of the roll says otherwise."""
    there = RollLine.objects.filter(ballot=ballot, voter__isnull=False, is_present=True)
    lines = list(there.select_related("ballot").order_by("position"))
    people = Person.objects.in_bulk([line.voter_id for line in lines])
    for line in lines:
        said = "no" if line == lines[-1] else "yes"
        cast_vote(line=line, choice=said, actor=as_voter(people[line.voter_id]), now=timezone.now())
    return len(lines)


def put_to_the_vote(page, motion, method):
    page.goto(address("desk_motions:motion", motion))
    page.get_by_role("link", name="Put to the vote").first.click()
    page.get_by_label("Method").select_option(method)
    page.get_by_role("button", name="Put to the vote").click()
    page.wait_for_url("**/desk/ballots/**")


def close_and_count(page):
    page.get_by_role("button", name="Close and count").click()
    page.get_by_text("Digest of the result").wait_for()
    return page.inner_text("main")


def amend(meeting, motion):
    def walk(page):
        page.goto(address("desk_meetings:meeting", meeting))
        page.get_by_role("button", name="Open the meeting").click()
        page.get_by_role("button", name="Take up").first.click()
        there = page.locator(".quorum").first.inner_text()
        put_to_the_vote(page, motion, "hands")
        for choice, hands in {"Yes": 76, "No": 1, "Abstentions": 0}.items():
            page.get_by_label(choice, exact=True).fill(str(hands))
        page.get_by_role("button", name="Keep the count").click()
        page.get_by_text("Done.").wait_for()
        counted = close_and_count(page)
        put_to_the_vote(page, motion, "roll_call")
        return there, counted, page.complaints

    return walk


def write(meeting, ballot):
    def walk(page):
        page.goto(address("desk_ballots:ballot", ballot))
        close_and_count(page)
        page.goto(address("desk_meetings:run", meeting))
        page.locator("summary", has_text="Close the meeting").click()
        page.get_by_role("button", name="Close the meeting").click()
        page.get_by_role("link", name="Draft the minutes").click()
        page.get_by_role("button", name="Draft them").click()
        # What only a screen reader is told is a box of its own: whether a space parts it is the browser's to say.
        page.get_by_role("link", name=re.compile("Edit ?: Opening")).click()
        page.get_by_label("Text").fill("The assembly met.")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Circulate").click()
        page.get_by_role("button", name="Circulate").click()
        page.get_by_role("link", name="Adopt", exact=True).wait_for()
        return page.inner_text("main"), page.complaints

    return walk


def correct(minutes):
    def walk(page):
        page.goto(address("my_minutes:one", minutes))
        page.get_by_role("link", name=re.compile("Ask for a correction ?: Opening")).click()
        page.get_by_label("How it should read").fill("The assembly met in good order.")
        page.get_by_role("button", name="Ask for it").click()
        page.get_by_text("Your correction").wait_for()
        return page.complaints

    return walk


def adopt(minutes, later):
    def walk(page):
        page.goto(address("desk_minutes:one", minutes))
        page.get_by_role("button", name="Take it").click()
        page.get_by_text("The assembly met in good order.").first.wait_for()
        page.get_by_role("link", name="Adopt", exact=True).click()
        page.get_by_label(later.ref.number).check()
        page.get_by_role("button", name="Adopt").click()
        page.locator(".digest-whole").wait_for()
        return page.inner_text("main"), page.complaints

    return walk


def test_an_assembly_decides_and_adopts_its_minutes(drive, assembly):
    meeting, motion, people = assembly
    desk, member = Client(), Client()
    sign_in_with(desk, "desk.run")
    member.force_login(people[3].account)

    there, counted, complaints = drive(amend(meeting, motion), client=desk)
    assert "77 of 140 there" in there and "Quorum 71 is reached." in there and "by proxy 7" in there
    assert "adopted" in counted and complaints == []
    ballot = Ballot.objects.select_related("ref").get(state="open")
    assert vote_of_all(ballot) == THERE + PROXIES

    text, complaints = drive(write(meeting, ballot), client=desk)
    resolution = Resolution.objects.get()
    assert "Other words." in resolution.text_en
    said = (
        "The assembly met.",
        "paragraph 2: adopted",
        "76 yes, 1 no",
        f"Against: {people[-1]}.",
        resolution.code,
    )
    assert [words for words in said if words not in text] == [] and complaints == []

    minutes = Minutes.objects.select_related("ref").get()
    assert drive(correct(minutes), client=member, width=360) == []
    now = timezone.now()
    later = make_open_meeting(meeting.body, starts_at=now + timedelta(minutes=1), now=now, reason="At once.")
    text, complaints = drive(adopt(minutes, later), client=desk)
    minutes.refresh_from_db()
    assert minutes.state == "adopted" and complaints == []
    assert minutes.digest in text and later.ref.number in text
