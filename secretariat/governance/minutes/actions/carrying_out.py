from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.files.models import File
from secretariat.foundation.files.queries import own_file
from secretariat.governance.minutes import rules
from secretariat.governance.minutes.models import Evidence, Resolution
from secretariat.record.tasks.actions import add_task, change_task, drop_task, finish_task
from secretariat.record.tasks.models import Task
from secretariat.record.tasks.rules import can_finish
from secretariat.registry.refs.models import Ref


def set_action(
    *,
    resolution: Resolution,
    title: str,
    owner: Any,
    due_on: date,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> Task:
    """Set an action that carries a resolution out: a task with an owner and a day."""
    require(rules.can_keep(actor, resolution.body), _("set an action for this resolution"))
    with audit.act("resolution_action_set", actor=actor, now=now) as act:
        said = {"title": title, "owner": owner, "due_on": due_on, "note": note}
        task = add_task(**said, origin=resolution.ref, actor=actor, now=now)
        act.on(resolution, task=task.pk)
    return task


def change_action(
    *, resolution: Resolution, task: Task, title: str, owner: Any, due_on: date, note: str, actor: Actor,
    now: datetime,
) -> Task:  # fmt: skip
    """Say an action otherwise, hand it to somebody else or give it another day."""
    require(rules.can_keep(actor, resolution.body), _("change an action of this resolution"))
    with audit.act("resolution_action_changed", actor=actor, now=now) as act:
        said = {"title": title, "owner": owner, "due_on": due_on, "note": note, "edition": task.edition}
        task = change_task(task=task, **said, actor=actor, now=now)
        act.on(resolution, task=task.pk)
    return task


def close_action(
    *, resolution: Resolution, task: Task, outcome: str, shown_by: Ref | None = None, file: File | None = None,
    actor: Actor, now: datetime,
) -> Task:  # fmt: skip
    """Say that an action is carried out, what came of it and what shows it: its owner, or who keeps the register.

    What shows it has a number, is a file of whoever closes it, or both.
    """
    require(can_finish(actor, task), _("close this action"))
    require(file is None or own_file(actor, file.pk) is not None, _("show this with a file of somebody else"))
    with audit.act("resolution_action_closed", actor=actor, now=now) as act:
        if not outcome.strip():
            raise ValueError(_("Say what came of it: an action is closed with that."))
        task = finish_task(task=task, outcome=outcome, actor=actor, now=now)
        for what in ({"shown_by": shown_by}, {"file": file}):
            if all(what.values()):
                Evidence.objects.create(
                    resolution=resolution, task=task, **what, at=now, by_id=actor.person_id
                )
        act.on(resolution, task=task.pk, **({"file": file.pk} if file else {}))
    return task


def drop_action(*, resolution: Resolution, task: Task, reason: str, actor: Actor, now: datetime) -> Task:
    """Give an action up, with the reason."""
    require(rules.can_keep(actor, resolution.body), _("drop an action of this resolution"))
    with audit.act("resolution_action_dropped", actor=actor, now=now) as act:
        task = drop_task(task=task, reason=reason, actor=actor, now=now)
        act.on(resolution, task=task.pk)
    return task
