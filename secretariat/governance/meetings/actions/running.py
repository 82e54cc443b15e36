from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.governance.ballots.actions import declare_ballot, open_ballot
from secretariat.governance.ballots.asking import declare_about, has_question
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.meetings import rules
from secretariat.governance.meetings.actions.chairing import pass_chair, refuse_during_ballot
from secretariat.governance.meetings.actions.locking import lead, locked, locked_item
from secretariat.governance.meetings.actions.speaking import end_speeches
from secretariat.governance.meetings.models import AgendaItem, Attendance, ItemBallot, Meeting
from secretariat.governance.meetings.presence import current_item
from secretariat.governance.meetings.queries.meetings import meeting_in_session, open_meeting_of
from secretariat.governance.meetings.queries.room import may_attend, places_for
from secretariat.governance.meetings.states import How, Mode


def open_meeting(*, meeting: Meeting, actor: Actor, now: datetime) -> Meeting:
    """Open a meeting. A member who opens it is there, whether or not she said so."""
    require(rules.can_run(actor, meeting), _("open this meeting"))
    with audit.act("meeting_opened", actor=actor, now=now) as act:
        meeting = locked(meeting, ["convened"], _("Opening the meeting"))
        if open_meeting_of(meeting.body) is not None:
            raise ValueError(_("This body holds another meeting at this moment."))
        lead(meeting, "open", opened_at=now)
        if rules.is_herself(actor) and may_attend(actor, meeting):
            mode = Mode.REMOTE if meeting.how == How.REMOTE else Mode.ROOM
            Attendance.objects.get_or_create(
                meeting=meeting, person_id=actor.person_id, left_at=None,
                defaults={"arrived_at": now, "mode": mode},
            )  # fmt: skip
        act.on(meeting)
        pass_chair(meeting=meeting, actor=actor, now=now)
    return meeting


def close_meeting(*, meeting: Meeting, actor: Actor, now: datetime) -> Meeting:
    """Close a meeting: the item it was at is done, what was not reached is adjourned, everybody has left."""
    require(rules.can_run(actor, meeting), _("close this meeting"))
    with audit.act("meeting_closed", actor=actor, now=now) as act:
        meeting = locked(meeting, ["open"], _("Closing the meeting"))
        item = current_item(meeting)
        if item is not None:
            item.meeting = meeting
            _end(item, "done", "item_finished", "", actor, now)
        left = AgendaItem.objects.filter(meeting=meeting, state="coming")
        act.on(meeting, adjourned=[str(pk) for pk in left.order_by("position").values_list("pk", flat=True)])
        left.update(state="adjourned")
        Attendance.objects.filter(meeting=meeting, left_at=None, arrived_at__lte=now).update(left_at=now)
        Attendance.objects.filter(meeting=meeting, left_at=None).update(left_at=F("arrived_at"))
        lead(meeting, "closed", ended_at=now)
    return meeting


def take_up(*, item: AgendaItem, actor: Actor, now: datetime) -> AgendaItem:
    """Come to an item; the one before is done. The chair passes where its holder is recused on this one."""
    require(rules.can_run(actor, item.meeting), _("call an item"))
    with audit.act("item_taken_up", actor=actor, now=now) as act:
        item = locked_item(item, ["open"], _("Taking up an item"))
        before = current_item(item.meeting)
        if before is not None and before.pk == item.pk:
            raise ValueError(_("The meeting is at this item."))
        if before is not None:
            before.meeting = item.meeting
            _end(before, "done", "item_finished", "", actor, now)
        act.on(item.meeting, item=item.pk, again=item.state != "coming")
        item.state, item.began_at = "current", now
        item.save(update_fields=["state", "began_at"])
        pass_chair(meeting=item.meeting, actor=actor, now=now)
    return item


def finish_item(*, item: AgendaItem, actor: Actor, now: datetime) -> AgendaItem:
    """Be done with the current item."""
    require(rules.can_run(actor, item.meeting), _("finish an item"))
    return _leave_item(item, "done", "item_finished", "", actor, now)


def adjourn_item(*, item: AgendaItem, reason: str, actor: Actor, now: datetime) -> AgendaItem:
    """Put off an item that is current or coming, with a reason. The meeting may take it up again."""
    require(rules.can_run(actor, item.meeting), _("adjourn an item"))
    if not reason.strip():
        raise ValueError(_("An item is adjourned with a reason."))
    return _leave_item(item, "adjourned", "item_adjourned", reason, actor, now)


def _leave_item(
    item: AgendaItem, state: str, verb: str, reason: str, actor: Actor, now: datetime
) -> AgendaItem:
    with transaction.atomic():
        item = locked_item(item, ["open"], _("Leaving an item"))
        require_state(item.state, ["current", "coming"] if state == "adjourned" else ["current"], str(item))
        _end(item, state, verb, reason, actor, now)
        pass_chair(meeting=item.meeting, actor=actor, now=now)
    return item


def _end(item: AgendaItem, state: str, verb: str, reason: str, actor: Actor, now: datetime) -> None:
    """End an item as done or adjourned; whoever had the floor has ended, who waited waits no more."""
    with audit.act(verb, actor=actor, now=now, **({"reason": reason} if reason else {})) as act:
        refuse_during_ballot(item)
        end_speeches(item=item, now=now)
        item.state = state
        item.save(update_fields=["state"])
        act.on(item.meeting, item=item.pk)


def put_to_the_vote(
    *, item: AgendaItem, question_en: str = "", question_zh: str = "", method: str = "roll_call",
    ballot: Ballot | None = None, actor: Actor, now: datetime, **said: Any,
) -> Ballot:  # fmt: skip
    """Declare a ballot on the current item, or take one that is declared, and open it with the room as it is.

    What an app puts the question about itself, such as a motion, is asked as it says. Else the item's own title is
    asked, where no question is given. ``said`` goes to whatever declares the ballot.
    """
    require(rules.can_run(actor, item.meeting), _("put this to the vote"))
    with audit.act("item_put_to_vote", actor=actor, now=now) as act:
        item = locked_item(item, ["open"], _("Putting a question"))
        require_state(item.state, ["current"], _("Putting a question"))
        refuse_during_ballot(item)
        body, subject = item.meeting.body, item.subject
        if ballot is None and subject is not None and subject.kind == "ballot":
            ballot = Ballot.objects.filter(ref=subject, state="draft", body=body).first()
        if ballot is None and subject is not None and has_question(subject):
            ballot = declare_about(subject=subject, method=method, actor=actor, now=now, **said)
        if ballot is None:
            ballot = declare_ballot(
                body=body, question_en=question_en or item.title_en, question_zh=question_zh or item.title_zh,
                method=method, subject=subject, actor=actor, now=now, **said,
            )  # fmt: skip
        if ballot.body_id != body.pk:
            raise ValueError(_("That ballot is one of another body."))
        ballot = open_ballot(ballot=ballot, places=places_for(item.meeting, item), actor=actor, now=now)
        _tie(item, ballot)
        act.on(item.meeting, item=item.pk, ballot=ballot.pk)
    return ballot


def note_ballot(*, ballot: Ballot, now: datetime) -> None:
    """Tie a ballot that opens while its body meets to the item the meeting is at; called by the signal of opening."""
    meeting = meeting_in_session(ballot, now)
    item = current_item(meeting) if meeting else None
    if item is not None:
        _tie(item, ballot)


def _tie(item: AgendaItem, ballot: Ballot) -> None:
    ItemBallot.objects.get_or_create(ballot=ballot, defaults={"item": item})
