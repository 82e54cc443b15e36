"""The tasks that belong to a thing, on its page at the desk: what came from it, what a person has to do."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.templatetags.ui import day
from secretariat.record.tasks import queries
from secretariat.record.tasks.models import Task
from secretariat.record.tasks.states import TaskState
from secretariat.registry.refs.panels import Line, Panel, address_of

SHOWN = 50


def tasks_from(ref: UUID, actor: Actor, _on: date) -> Panel:
    """The tasks that came from a thing. One statement."""
    return _panel(queries.tasks_from(actor, ref)[:SHOWN])


def tasks_of_person(person: UUID, actor: Actor, _on: date) -> Panel:
    """What a person was given to do and has not ended. One statement."""
    return _panel(queries.visible_tasks(actor).filter(owner=person, state=TaskState.OPEN)[:SHOWN])


def tasks_of_edition(edition: UUID, actor: Actor, _on: date) -> Panel:
    """What is still to be done for an edition. One statement."""
    return _panel(queries.visible_tasks(actor).filter(edition=edition, state=TaskState.OPEN)[:SHOWN])


def _panel(tasks: Iterable[Task]) -> Panel:
    return Panel(_("Tasks"), [_line(task) for task in tasks])


def _line(task: Task) -> Line:
    said = [str(task.get_state_display()), str(task.owner or _("nobody yet"))]
    if task.due_on:
        said.append(_("due on %(day)s") % {"day": day(task.due_on)})
    return Line(
        task.title, address_of("task", task.ref.number), " · ".join(said), task.ref.number,
        is_past=task.state != TaskState.OPEN,
    )  # fmt: skip
