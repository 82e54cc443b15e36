from datetime import datetime
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, QuerySet, When
from django.utils import timezone

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.electorate import bodies_of
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.queries import occasions_of
from secretariat.governance.meetings import rules
from secretariat.governance.meetings.models import Meeting

PUBLIC = Q(audience="public") & ~Q(state="planned")


def bodies_belonged_to(actor: Actor) -> set[UUID]:
    """Return the bodies whose meetings somebody follows from within: by a seat, by another place, or serving them."""
    sits = {c.body_id for c in actor.capacities if c.body_id}
    places = bodies_of(actor.person_id, timezone.localdate()) if actor.person_id else set()
    return sits | bodies_led(actor) | places


def bodies_led(actor: Actor) -> set[UUID]:
    """Return the bodies somebody chairs or serves."""
    return {c.scope_id for c in actor.capacities if c.right in ("body.chair", "body.serve") and c.scope_id}


def visible_meetings(actor: Actor) -> QuerySet[Meeting]:
    """Return the meetings an actor may see: convened ones of her bodies and public ones; planned ones, who plans.

    The desk sees all.
    """
    meetings = Meeting.objects.select_related("ref", "body__ref", "last_presiding")
    if rules.reads_all(actor):
        return meetings
    within = Q(body__in=bodies_belonged_to(actor)) & ~Q(state="planned")
    return meetings.filter(within | Q(body__in=bodies_led(actor)) | _called_to(actor) | PUBLIC)


def _called_to(actor: Actor) -> Q:
    """An alternate sees what she is called in to from then on, with its papers."""
    return Q(ref__in=occasions_of(actor.person_id)) if actor.person_id else Q(pk=None)


def get_meeting_for(actor: Actor, number: str) -> Meeting:
    """Return the meeting with this number if the actor may see it; Meeting.DoesNotExist otherwise."""
    return visible_meetings(actor).get(ref__number=number)


def public_meetings() -> QuerySet[Meeting]:
    """Return the meetings that everybody may see, the latest first."""
    return Meeting.objects.filter(PUBLIC).select_related("ref", "body__ref").order_by("-starts_at")


def sees_as(actor: Actor, meeting: Meeting, may_run: bool | None = None) -> str:
    """Return as whom an actor sees a meeting's agenda: ``closed`` (everything), ``body`` or ``public``.

    ``may_run`` is whether she may run it, where that is known.
    """
    if rules.reads_all(actor) or (rules.can_run(actor, meeting) if may_run is None else may_run):
        return "closed"
    if meeting.body_id in bodies_belonged_to(actor):
        return "body"
    called = actor.person_id is not None and occasions_of(actor.person_id).filter(occasion=meeting.ref_id)
    return "body" if called and called.exists() else "public"


def open_meeting_of(body: Body) -> Meeting | None:
    """Return the meeting that a body holds now."""
    return Meeting.objects.filter(body=body, state="open").select_related("ref", "body").first()


def meeting_in_session(ballot: Ballot, now: datetime) -> Meeting | None:
    """Return the meeting in which a ballot is held, if it is opened now: neither by silence nor over days."""
    if ballot.method == "silence":
        return None
    meeting = open_meeting_of(ballot.body)
    if meeting is None or (ballot.closes_at and meeting.day_of(ballot.closes_at) > meeting.day_of(now)):
        return None
    return meeting


def own_meetings(actor: Actor, now: datetime) -> QuerySet[Meeting]:
    """Return the meetings of an actor's bodies: open ones, then those to come, the next first, then what is over."""
    mine = Q(body__in=bodies_belonged_to(actor)) | _called_to(actor)
    rows = visible_meetings(actor).filter(mine).exclude(state="planned")
    over = Q(state__in=["closed", "cancelled"])
    coming = Case(When(over, then=None), default=F("starts_at"))
    order = Case(When(state="open", then=0), When(over, then=2), default=1, output_field=IntegerField())
    return rows.order_by(order, coming.asc(nulls_last=True), "-starts_at")
