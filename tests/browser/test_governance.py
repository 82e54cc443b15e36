"""The pages of bodies, meetings, motions, ballots, minutes and members in Chromium, before axe."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from secretariat.governance.meetings import actions
from secretariat.governance.minutes.actions import circulate_minutes, draft_minutes, propose_correction
from tests.browser.conftest import HOST
from tests.factories.accounts import INSTALLER, make_account
from tests.factories.admissions import make_inquiry, make_prospect, make_ready_application
from tests.factories.ballots import as_voter, make_council, make_procedure
from tests.factories.meetings import give_proxy, make_convened_meeting, make_item
from tests.factories.minutes import make_action, make_closed_now, make_resolution, paragraph_of
from tests.factories.motions import make_amendment, make_motion
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def make_sitting(body, people, now):
    """An open meeting at an item on which a vote is open, with a proxy given and the floor asked for."""
    meeting = make_convened_meeting(body, starts_at=now + timedelta(minutes=1), now=now, reason="At once.")
    for person in people[:3]:
        actions.record_arrival(meeting=meeting, person=person, actor=INSTALLER, now=now)
    give_proxy(meeting, people[3], people[1], now=now)
    meeting = actions.open_meeting(meeting=meeting, actor=INSTALLER, now=now)
    item = actions.take_up(item=make_item(meeting, now=now), actor=INSTALLER, now=now)
    actions.ask_for_floor(item=item, person=people[1], stance="comment", actor=INSTALLER, now=now)
    actions.recuse(item=item, person=people[2], reason="Related", actor=INSTALLER, now=now)
    return meeting, actions.put_to_the_vote(item=item, actor=INSTALLER, now=now)


def make_circulated(body, people, now):
    """Minutes that a member wants to read otherwise."""
    held = make_closed_now(body, people[:2], now=now)
    minutes = draft_minutes(meeting=held, actor=INSTALLER, now=now)
    circulate_minutes(minutes=minutes, until=now + timedelta(days=20), actor=INSTALLER, now=now)
    propose_correction(
        paragraph=paragraph_of(minutes), text="Otherwise.", reason="It was so.", actor=as_voter(people[1]), now=now
    )  # fmt: skip
    return minutes


@pytest.fixture
def pages():
    """Every page of the wing with something on it, by who looks at it."""
    now = timezone.now()
    body, people = make_council(4)
    make_procedure(body, starts_on=now.date() - timedelta(days=400), proxies_each=1)
    minutes = make_circulated(body, people, now)
    resolution = make_resolution(body, people, published=True)
    make_action(resolution, people[1])
    motion = make_motion(body, people[1], now=now)
    make_amendment(motion, people[2], paragraph=2, now=now)
    applicant = make_person(account=make_account())
    application = make_ready_application(person=applicant, now=now)
    make_inquiry(application, now=now)
    make_prospect()
    meeting, ballot = make_sitting(body, people, now)
    things = {"meeting": meeting, "ballot": ballot, "motion": motion, "minutes": minutes, "body": body,
              "resolution": resolution, "application": application}  # fmt: skip

    def at(names):
        """Addresses by name; after a space, what each is about."""
        pairs = [[*name.split(), None][:2] for name in names]
        return [reverse(name, args=[things[of].ref.number] if of else []) for name, of in pairs]

    staff, member, hopeful = Client(), Client(), Client()
    sign_in_with(staff, "desk.run", "desk.read")
    member.force_login(people[1].account)
    hopeful.force_login(applicant.account)
    own = [*at(OWN), reverse("my_admissions:application", args=[application.ref.number])]
    return [(staff, at(DESK)), (member, own[:-1]), (hopeful, own[-1:]), (Client(), at(PUBLIC))]


DESK = (
    "desk_bodies:bodies", "desk_bodies:terms", "desk_bodies:body body",
    "desk_meetings:meetings", "desk_meetings:meeting meeting", "desk_meetings:run meeting",
    "desk_meetings:screen meeting", "desk_meetings:attendance meeting",
    "desk_motions:motions", "desk_motions:motion motion", "desk_motions:requirements",
    "desk_ballots:ballots", "desk_ballots:ballot ballot", "desk_ballots:call ballot", "desk_ballots:roll ballot",
    "desk_ballots:screen ballot", "desk_minutes:minutes", "desk_minutes:one minutes",
    "desk_minutes:resolutions", "desk_minutes:resolution resolution", "desk_membership:members",
    "desk_admissions:applications", "desk_admissions:application application", "desk_admissions:prospects",
)  # fmt: skip
OWN = (
    "my_meetings:meetings", "my_meetings:meeting meeting", "my_motions:motions", "my_motions:motion motion",
    "my_ballots:ballots", "my_ballots:ballot ballot", "my_minutes:minutes", "my_minutes:one minutes",
    "my_minutes:resolution resolution", "my_admissions:applications",
)  # fmt: skip
PUBLIC = (
    "site:bodies", "site:meetings", "site:motions", "site:resolutions", "site:resolution resolution",
    "site:members", "site:figures",
)  # fmt: skip


def wrong_on(page, path):
    """What is wrong with a page: no answer, what axe finds serious, complaints, what sticks out."""
    page.complaints.clear()
    status = page.goto(HOST + path).status
    found = Axe().run(page).response["violations"]
    serious = [
        (v["id"], [n["html"] for n in v["nodes"]][:3])
        for v in found
        if v["impact"] in {"serious", "critical"}
    ]
    wide = page.evaluate(OVERFLOW) > 0
    return [*serious, *page.complaints, *(["overflow"] if wide else []), *([status] if status != 200 else [])]


# One page of each kind: a thing, a form, a list of things to do in the room, a screen, a text, figures.
NARROW = (
    "desk_bodies:body", "desk_meetings:run", "desk_meetings:attendance", "desk_motions:motion",
    "desk_motions:requirements", "desk_minutes:one", "desk_admissions:application",
    "my_meetings:meeting", "my_ballots:ballot", "site:resolution", "site:figures",
)  # fmt: skip


PHONE = {"locale": "zh-CN", "width": 360, "height": 780, "color_scheme": "dark"}


def test_every_page_is_readable_by_everybody(drive, pages):
    """All of them at the desk's width, and of each kind one on a phone, in Chinese and by night."""
    found = {}
    for client, paths in pages:
        for width, chosen, window in (
            ("desk", paths, {}),
            ("phone", [path for path in paths if resolve(path).view_name in NARROW], PHONE),
        ):

            def look(page, width=width, chosen=chosen):
                return {(width, path): wrong for path in chosen if (wrong := wrong_on(page, path))}

            found |= drive(look, client=client, **window)
    assert found == {}
