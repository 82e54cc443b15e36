from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.privacy.queries import open_wishes
from secretariat.foundation.privacy.rules import can_enter_wish
from secretariat.record.tasks import rules
from secretariat.record.tasks.duties import Door, Duty
from secretariat.record.tasks.models import Task
from secretariat.record.tasks.queries import end_of, visible_tasks

SHOWN = 50


def open_tasks(actor: Actor, door: Door, now: datetime) -> Iterable[Duty]:
    """The actor's own tasks at both doors; at the desk also those that nobody has taken."""
    if actor.person_id is None or (door == "desk" and not rules.can_see_tasks(actor)):
        return
    tasks = visible_tasks(actor).filter(state="open")
    mine = tasks.filter(owner=actor.person_id)
    if door == "desk":
        mine = mine | tasks.filter(owner=None)
    for task in mine[:SHOWN]:
        yield _duty(task, door)


def wishes_to_be_forgotten(actor: Actor, door: Door, _now: datetime) -> Iterable[Duty]:
    """At the desk: a wish to be forgotten is answered within a month. Privacy lies below tasks, so it is here."""
    if door != "desk" or not can_enter_wish(actor):
        return
    for wish in open_wishes()[:SHOWN]:
        yield Duty(
            key=f"privacy.wish:{wish.pk}",
            title=_("Answer a wish to be forgotten"),
            path=reverse("desk_privacy:wish", args=[wish.pk]),
            due=end_of(wish.due_on),
            about=wish.number,
        )


def _duty(task: Task, door: Door) -> Duty:
    return Duty(
        key=f"task:{task.pk}",
        title=task.title,
        path=reverse(f"{door}_tasks:task", args=[task.ref.number]),
        due=end_of(task.due_on) if task.due_on else None,
        about=task.origin.number if task.origin else "",
        owner=str(task.owner) if task.owner else "",
    )
