"""What requests for advice leave waiting: for the members, for the chair, and for the desk once they are late."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.advice.models import AdviceRequest
from secretariat.governance.advice.queries import open_requests, unanswered_by
from secretariat.governance.bodies.rules import is_herself
from secretariat.record.tasks.duties import Door, Duty


def duties(actor: Actor, door: Door, now: datetime) -> Iterator[Duty]:
    """A question to answer, an opinion to adopt; at the desk an opinion that is late. Two statements at most."""
    if door == "desk":
        if actor.has("desk.run"):
            for advice in open_requests().filter(due_on__lt=timezone.localdate(now)):
                yield _duty(advice, "late", _("Ask after the opinion: %(question)s"), "desk")
    elif is_herself(actor):
        yield from _mine(actor)


def _mine(actor: Actor) -> Iterator[Duty]:
    advising = {c.scope_id for c in actor.capacities if c.right == "body.advise" and c.scope_id}
    if not advising:
        return
    for advice in unanswered_by(actor.person_id, advising):
        yield _duty(advice, "contribute", _("Give your advice: %(question)s"), "my")
    chaired = {c.scope_id for c in actor.capacities if c.right == "body.chair"} & advising
    for advice in open_requests().filter(committee__in=chaired) if chaired else ():
        yield _duty(advice, "adopt", _("Adopt the opinion: %(question)s"), "my")


def _duty(advice: AdviceRequest, what: str, title: str, door: str) -> Duty:
    return Duty(
        key=f"advice.{what}:{advice.pk}", title=title % {"question": advice}, due=_end_of(advice.due_on),
        path=reverse(f"{door}_advice:request", args=[advice.ref.number]), about=str(advice.committee),
    )  # fmt: skip


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), timezone.get_current_timezone())
