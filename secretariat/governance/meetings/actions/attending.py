from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.governance.ballots.electorate import in_words
from secretariat.governance.ballots.logic import Place
from secretariat.governance.meetings import rules
from secretariat.governance.meetings.actions.chairing import pass_chair
from secretariat.governance.meetings.actions.locking import locked
from secretariat.governance.meetings.models import Attendance, Meeting, Proxy
from secretariat.governance.meetings.presence import electorate_in, rules_of
from secretariat.governance.meetings.queries.room import may_attend, proxies_held
from secretariat.governance.meetings.states import How, Mode, ProxyState
from secretariat.governance.meetings.telling import tell_person
from secretariat.registry.people.models import Person

EARLY = timedelta(hours=2)  # before a meeting begins, members may say that they are there
ATTENDED = ("convened", "open")


def attend(*, meeting: Meeting, mode: str, actor: Actor, now: datetime) -> Attendance:
    """Say that one is there, in person. Said again, nothing changes; said with another mode, that is kept."""
    require(rules.is_herself(actor) and may_attend(actor, meeting), _("attend this meeting"))
    if meeting.state == "convened" and meeting.starts_at - now > EARLY:
        raise WrongState(_("It is too early to say that you are there."))
    return _arrive(meeting, Person.objects.get(pk=actor.person_id), mode, actor, now, by_hand=False)


def leave(*, meeting: Meeting, actor: Actor, now: datetime) -> None:
    """Say that one leaves."""
    require(rules.is_herself(actor), _("leave this meeting"))
    _leave(meeting, Person.objects.get(pk=actor.person_id), actor, now)


def record_arrival(
    *, meeting: Meeting, person: Person, mode: str = Mode.ROOM, actor: Actor, now: datetime
) -> Attendance:
    """Enter by hand that somebody has come; whoever has no place in the body is a guest, and counts nowhere."""
    require(rules.can_run(actor, meeting), _("keep the attendance"))
    return _arrive(meeting, person, mode, actor, now, by_hand=True)


def record_departure(*, meeting: Meeting, person: Person, actor: Actor, now: datetime) -> None:
    """Enter by hand that somebody has left."""
    require(rules.can_run(actor, meeting), _("keep the attendance"))
    _leave(meeting, person, actor, now)


def _arrive(
    meeting: Meeting, person: Person, mode: str, actor: Actor, now: datetime, *, by_hand: bool
) -> Attendance:
    if mode not in Mode.values or (meeting.how == How.ROOM and mode == Mode.REMOTE):
        raise ValueError(_("Nobody attends this meeting at a distance."))
    if meeting.how == How.REMOTE and mode == Mode.ROOM:
        raise ValueError(_("This meeting has no room."))
    same = Attendance.objects.filter(meeting=meeting, person=person, mode=mode, left_at=None).first()
    if same is not None:
        return same
    with audit.act("person_arrived", actor=actor, now=now, mode=mode) as act:
        state = Meeting.objects.values_list("state", flat=True).get(pk=meeting.pk)
        require_state(state, ATTENDED, _("Attending"))
        there = Attendance.objects.select_for_update().filter(
            meeting=meeting, person=person, left_at=None
        ).first()  # fmt: skip
        act.on(meeting, person=person.pk)
        if there is not None:
            there.left_at = now
            there.save(update_fields=["left_at"])
        arrived = _keep(meeting, person, mode, now, by_hand)
        pass_chair(meeting=meeting, actor=actor, now=now)
    return arrived


def _keep(meeting: Meeting, person: Person, mode: str, now: datetime, by_hand: bool) -> Attendance:
    try:
        with transaction.atomic():
            return Attendance.objects.create(
                meeting=meeting, person=person, mode=mode, arrived_at=now, by_hand=by_hand
            )
    except IntegrityError as error:
        if "attendance_once_at_a_time" not in str(error):
            raise
        raise ValueError(_("She was entered as there at the same moment.")) from None


def _leave(meeting: Meeting, person: Person, actor: Actor, now: datetime) -> None:
    with audit.act("person_left", actor=actor, now=now) as act:
        there = Attendance.objects.select_for_update().filter(
            meeting=meeting, person=person, left_at=None
        ).first()  # fmt: skip
        if there is None:
            raise WrongState(_("She is not there."))
        there.left_at = max(now, there.arrived_at)
        there.save(update_fields=["left_at"])
        act.on(meeting, person=person.pk)
        pass_chair(meeting=meeting, actor=actor, now=now)


