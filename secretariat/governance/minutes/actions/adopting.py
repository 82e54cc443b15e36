from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.notices.actions import tell
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.meetings.models import Meeting
from secretariat.governance.meetings.queries import rules_of
from secretariat.governance.minutes import rules
from secretariat.governance.minutes.actions.locking import lead, locked
from secretariat.governance.minutes.models import Correction, Minutes
from secretariat.governance.minutes.queries import (
    accounts_there,
    adopts,
    meetings_after,
    minutes_digest,
    minutes_due,
)
from secretariat.governance.minutes.states import Way


def circulate_minutes(*, minutes: Minutes, until: datetime, actor: Actor, now: datetime) -> Minutes:
    """Hand the minutes to whoever was at the meeting, to be read and corrected until a moment."""
    require(rules.can_keep(actor, minutes.meeting.body), _("circulate these minutes"))
    with audit.act("minutes_circulated", actor=actor, now=now) as act:
        minutes = locked(minutes, ["draft"], _("Circulating the minutes"))
        if until <= now:
            raise ValueError(_("There must be time to read them: choose a later moment."))
        days = rules_of(minutes.meeting).minutes_days
        if days is not None and until < now + timedelta(days=days):
            raise ValueError(_("The rules of procedure give %(days)s days to read them.") % {"days": days})
        lead(minutes, "circulated", circulated_at=now, silence_ends_at=until)
        act.on(minutes, until=until.isoformat())
        _tell_who_was_there(minutes, "minutes_circulated", now)
    return minutes


def adopt_by_silence(*, minutes: Minutes, actor: Actor, now: datetime) -> Minutes:
    """Adopt minutes against which nothing stands any more when their time has run out, if the body's rules say so."""
    require(rules.can_keep(actor, minutes.meeting.body), _("adopt these minutes"))
    return _adopt(minutes, Way.SILENCE, actor, now)


def adopt_due_minutes(*, minutes: Minutes, actor: Actor, now: datetime) -> Minutes | None:
    """Adopt by silence what is due; minutes corrected, adopted or kept for a meeting meanwhile are left alone."""
    with transaction.atomic():
        due = minutes_due(now).select_for_update(of=("self",)).select_related("ref", "meeting__body")
        found = due.filter(pk=minutes.pk).first()
        if found is None or rules_of(found.meeting).minutes_days is None:
            return None
        return _adopt(found, Way.SILENCE, actor, now)


def adopt_at_meeting(
    *, minutes: Minutes, meeting: Meeting, ballot: Ballot | None = None, actor: Actor, now: datetime
) -> Minutes:
    """Adopt minutes as a later meeting of the body has decided: by a ballot, or without one where nobody objected."""
    require(rules.can_keep(actor, minutes.meeting.body), _("adopt these minutes"))
    return _adopt(minutes, Way.MEETING, actor, now, meeting, ballot)


def _adopt(
    minutes: Minutes, how: str, actor: Actor, now: datetime, meeting: Meeting | None = None,
    ballot: Ballot | None = None,
) -> Minutes:  # fmt: skip
    with audit.act("minutes_adopted", actor=actor, now=now) as act:
        minutes = locked(minutes, ["circulated"], _("Adopting the minutes"))
        _check(minutes, meeting, ballot, now)
        digest = minutes_digest(minutes)
        payload: dict[str, Any] = {
            "kind": "minutes_adopted", "minutes": minutes.ref.number, "meeting": minutes.meeting.ref.number,
            "digest": digest, "how": str(how), "at": now.isoformat(),
            **({"ballot": ballot.ref.number} if ballot else {}),
        }  # fmt: skip
        audit.pledge(act, subject=minutes, payload=payload)
        said = {"adopted_how": how, "adopting": meeting, "ballot": ballot, "digest": digest}
        lead(minutes, "adopted", adopted_at=now, **said)
        act.on(minutes, digest=digest)
        _tell_who_was_there(minutes, "minutes_adopted", now)
    return minutes


def _check(minutes: Minutes, meeting: Meeting | None, ballot: Ballot | None, now: datetime) -> None:
    """Refuse what may not be adopted so, or not yet."""
    if meeting is None and rules_of(minutes.meeting).minutes_days is None:
        raise WrongState(_("By the rules of procedure of this body a later meeting adopts the minutes."))
    if meeting is None and minutes.silence_ends_at is not None and now < minutes.silence_ends_at:
        raise WrongState(_("They can be corrected still: nobody's silence counts before that time is over."))
    if meeting is not None and not meetings_after(minutes).filter(pk=meeting.pk).exists():
        raise ValueError(_("Minutes are adopted at a later meeting of the same body that was opened."))
    if ballot is not None and not adopts(ballot, meeting):
        raise ValueError(_("The ballot that adopts minutes was held at that meeting, and carried."))
    if Correction.objects.filter(paragraph__minutes=minutes, state="proposed").exists():
        raise WrongState(_("Corrections wait for an answer: take or refuse them first."))


def _tell_who_was_there(minutes: Minutes, kind: str, now: datetime) -> None:
    meeting = minutes.meeting
    tell(
        accounts=accounts_there(meeting), kind=kind, subject_id=minutes.pk, now=now, number=minutes.ref.number,
        meeting={"en": meeting.title_en, "zh": meeting.title_zh},
    )  # fmt: skip
