from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.notices.actions import tell
from secretariat.governance.meetings.models import Meeting
from secretariat.governance.minutes import rules
from secretariat.governance.minutes.actions.locking import lead, locked
from secretariat.governance.minutes.models import Correction, Minutes
from secretariat.governance.minutes.queries import accounts_there, minutes_digest
from secretariat.governance.minutes.states import Way


def circulate_minutes(*, minutes: Minutes, until: datetime, actor: Actor, now: datetime) -> Minutes:
    """Hand the minutes to whoever was at the meeting, to be read and corrected until a moment."""
    require(rules.can_keep(actor, minutes.meeting.body), _("circulate these minutes"))
    with audit.act("minutes_circulated", actor=actor, now=now) as act:
        minutes = locked(minutes, ["draft"], _("Circulating the minutes"))
        if until <= now:
            raise ValueError(_("There must be time to read them: choose a later moment."))
        lead(minutes, "circulated", circulated_at=now, silence_ends_at=until)
        act.on(minutes, until=until.isoformat())
        _tell_who_was_there(minutes, "minutes_circulated", now)
    return minutes


def adopt_by_silence(*, minutes: Minutes, actor: Actor, now: datetime) -> Minutes:
    """Adopt minutes against which nothing stands any more when their time has run out."""
    require(rules.can_keep(actor, minutes.meeting.body), _("adopt these minutes"))
    return _adopt(minutes, Way.SILENCE, None, actor, now)


def adopt_at_meeting(*, minutes: Minutes, meeting: Meeting, actor: Actor, now: datetime) -> Minutes:
    """Adopt minutes as a later meeting of the body has decided."""
    require(rules.can_keep(actor, minutes.meeting.body), _("adopt these minutes"))
    return _adopt(minutes, Way.MEETING, meeting, actor, now)


def _adopt(minutes: Minutes, how: str, meeting: Meeting | None, actor: Actor, now: datetime) -> Minutes:
    with audit.act("minutes_adopted", actor=actor, now=now) as act:
        minutes = locked(minutes, ["circulated"], _("Adopting the minutes"))
        if meeting is None and minutes.silence_ends_at is not None and now < minutes.silence_ends_at:
            raise WrongState(
                _("They can be corrected still: nobody's silence counts before that time is over.")
            )
        if meeting is not None and not _is_later(meeting, minutes):
            raise ValueError(_("Minutes are adopted at a later meeting of the same body that was opened."))
        if Correction.objects.filter(paragraph__minutes=minutes, state="proposed").exists():
            raise WrongState(_("Corrections wait for an answer: take or refuse them first."))
        digest = minutes_digest(minutes)
        payload: dict[str, Any] = {
            "kind": "minutes_adopted", "minutes": minutes.ref.number, "meeting": minutes.meeting.ref.number,
            "digest": digest, "how": str(how), "at": now.isoformat(),
        }  # fmt: skip
        audit.pledge(act, subject=minutes, payload=payload)
        lead(minutes, "adopted", adopted_at=now, adopted_how=how, adopting=meeting, digest=digest)
        act.on(minutes, digest=digest)
        _tell_who_was_there(minutes, "minutes_adopted", now)
    return minutes


def _is_later(meeting: Meeting, minutes: Minutes) -> bool:
    ended = minutes.meeting.ended_at
    return (
        meeting.body_id == minutes.meeting.body_id
        and meeting.opened_at is not None
        and ended is not None
        and meeting.opened_at >= ended
    )


def _tell_who_was_there(minutes: Minutes, kind: str, now: datetime) -> None:
    meeting = minutes.meeting
    tell(
        accounts=accounts_there(meeting), kind=kind, subject_id=minutes.pk, now=now, number=minutes.ref.number,
        meeting={"en": meeting.title_en, "zh": meeting.title_zh},
    )  # fmt: skip
