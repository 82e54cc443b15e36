from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from secretariat.foundation.accounts.actor import REFUSALS, Actor
from secretariat.foundation.accounts.doors import admitting
from secretariat.foundation.ui.tables import Mass
from secretariat.foundation.ui.tables.mass import mass
from secretariat.record.tasks import actions
from secretariat.record.tasks.forms import DueForm, EndForm, GiveForm, ReasonForm
from secretariat.record.tasks.models import Task
from secretariat.record.tasks.tables import TasksTable, path_of


def _give(task: Task, values: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    actions.give_task(task=task, **values, actor=actor, now=now)


def _due(task: Task, values: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    actions.set_due(task=task, **values, actor=actor, now=now)


def _finish(task: Task, values: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    actions.finish_task(task=task, **values, actor=actor, now=now)


def _drop(task: Task, values: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    actions.drop_task(task=task, **values, actor=actor, now=now)


ACTS = {
    "give": Mass(
        _("Give tasks to somebody"), _("Give them"), _give, form=GiveForm, path=path_of, refusals=REFUSALS,
        text=_("Whoever they are given to is told of each."),
    ),
    "due": Mass(
        _("Set the day of tasks"), _("Set the day"), _due, form=DueForm, path=path_of, refusals=REFUSALS,
        text=_("The same day for all of them; without one they wait."),
    ),
    "finish": Mass(
        _("End tasks as done"), _("They are done"), _finish, form=EndForm, path=path_of, refusals=REFUSALS,
        text=_("What came of them stands with each."),
    ),
    "drop": Mass(
        _("Drop tasks"), _("Drop them"), _drop, form=ReasonForm, path=path_of, refusals=REFUSALS,
        text=_("The reason stands with each; each can be taken up again."),
    ),
}  # fmt: skip


@require_POST
@admitting("desk.run")
def many(request: HttpRequest, act: str) -> HttpResponse:
    """Do the same to many tasks: asked once more, then one action for each, or for none."""
    if act not in ACTS:
        raise Http404
    return mass(request, TasksTable(request.actor, timezone.localdate()), ACTS[act])
