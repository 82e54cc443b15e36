from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.tables import (
    Act,
    ChoiceFilter,
    Column,
    DateFilter,
    Label,
    MultiChoiceFilter,
    Table,
    TextFilter,
)
from secretariat.record.tasks.models import Task
from secretariat.record.tasks.queries import planned_editions, staff, visible_tasks
from secretariat.record.tasks.rules import can_plan
from secretariat.record.tasks.states import TaskState

OPEN = "open"
WHICH = (
    (OPEN, _("open")), ("late", _("late")), ("ended", pgettext_lazy("tasks", "ended")),
    ("every", _("open and ended")),
)  # fmt: skip


def path_of(task: Task) -> str:
    return reverse("desk_tasks:task", args=[task.ref.number])


def act(key: str, label: Label) -> Act:
    return Act(key, label, reverse_lazy("desk_tasks:many", args=[key]), shown=can_plan)


class WhichFilter(ChoiceFilter):
    """Whoever asks for nothing sees what is open."""

    def read(self, query: QueryDict) -> str:
        return super().read(query) or OPEN

    def told(self, value: str) -> list[tuple[str, list[tuple[str, str]]]]:
        return [] if value == OPEN else super().told(value)


class TasksTable(Table):
    """One queue: what is due first before the rest."""

    key = "tasks.tasks"
    label = _("Tasks")
    order = "due"
    acts = (
        act("give", _("Give to somebody")), act("due", _("Set the day")), act("finish", _("Done")),
        act("drop", _("Drop")),
    )  # fmt: skip
    empty_title = _("Nothing waits here.")
    empty_text = _("Tasks come from meetings, calls and letters, or are set by hand.")

    def __init__(self, actor: Actor, today: date) -> None:
        super().__init__(visible_tasks(actor).order_by())
        self.columns = self._columns(today)
        self.filters = self._filters(actor, today)

    def _columns(self, today: date) -> Sequence[Column]:
        def tone(task: Task) -> str | None:
            return "urgent" if task.is_late(today) else None

        return (
            Column("due", _("Due"), of="due_on", order="due_on", tone=tone),
            Column("title", _("What is to be done"), order="title", path=path_of, heading=True),
            Column(
                "owner", _("Owner"), of=lambda task: task.owner or _("nobody yet"), order="owner__sort_key"
            ),
            Column("origin", _("Comes from"), of="origin.number", order="origin__number"),
            Column("edition", _("Edition"), order="edition__starts_on"),
            Column("number", _("Number"), of="ref.number", order="ref__number"),
            Column("state", _("State"), order="state", hidden=True),
            Column("outcome", _("Outcome"), hidden=True),
            Column("ended", _("Ended"), of="ended_at", order="ended_at", hidden=True),
        )

    def _filters(self, actor: Actor, today: date) -> Sequence[ChoiceFilter | TextFilter | DateFilter]:
        which = {
            OPEN: Q(state=TaskState.OPEN), "late": Q(state=TaskState.OPEN, due_on__lt=today),
            "ended": ~Q(state=TaskState.OPEN), "every": Q(),
        }  # fmt: skip
        whose = {"own": Q(owner=actor.person_id) if actor.person_id else Q(pk=None), "nobody": Q(owner=None)}
        return (
            TextFilter("q", _("Search tasks"), fields=("title", "ref__number", "origin__number")),
            WhichFilter("which", _("Which"), choices=WHICH, condition=which.__getitem__),
            ChoiceFilter(
                "whose", _("Owner"),
                choices=lambda: [("own", _("mine")), ("nobody", _("nobody's yet")), *_staff(today)],
                condition=lambda key: whose[key] if key in whose else Q(owner=key),
            ),
            MultiChoiceFilter(
                "edition", _("Edition"), choices=lambda: [(e.pk, str(e)) for e in planned_editions(today)],
                skips_empty=True,
            ),
            DateFilter("due", _("Due"), "due_on"),
        )  # fmt: skip


def _staff(today: date) -> list[tuple[str, str]]:
    return [(str(person.pk), str(person)) for person in staff(today)]
