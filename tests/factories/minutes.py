import io
from datetime import timedelta

from secretariat.foundation.files.actions import store_file
from secretariat.governance.ballots.actions import close_ballot
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.meetings.actions import close_meeting, record_arrival
from secretariat.governance.minutes.actions import (
    circulate_minutes,
    close_action,
    draft_minutes,
    enter_resolution,
    publish_resolution,
    set_action,
)
from secretariat.governance.minutes.models import Minutes, Paragraph
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.ballots import as_voter, make_council, make_open_ballot, vote
from tests.factories.meetings import BEGINS, make_assembly, make_current_item, make_open_meeting
from tests.factories.people import make_person

SAID = {"title_en": "Example", "title_zh": "示例", "text_en": "So resolved.", "text_zh": "兹决议。"}
ENDS = BEGINS + timedelta(hours=2)
LATER = ENDS + timedelta(days=1)
TIME_OUT = LATER + timedelta(days=10)


def make_closed_meeting(*, size=3, present=2, minutes_days=10, **kw):
    """A meeting that was held with one item, and who sits in the body; the first so many were there."""
    body, people = make_assembly(size, minutes_days=minutes_days)
    meeting = make_open_meeting(body, present=people[:present], **kw)
    make_current_item(meeting)
    return close_meeting(meeting=meeting, actor=INSTALLER, now=ENDS), people


def make_closed_now(body, present, *, now, hours=3):
    """A meeting of a body that was over a while ago."""
    begins = now - timedelta(hours=hours)
    meeting = make_open_meeting(body, starts_at=begins, now=begins - timedelta(days=30), present=())
    for person in present:
        record_arrival(meeting=meeting, person=person, mode="room", actor=INSTALLER, now=begins)
    make_current_item(meeting, now=begins)
    return close_meeting(meeting=meeting, actor=INSTALLER, now=begins + timedelta(hours=1))


def make_minutes(**kw):
    meeting, people = make_closed_meeting(**kw)
    return draft_minutes(meeting=meeting, actor=INSTALLER, now=LATER), people


def make_circulated(**kw):
    minutes, people = make_minutes(**kw)
    return circulate_minutes(minutes=minutes, until=TIME_OUT, actor=INSTALLER, now=LATER), people


def paragraph_of(minutes, key="attendance", language="en"):
    rows = Paragraph.objects.select_related("minutes__meeting__body")
    return rows.get(minutes=minutes, key=key, language=language)


def fresh(minutes):
    return Minutes.objects.select_related("ref", "meeting__body").get(pk=minutes.pk)


def make_resolution(body=None, people=(), *, now=NOW, published=False, **said):
    """What a body resolved by a ballot that was about no motion."""
    if body is None:
        body, people = make_council(3)
    ballot = make_open_ballot(body, now=now)
    for person in people:
        vote(ballot, person, "yes", now=now)
    close_ballot(ballot=ballot, actor=INSTALLER, now=now)
    ballot = Ballot.objects.select_related("ref", "body", "result").get(pk=ballot.pk)
    row = enter_resolution(ballot=ballot, actor=INSTALLER, now=now, **{**SAID, **said})
    return publish_resolution(resolution=row, actor=INSTALLER, now=now) if published else row


def make_action(resolution, owner=None, *, due_on=TODAY, title="Tell the members", actor=INSTALLER, now=NOW):
    return set_action(
        resolution=resolution, title=title, owner=owner or make_person(account=make_account()), due_on=due_on,
        actor=actor, now=now,
    )  # fmt: skip


def make_evidence(resolution, owner=None, *, name="report.txt", content=b"Done.", now=NOW):
    """The file with which an action of a resolution was closed, by whoever it was given to."""
    task = make_action(resolution, owner, now=now)
    actor = as_voter(task.owner)
    file = store_file(
        stream=io.BytesIO(content), name=name, allowed_types=(), limit=1000, actor=actor, now=now
    )
    close_action(resolution=resolution, task=task, outcome="It is done.", file=file, actor=actor, now=now)
    return file
