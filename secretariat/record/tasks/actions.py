from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.notices.actions import tell
from secretariat.record.tasks import rules
from secretariat.record.tasks.models import Task
from secretariat.registry.refs.actions import next_number, register_ref, update_ref


def add_task(
    *, title: str, actor: Actor, now: datetime, note: str = "", owner: Any = None, due_on: date | None = None,
    edition: Any = None, origin: Any = None,
) -> Task:  # fmt: skip
    """Set a task. Whoever it is given to is told, unless she set it herself."""
    require(rules.can_plan(actor, origin), _("set a task"))
    with audit.act("task_set", actor=actor, now=now) as act:
        ref = register_ref(
            kind="task", number=next_number(f"TASK-{now.year}"), title={"en": title}, state="open"
        )
        task = Task.objects.create(
            ref=ref, title=title, note=note, owner=owner, due_on=due_on, edition=edition, origin=origin
        )
        _tell_owner(task, actor, now)
        act.on(task)
    return task


def change_task(
    *, task: Task, title: str, note: str, owner: Any, due_on: date | None, edition: Any, actor: Actor,
    now: datetime,
) -> Task:  # fmt: skip
    """Change what a task says, whose it is or when it is due, as long as it is open."""
    require(rules.can_plan(actor, task.origin), _("change a task"))
    with audit.act("task_changed", actor=actor, now=now) as act:
        task = _locked(task, ["open"], _("Changing the task"))
        given = owner is not None and owner.pk != task.owner_id
        task.title, task.note, task.owner, task.due_on, task.edition = title, note, owner, due_on, edition
        task.save(update_fields=["title", "note", "owner", "due_on", "edition"])
        update_ref(ref_id=task.ref_id, title={"en": title})
        if given:
            _tell_owner(task, actor, now)
        act.on(task)
    return task


def give_task(*, task: Task, owner: Any, actor: Actor, now: datetime) -> Task:
    """Give an open task to somebody, or to nobody yet. Who gets it is told; who has it already is not told again."""
    require(rules.can_plan(actor, task.origin), _("change a task"))
    with audit.act("task_given", actor=actor, now=now) as act:
        task = _locked(task, ["open"], _("Giving the task"))
        is_new = owner is not None and owner.pk != task.owner_id
        task.owner = owner
        task.save(update_fields=["owner"])
        if is_new:
            _tell_owner(task, actor, now)
        act.on(task)
    return task


def set_due(*, task: Task, due_on: date | None, actor: Actor, now: datetime) -> Task:
    """Say by which day an open task is to be done; without one it waits."""
    require(rules.can_plan(actor, task.origin), _("change a task"))
    with audit.act("task_due_set", actor=actor, now=now) as act:
        task = _locked(task, ["open"], _("Setting the day"))
        task.due_on = due_on
        task.save(update_fields=["due_on"])
        act.on(task)
    return task


def finish_task(*, task: Task, outcome: str, actor: Actor, now: datetime) -> Task:
    """Say that a task is done, and what came of it."""
    require(rules.can_finish(actor, task), _("finish this task"))
    return _end(task, "done", outcome, actor, now)


def drop_task(*, task: Task, reason: str, actor: Actor, now: datetime) -> Task:
    """Give a task up, with the reason."""
    require(rules.can_plan(actor, task.origin), _("drop a task"))
    if not reason.strip():
        raise ValueError(_("A task is dropped with a reason."))
    return _end(task, "dropped", reason, actor, now)


def reopen_task(*, task: Task, actor: Actor, now: datetime) -> Task:
    """Take up again what was done or dropped."""
    require(rules.can_plan(actor, task.origin), _("reopen a task"))
    with audit.act("task_reopened", actor=actor, now=now) as act:
        task = _locked(task, ["done", "dropped"], _("Reopening the task"))
        task.state, task.ended_at = "open", None
        task.save(update_fields=["state", "ended_at"])
        update_ref(ref_id=task.ref_id, state="open")
        act.on(task)
    return task


def _end(task: Task, state: str, outcome: str, actor: Actor, now: datetime) -> Task:
    with audit.act(f"task_{'finished' if state == 'done' else 'dropped'}", actor=actor, now=now) as act:
        task = _locked(task, ["open"], _("Ending the task"))
        task.state, task.outcome, task.ended_at = state, outcome, now
        task.save(update_fields=["state", "outcome", "ended_at"])
        update_ref(ref_id=task.ref_id, state=state)
        act.on(task)
    return task


def _locked(task: Task, states: list[str], what: str) -> Task:
    locked = Task.objects.select_for_update(of=("self",)).select_related("ref", "owner").get(pk=task.pk)
    require_state(locked.state, states, what)
    return locked


def _tell_owner(task: Task, actor: Actor, now: datetime) -> None:
    if task.owner and task.owner.account_id and task.owner_id != actor.person_id:
        tell(
            accounts=[task.owner.account_id], kind="task_given", subject_id=task.pk, now=now,
            number=task.ref.number, title=task.title,
        )  # fmt: skip