def offer_proxy(*, meeting: Meeting, place: Place, holder: Person, actor: Actor, now: datetime) -> Proxy:
    """Put one's vote of this meeting into the hands of another who votes there; she is asked to accept it."""
    require(rules.is_herself(actor) and place.voter == actor.person_id, _("give this vote to another"))
    with audit.act("proxy_offered", actor=actor, now=now) as act:
        meeting = locked(meeting, ATTENDED, _("Giving a proxy"))
        _refuse_proxy(meeting, place, holder)
        giver = Person.objects.get(pk=actor.person_id)
        if Proxy.objects.filter(
            meeting=meeting, person=place.person, organisation=place.organisation, state__in=["offered", "accepted"]
        ).exists():  # fmt: skip
            raise ValueError(_("This vote has been given to somebody: take that back first."))
        proxy = Proxy.objects.create(
            meeting=meeting,
            person_id=place.person,
            organisation_id=place.organisation,
            giver=giver,
            holder=holder,
        )
        act.on(meeting, person=giver.pk, holder=holder.pk)
        tell_person(meeting, "proxy_offered", holder, now, giver=str(giver))
    return proxy


def _refuse_proxy(meeting: Meeting, place: Place, holder: Person) -> None:
    each = rules_of(meeting).proxies_each
    if not each:
        raise ValueError(_("The rules of procedure of this body know no proxies."))
    voters = {}
    for one in electorate_in(meeting):
        voters[one.person, one.organisation] = one.voter
    if voters.get((place.person, place.organisation)) != place.voter:
        raise ValueError(_("This is no vote of this body on the day of the meeting."))
    if holder.pk == place.voter or holder.pk not in voters.values():
        raise ValueError(_("A proxy is given to another who votes in this body."))
    if proxies_held(meeting, holder.pk) >= each:
        raise ValueError(_("She holds as many proxies as the rules of procedure allow."))


def answer_proxy(*, proxy: Proxy, accepts: bool, actor: Actor, now: datetime) -> Proxy:
    """Accept or decline a proxy. No more are accepted than the rules of procedure let one person hold."""
    require(rules.can_answer(actor, proxy), _("answer this proxy"))
    with audit.act("proxy_accepted" if accepts else "proxy_declined", actor=actor, now=now) as act:
        # The meeting's lock keeps two proxies from being accepted past the cap at once.
        meeting = locked(proxy.meeting, ATTENDED, _("Answering a proxy"))
        proxy = Proxy.objects.select_related("giver", "holder").get(pk=proxy.pk)
        require_state(proxy.state, ["offered"], _("Answering a proxy"))
        if accepts and proxies_held(meeting, proxy.holder_id) >= rules_of(meeting).proxies_each:
            raise ValueError(_("You hold as many proxies as the rules of procedure allow."))
        proxy.state, proxy.answered_at = ("accepted" if accepts else "declined"), now
        proxy.save(update_fields=["state", "answered_at"])
        act.on(meeting, person=proxy.giver_id, holder=proxy.holder_id)
        answer = in_words(lambda: str(ProxyState(proxy.state).label))
        tell_person(meeting, "proxy_answered", proxy.giver, now, holder=str(proxy.holder), answer=answer)
    return proxy


def revoke_proxy(*, proxy: Proxy, actor: Actor, now: datetime) -> Proxy:
    """Take a proxy back, accepted or not. A ballot that is open keeps its roll."""
    require(rules.can_revoke(actor, proxy), _("take this proxy back"))
    with audit.act("proxy_revoked", actor=actor, now=now) as act:
        meeting = locked(proxy.meeting, ATTENDED, _("Taking a proxy back"))
        proxy = Proxy.objects.select_related("giver", "holder").get(pk=proxy.pk)
        require_state(proxy.state, ["offered", "accepted"], _("Taking a proxy back"))
        proxy.state = "revoked"
        proxy.save(update_fields=["state"])
        act.on(meeting, person=proxy.giver_id, holder=proxy.holder_id)
        tell_person(meeting, "proxy_revoked", proxy.holder, now, giver=str(proxy.giver))
    return proxy
