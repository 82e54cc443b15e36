from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.governance.meetings import rules
from secretariat.governance.meetings.actions.locking import locked_item
from secretariat.governance.meetings.logic import spoken
from secretariat.governance.meetings.models import AgendaItem, Attendance, Speech
from secretariat.governance.meetings.presence import recusals_on
from secretariat.governance.meetings.states import Stance
from secretariat.registry.people.models import Person

LONGEST = 3600  # seconds


def ask_for_floor(
    *, item: AgendaItem, person: Person, stance: str = Stance.COMMENT, actor: Actor, now: datetime
) -> Speech:
    """Put somebody on the list of speakers of the current item: herself, or by hand whoever is there."""
    own = rules.is_herself(actor) and actor.person_id == person.pk
    require(own or rules.can_run(actor, item.meeting), _("ask for the floor"))
    if stance not in Stance.values:
        raise ValueError(_("“%(said)s” is no stance.") % {"said": stance})
    with audit.act("floor_asked", actor=actor, now=now, stance=stance) as act:
        item = _current(item)
        if item.list_closed and stance != Stance.ORDER:
            raise ValueError(_("The list of speakers is closed."))
        if not Attendance.objects.filter(meeting=item.meeting, person=person, left_at=None).exists():
            raise ValueError(_("Whoever asks for the floor is there."))
        if person.pk in recusals_on(item):
            raise ValueError(_("Whoever is recused takes no part in this item."))
        speech = Speech(item=item, person=person, stance=stance, asked_at=now)
        try:
            with transaction.atomic():
                speech.save(force_insert=True)
        except IntegrityError as error:
            if "speech_asked_once" not in str(error):
                raise
            raise ValueError(_("She is on the list already.")) from None
        act.on(item.meeting, item=item.pk, person=person.pk)
    return speech


def withdraw_speech(*, speech: Speech, actor: Actor, now: datetime) -> Speech:
    """Take somebody off the list who has not spoken yet: herself, or whoever runs the meeting."""
    own = rules.is_herself(actor) and actor.person_id == speech.person_id
    require(own or rules.can_run(actor, speech.item.meeting), _("take this speaker off the list"))
    with audit.act("floor_withdrawn", actor=actor, now=now) as act:
        speech = _locked(speech, ["waiting"])
        _lead(speech, "withdrawn")
        act.on(speech.item.meeting, item=speech.item_id, person=speech.person_id)
    return speech


def give_floor(*, speech: Speech, actor: Actor, now: datetime) -> Speech:
    """Give the floor, for the first time or after a pause.

    Whoever has it ends; for a point of order she is paused, and goes on afterwards.
    """
    require(rules.can_run(actor, speech.item.meeting), _("give the floor"))
    resumed = speech.state == "paused"
    with audit.act("floor_resumed" if resumed else "floor_given", actor=actor, now=now) as act:
        speech = _locked(speech, ["waiting", "paused"])
        for other in Speech.objects.select_for_update().filter(item=speech.item, state="speaking"):
            other.item = speech.item
            _break_off(
                other, actor, now, pause=speech.stance == Stance.ORDER and other.stance != Stance.ORDER
            )
        if speech.state == "waiting":
            _lead(
                speech,
                "speaking",
                started_at=now,
                limit=speech.item.meeting.speech_seconds,
                paused=timedelta(),
            )
        else:
            paused = (speech.paused or timedelta()) + max(timedelta(), now - speech.paused_at)
            _lead(speech, "speaking", paused_at=None, paused=paused)
        act.on(speech.item.meeting, item=speech.item_id, person=speech.person_id, stance=speech.stance)
    return speech


def pause_speech(*, speech: Speech, actor: Actor, now: datetime) -> Speech:
    """Stop the clock of who has the floor."""
    require(rules.can_run(actor, speech.item.meeting), _("pause a speaker"))
    speech = _reread(speech)
    _break_off(speech, actor, now, pause=True)
    return speech


def end_speech(*, speech: Speech, actor: Actor, now: datetime) -> Speech:
    """End a speech; its length is kept. The speaker herself may end it too."""
    own = rules.is_herself(actor) and actor.person_id == speech.person_id
    require(own or rules.can_run(actor, speech.item.meeting), _("end a speech"))
    speech = _reread(speech)
    _break_off(speech, actor, now, pause=False)
    return speech


def set_limit(*, speech: Speech, seconds: int, actor: Actor, now: datetime) -> Speech:
    """Give whoever has the floor more or less time."""
    require(rules.can_run(actor, speech.item.meeting), _("set the time to speak"))
    if not 0 < seconds <= LONGEST:
        raise ValueError(_("The time to speak is between a second and an hour."))
    with audit.act("floor_limited", actor=actor, now=now, seconds=seconds) as act:
        speech = _locked(speech, ["speaking", "paused"])
        speech.limit = seconds
        speech.save(update_fields=["limit"])
        act.on(speech.item.meeting, item=speech.item_id, person=speech.person_id)
    return speech


def close_list(*, item: AgendaItem, closed: bool = True, actor: Actor, now: datetime) -> AgendaItem:
    """Close the list of speakers of the current item, or open it again. Points of order stay possible."""
    require(rules.can_run(actor, item.meeting), _("close the list of speakers"))
    with audit.act("speakers_closed" if closed else "speakers_opened", actor=actor, now=now) as act:
        item = _current(item)
        item.list_closed = closed
        item.save(update_fields=["list_closed"])
        act.on(item.meeting, item=item.pk)
    return item


def end_speeches(*, item: AgendaItem, now: datetime) -> None:
    """End and take off the list whoever speaks or waits on an item that is left. Part of the act that leaves it."""
    for speech in Speech.objects.select_for_update().filter(item=item, state__in=["speaking", "paused"]):
        _stop(speech, now)
    Speech.objects.filter(item=item, state="waiting").update(state="withdrawn")


def _break_off(speech: Speech, actor: Actor, now: datetime, *, pause: bool) -> None:
    with audit.act("floor_paused" if pause else "floor_ended", actor=actor, now=now) as act:
        item = speech.item
        speech = _locked(speech, ["speaking"] if pause else ["speaking", "paused"])
        if pause:
            _lead(speech, "paused", paused_at=now)
        else:
            _stop(speech, now)
        long = spoken(speech.started_at, speech.ended_at, speech.paused_at, speech.paused, now)
        act.on(
            item.meeting, item=speech.item_id, person=speech.person_id, seconds=round(long.total_seconds())
        )


def _stop(speech: Speech, now: datetime) -> None:
    paused = speech.paused or timedelta()
    if speech.paused_at is not None:
        paused += max(timedelta(), now - speech.paused_at)
    _lead(speech, "ended", ended_at=now, paused_at=None, paused=paused)


def _current(item: AgendaItem) -> AgendaItem:
    item = locked_item(item, ["open"], _("Speaking"))
    require_state(item.state, ["current"], _("Speaking"))
    return item


def _reread(speech: Speech) -> Speech:
    return Speech.objects.select_related("item__meeting__body").get(pk=speech.pk)


def _locked(speech: Speech, states: list[str]) -> Speech:
    """Return a speech on the current item, locked with its meeting: one hand at the list at a time."""
    item = _current(speech.item)
    speech = Speech.objects.select_for_update().get(pk=speech.pk)
    require_state(speech.state, states, _("Speaking"))
    speech.item = item
    return speech


def _lead(speech: Speech, state: str, **changes: object) -> None:
    for name, value in {"state": state, **changes}.items():
        setattr(speech, name, value)
    speech.save(update_fields=["state", *changes])
