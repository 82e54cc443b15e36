from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.audit import actions as audit
from secretariat.governance.bodies import actions as bodies
from secretariat.governance.bodies.models import CallIn, Term
from secretariat.governance.meetings.actions.chairing import pass_chair
from secretariat.governance.meetings.actions.locking import locked
from secretariat.governance.meetings.models import Meeting

BEFORE_THE_END = ("planned", "convened", "open")


def call_in_alternate(*, meeting: Meeting, term: Term, reason: str, actor: Actor, now: datetime) -> CallIn:
    """Let the alternate of a seat act for it in this meeting, with a reason. A ballot that is open keeps its roll.

    Who may, is said by the rules of bodies: the desk, the chair, the secretary, and the holder of the seat.
    """
    with audit.act("meeting_alternate_called_in", actor=actor, now=now) as act:
        meeting = locked(meeting, BEFORE_THE_END, _("Calling an alternate in"))
        if term.seat.body_id != meeting.body_id:
            raise ValueError(_("This is no alternate of the body that meets."))
        call = bodies.call_in(
            term=term, starts_on=meeting.day, ends_on=meeting.day_of(meeting.ends_at), reason=reason,
            occasion=meeting.ref, actor=actor, now=now,
        )  # fmt: skip
        act.on(meeting, person=term.person_id, seat=term.seat.key)
        pass_chair(meeting=meeting, actor=actor, now=now)
    return call


def call_off_alternate(*, meeting: Meeting, call: CallIn, reason: str, actor: Actor, now: datetime) -> CallIn:
    """Call an alternate off before the meeting is over, with a reason: the holder acts again."""
    with audit.act("meeting_alternate_called_off", actor=actor, now=now) as act:
        meeting = locked(meeting, BEFORE_THE_END, _("Calling an alternate off"))
        call = bodies.call_off(call=call, reason=reason, actor=actor, now=now)
        act.on(meeting, person=call.term.person_id, seat=call.term.seat.key)
        pass_chair(meeting=meeting, actor=actor, now=now)
    return call
