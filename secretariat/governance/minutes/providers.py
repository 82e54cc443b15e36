"""What minutes and resolutions tell the question what waits: for whoever was there, and for who keeps them."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.meetings.queries import bodies_led
from secretariat.governance.minutes import queries, rules
from secretariat.governance.minutes.models import Minutes
from secretariat.record.tasks.duties import Door, Duty
from secretariat.record.tasks.queries import end_of

SHOWN = 50


def duties(actor: Actor, door: Door, now: datetime) -> Iterator[Duty]:
    """Minutes to read for oneself; for who keeps them, minutes to draft, answer and adopt, and actions past their day.

    What is one's own to do of a resolution is a task, which tells of itself. Four statements at most.
    """
    if door == "my":
        if rules.is_herself(actor):
            yield from _to_read(actor, now)
            if not actor.has("desk.run") and bodies_led(actor):
                yield from _to_keep(actor, now)
    elif actor.has("desk.run"):
        yield from _to_keep(actor, now)


def _to_read(actor: Actor, now: datetime) -> Iterator[Duty]:
    for minutes in queries.minutes_to_read(actor, now)[:SHOWN]:
        yield Duty(
            key=f"minutes.read:{minutes.pk}", title=_("Read the minutes: %(meeting)s") % {"meeting": minutes},
            path=reverse("my_minutes:one", args=[minutes.ref.number]), due=minutes.silence_ends_at,
            about=str(minutes.meeting.body),
        )  # fmt: skip


def _to_keep(actor: Actor, now: datetime) -> Iterator[Duty]:
    for meeting in queries.meetings_without_minutes(actor)[:SHOWN]:
        yield Duty(
            key=f"minutes.draft:{meeting.pk}", title=_("Draft the minutes: %(meeting)s") % {"meeting": meeting},
            path=reverse("desk_minutes:draft", args=[meeting.ref.number]), about=str(meeting.body),
        )  # fmt: skip
    for minutes in queries.minutes_to_lead(actor)[:SHOWN]:
        if title := _next(minutes, now):
            yield Duty(
                key=f"minutes.keep:{minutes.pk}", title=title % {"meeting": minutes},
                path=reverse("desk_minutes:one", args=[minutes.ref.number]),
                due=minutes.silence_ends_at if minutes.waiting else None, about=str(minutes.meeting.body),
            )  # fmt: skip
    for task in queries.late_actions(actor, localdate(now))[:SHOWN]:
        yield Duty(
            key=f"minutes.action:{task.pk}", title=_("Overdue action: %(title)s") % {"title": task.title},
            path=reverse("desk_minutes:resolution", args=[task.origin.number]), due=end_of(task.due_on),
            about=task.origin.number, owner=str(task.owner or ""),
        )  # fmt: skip


def _next(minutes: Minutes, now: datetime) -> str:
    """What is to be done with minutes next; nothing while they are read."""
    if minutes.state == "draft":
        return _("Circulate the minutes: %(meeting)s")
    if minutes.waiting:
        return _("Answer the corrections of the minutes: %(meeting)s")
    if minutes.silence_ends_at is not None and minutes.silence_ends_at <= now:
        return _("Adopt the minutes: %(meeting)s")
    return ""
