from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.governance.bodies.models import Body
from secretariat.governance.meetings import rules
from secretariat.governance.meetings.actions.locking import lead, locked
from secretariat.governance.meetings.logic import notice_lacking
from secretariat.governance.meetings.models import Meeting
from secretariat.governance.meetings.presence import rules_of
from secretariat.governance.meetings.telling import tell_electorate
from secretariat.registry.refs.actions import next_number, register_ref, update_ref

CHANGEABLE = {
    "title_en", "title_zh", "starts_at", "ends_at", "zone", "how", "place", "link", "audience", "speech_seconds",
}  # fmt: skip
# What those who come must hear of when it changes after they were called.
TOLD = {"starts_at", "ends_at", "zone", "how", "place", "link"}


def plan_meeting(
    *, body: Body, title_en: str, title_zh: str, starts_at: datetime, ends_at: datetime, zone: str = "UTC",
    actor: Actor, now: datetime, **said: Any,
) -> Meeting:  # fmt: skip
    """Plan a meeting of a body; it gets the next number of the year it is held in, ``MTG-2026-001``."""
    require(rules.can_plan(actor, body), _("plan a meeting of this body"))
    _refuse_unknown(said)
    with audit.act("meeting_planned", actor=actor, now=now) as act:
        meeting = Meeting(
            body=body, title_en=title_en, title_zh=title_zh, starts_at=starts_at, ends_at=ends_at, zone=zone, **said
        )  # fmt: skip
        _check(meeting)
        meeting.ref = register_ref(
            kind="meeting", number=next_number(f"MTG-{meeting.day.year}"),
            title={"en": title_en, "zh-hans": title_zh}, state="planned",
        )  # fmt: skip
        meeting.save(force_insert=True)
        act.on(meeting)
    return meeting


def change_meeting(
    *, meeting: Meeting, reason: str = "", actor: Actor, now: datetime, **changes: Any
) -> Meeting:
    """Change a meeting before it opens. Moved to an earlier day, it must keep the notice period anew."""
    require(rules.can_run(actor, meeting), _("change this meeting"))
    _refuse_unknown(changes)
    with audit.act("meeting_changed", actor=actor, now=now, reason=reason) as act:
        meeting = locked(meeting, ["planned", "convened"], _("Changing the meeting"))
        earlier_day = meeting.day
        changed = sorted(name for name, value in changes.items() if getattr(meeting, name) != value)
        for name in changed:
            setattr(meeting, name, changes[name])
        _check(meeting)
        if meeting.state == "convened" and meeting.day < earlier_day:
            _hold_to_notice(meeting, reason, now)
        meeting.save(update_fields=[*changed, "short_notice"])
        update_ref(ref_id=meeting.ref_id, title={"en": meeting.title_en, "zh-hans": meeting.title_zh})
        act.on(meeting, fields=changed)
        if meeting.state == "convened" and TOLD.intersection(changed):
            tell_electorate(meeting, "meeting_moved", now)
    return meeting


def convene(*, meeting: Meeting, reason: str = "", actor: Actor, now: datetime) -> Meeting:
    """Call a body together: everybody who votes there is told.

    ValueError where the notice is shorter than the rules of procedure of that day ask for and no ``reason`` is given.
    """
    require(rules.can_run(actor, meeting), _("convene this meeting"))
    with audit.act("meeting_convened", actor=actor, now=now, reason=reason) as act:
        meeting = locked(meeting, ["planned"], _("Convening the meeting"))
        if meeting.starts_at <= now:
            raise ValueError(_("This meeting would have begun already: give it another time first."))
        lacking = _hold_to_notice(meeting, reason, now)
        lead(meeting, "convened", convened_at=now, short_notice=meeting.short_notice)
        act.on(meeting, lacking=lacking)
        tell_electorate(meeting, "meeting_convened", now)
    return meeting


def cancel_meeting(*, meeting: Meeting, reason: str, actor: Actor, now: datetime) -> Meeting:
    """Cancel a meeting before it opens, with a reason; who was called is told."""
    require(rules.can_run(actor, meeting), _("cancel this meeting"))
    if not reason.strip():
        raise ValueError(_("A meeting is cancelled with a reason."))
    with audit.act("meeting_cancelled", actor=actor, now=now, reason=reason) as act:
        meeting = locked(meeting, ["planned", "convened"], _("Cancelling the meeting"))
        was_called = meeting.state == "convened"
        lead(meeting, "cancelled", ended_at=now, reason=reason)
        act.on(meeting)
        if was_called:
            tell_electorate(meeting, "meeting_cancelled", now, reason=reason)
    return meeting


def _hold_to_notice(meeting: Meeting, reason: str, now: datetime) -> int:
    """Refuse short notice without a reason, and keep the reason; returns how many days are missing."""
    days = rules_of(meeting).notice_days
    lacking = notice_lacking(meeting.day_of(now), meeting.day, days)
    if lacking and not reason.strip():
        raise ValueError(
            ngettext(
                "The rules of procedure ask for %(days)s days of notice, and %(lacking)s day is missing: say why.",
                "The rules of procedure ask for %(days)s days of notice, and %(lacking)s days are missing: say why.",
                lacking,
            )
            % {"days": days, "lacking": lacking}
        )
    meeting.short_notice = reason.strip() if lacking else ""
    return lacking


def _refuse_unknown(said: dict[str, Any]) -> None:
    if unknown := said.keys() - CHANGEABLE:
        raise ValueError(f"A meeting has no {', '.join(sorted(unknown))}.")


def _check(meeting: Meeting) -> None:
    if not meeting.title_en.strip() or not meeting.title_zh.strip():
        raise ValueError(_("A meeting has a title in English and in Chinese."))
    if meeting.zone not in available_timezones():
        raise ValueError(_("“%(zone)s” is no time zone.") % {"zone": meeting.zone})
    if meeting.ends_at <= meeting.starts_at:
        raise ValueError(_("A meeting ends after it begins."))
