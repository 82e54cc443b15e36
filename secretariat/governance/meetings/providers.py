"""What meetings tell the questions that every wing asks: what waits for somebody, and who hears of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.models import Procedure
from secretariat.governance.ballots.queries import procedures_on
from secretariat.governance.meetings.models import Attendance, Meeting, Proxy
from secretariat.governance.meetings.queries import bodies_belonged_to, bodies_led, visible_meetings
from secretariat.governance.meetings.rules import is_herself
from secretariat.record.tasks.duties import Door, Duty


def duties(actor: Actor, door: Door, now: datetime) -> Iterator[Duty]:
    """A proxy to answer, a meeting to come to; at the desk, a meeting to be called in time."""
    if door == "desk":
        yield from _to_convene(actor)
    elif is_herself(actor):
        yield from _mine(actor)


def _mine(actor: Actor) -> Iterator[Duty]:
    offered = Proxy.objects.filter(
        holder=actor.person_id, state="offered", meeting__state__in=["convened", "open"]
    )
    for proxy in offered.select_related("meeting__ref", "meeting__body", "giver"):
        yield Duty(
            key=f"meetings.proxy:{proxy.pk}", title=_("Answer the proxy of %(giver)s") % {"giver": proxy.giver},
            path=_path("my", proxy.meeting), due=proxy.meeting.starts_at, about=str(proxy.meeting),
        )  # fmt: skip
    here = Attendance.objects.filter(meeting=OuterRef("pk"), person=actor.person_id)
    rows = Meeting.objects.filter(~Exists(here), body__in=bodies_belonged_to(actor), state="open")
    for meeting in rows.select_related("ref", "body"):
        yield Duty(
            key=f"meetings.come:{meeting.pk}", title=_("Your meeting is open: say that you are there"),
            path=_path("my", meeting), due=meeting.starts_at, about=str(meeting),
        )  # fmt: skip


def _to_convene(actor: Actor) -> Iterator[Duty]:
    """Planned meetings, due on the last day on which the notice is kept. Two statements."""
    rows = Meeting.objects.filter(state="planned").select_related("ref", "body")
    if not actor.has("desk.run"):
        rows = rows.filter(body__in=bodies_led(actor))
    meetings = list(rows)
    found = procedures_on({(meeting.body_id, meeting.day) for meeting in meetings}) if meetings else {}
    for meeting in meetings:
        rule = found.get((meeting.body_id, meeting.day)) or Procedure()
        yield Duty(
            key=f"meetings.convene:{meeting.pk}", title=_("Convene: %(meeting)s") % {"meeting": meeting},
            path=_path("desk", meeting), due=meeting.starts_at - timedelta(days=rule.notice_days),
            about=str(meeting.body),
        )  # fmt: skip


def _path(door: Door, meeting: Meeting) -> str:
    return reverse(f"{door}_meetings:meeting", args=[meeting.ref.number])


def hears_meeting(actor: Actor, meeting: UUID | None) -> bool:
    """Whoever may see a meeting from within hears of it."""
    return meeting is not None and visible_meetings(actor).filter(pk=meeting).exists()
