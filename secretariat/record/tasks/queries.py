from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.models import Grant
from secretariat.foundation.accounts.queries import in_force
from secretariat.record.tasks import rules
from secretariat.record.tasks.models import Task
from secretariat.registry.editions.models import Edition
from secretariat.registry.people.models import Person


def visible_tasks(actor: Actor) -> QuerySet[Task]:
    """Return the tasks the actor may see, what is due first before it, what has no day last."""
    tasks = Task.objects.select_related("ref", "owner", "origin", "edition")
    if not rules.can_see_tasks(actor):
        tasks = tasks.filter(owner=actor.person_id) if actor.person_id else tasks.none()
    return tasks.order_by(F("due_on").asc(nulls_last=True), "pk")


def get_task_for(actor: Actor, number: str) -> Task | None:
    """Return a task by its number; None where there is none or the actor may not see it."""
    return visible_tasks(actor).filter(ref__number=number).first()


def tasks_from(actor: Actor, origin: UUID) -> QuerySet[Task]:
    """Return the visible tasks that came from one thing."""
    return visible_tasks(actor).filter(origin=origin)


def count_open(actor: Actor, today: date) -> dict[str, int]:
    """Return how many visible tasks are open, late, the actor's own and nobody's. One statement."""
    return (
        visible_tasks(actor)
        .filter(state="open")
        .order_by()
        .aggregate(
            open=Count("pk"),
            late=Count("pk", filter=Q(due_on__lt=today)),
            own=Count("pk", filter=Q(owner=actor.person_id))
            if actor.person_id
            else Count("pk", filter=Q(pk=None)),
            unowned=Count("pk", filter=Q(owner=None)),
        )
    )


def end_of(day: date, zone: str = "UTC") -> datetime:
    """Return the moment by which something due on a day is to be done: that day's end."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=ZoneInfo(zone))


def staff(on: date) -> QuerySet[Person]:
    """Return who works at the desk on a day: the people a task is given to."""
    accounts = Grant.objects.filter(in_force(on), right__in=("desk.run", "desk.read")).values("account")
    return Person.objects.filter(account__in=accounts, canonical=None).order_by("sort_key", "pk")


def planned_editions(today: date) -> QuerySet[Edition]:
    """Return the editions still ahead or under way, the nearest first: those a work plan is for."""
    return Edition.objects.filter(Q(ends_on__gte=today) | Q(ends_on=None, year__gte=today.year)).order_by(
        F("starts_on").asc(nulls_last=True), "pk"
    )
