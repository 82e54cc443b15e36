"""Tasks as a plan: in groups by how near they are, and beside the milestones of an edition."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.tasks.models import Task
from secretariat.record.tasks.queries import planned_editions, visible_tasks
from secretariat.registry.editions.models import Edition

SHOWN = 300


@dataclass
class Group:
    """Tasks that are equally near. ``is_late`` asks for a decision."""

    title: str
    is_late: bool = False
    tasks: list[Task] = field(default_factory=list)


def by_day(tasks: Iterable[Task], today: date, *, ended: bool) -> list[Group]:
    """Return tasks in groups: late, this week, the coming month, later, without a day. Empty groups are left out."""
    if ended:
        return [group for group in [Group(_("Ended"), tasks=list(tasks))] if group.tasks]
    week, month = today + timedelta(days=7), today + timedelta(days=31)
    groups = [
        Group(_("Late"), is_late=True), Group(_("Within a week")), Group(_("Within a month")), Group(_("Later")),
        Group(_("Without a day")),
    ]  # fmt: skip
    for task in tasks:
        due = task.due_on
        place = 4 if due is None else 0 if due < today else 1 if due <= week else 2 if due <= month else 3
        groups[place].tasks.append(task)
    return [group for group in groups if group.tasks]


@dataclass
class Month:
    """What falls into one month of a work plan: milestones and tasks, by day."""

    starts_on: date
    lines: list[tuple[date, Any]] = field(default_factory=list)


@dataclass
class Plan:
    """The work plan of one edition. ``undated`` are its tasks without a day."""

    edition: Edition
    days_left: int | None
    months: list[Month]
    undated: list[Task]


def work_plans(actor: Actor, today: date) -> list[Plan]:
    """Return the plan of each edition ahead. Three statements, however many there are."""
    editions = list(planned_editions(today).select_related("series").prefetch_related("milestones"))
    tasks: dict[UUID, list[Task]] = {edition.pk: [] for edition in editions}
    for task in visible_tasks(actor).filter(edition__in=editions)[:SHOWN]:
        tasks[task.edition_id].append(task)
    return [_plan(edition, tasks[edition.pk], today) for edition in editions]


def _plan(edition: Edition, tasks: list[Task], today: date) -> Plan:
    lines = [(milestone.due_on, milestone) for milestone in edition.milestones.all()]
    lines += [(task.due_on, task) for task in tasks if task.due_on]
    months: dict[date, Month] = {}
    for day, line in sorted(lines, key=lambda line: line[0]):
        first = day.replace(day=1)
        months.setdefault(first, Month(first)).lines.append((day, line))
    left = (edition.starts_on - today).days if edition.starts_on else None
    return Plan(edition, left, list(months.values()), [task for task in tasks if task.due_on is None])
