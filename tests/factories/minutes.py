from datetime import timedelta

from secretariat.governance.meetings.actions import close_meeting
from secretariat.governance.minutes.actions import circulate_minutes, draft_minutes
from secretariat.governance.minutes.models import Minutes, Paragraph
from tests.factories.accounts import INSTALLER
from tests.factories.meetings import BEGINS, make_assembly, make_current_item, make_open_meeting

ENDS = BEGINS + timedelta(hours=2)
LATER = ENDS + timedelta(days=1)
TIME_OUT = LATER + timedelta(days=10)


def make_closed_meeting(*, size=3, present=2, **kw):
    """A meeting that was held with one item, and who sits in the body; the first so many were there."""
    body, people = make_assembly(size)
    meeting = make_open_meeting(body, present=people[:present], **kw)
    make_current_item(meeting)
    return close_meeting(meeting=meeting, actor=INSTALLER, now=ENDS), people


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
