"""The desk's work: tasks, read and set and ended."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status

from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.operations.registry import READS, RUNS, known
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.problems import naming
from secretariat.doors.api.shapes.basic import Page, answers
from secretariat.doors.api.shapes.mine import Reason
from secretariat.doors.api.shapes.work import Outcome, TaskBeginning, TaskShape
from secretariat.foundation.accounts.actor import Actor
from secretariat.record.tasks import actions, queries
from secretariat.record.tasks.models import Task
from secretariat.registry.refs.models import Ref

router = Router(tags=["desk"])
State = Query("", max_length=20)
LATEST = ["-ref__number"]  # numbers are given year by year


def tasks_of(actor: Actor) -> Any:
    return queries.visible_tasks(actor).select_related("owner__ref", "edition__ref")


@router.get("/desk/tasks", auth=READS, response=answers(Page[TaskShape], 403))
def list_tasks(
    request: HttpRequest, state: str = State, owner: str = Query("", max_length=60, description="By number."),
    due_by: date | None = None, after: str = After, limit: int = Limit,
) -> Any:  # fmt: skip
    """Every task, the latest first."""
    asked = {"state": state, "owner__ref__number": owner, "due_on__lte": due_by}
    rows = tasks_of(request.auth).filter(**{name: value for name, value in asked.items() if value})
    return page_of(rows, LATEST, after=after, limit=limit, shape=TaskShape.of, salt="tasks")


@router.get("/desk/tasks/{number}", auth=READS, response=answers(TaskShape, 403, 404))
def read_task(request: HttpRequest, number: str) -> Any:
    """One task."""
    return TaskShape.of(_task(request.auth, number))


def _task(actor: Actor, number: str) -> Task:
    return found(tasks_of(actor).filter(ref__number=number).first())


@router.post("/desk/tasks", auth=RUNS, response=answers(TaskShape, 403, status=201))
def set_task(request: HttpRequest, beginning: TaskBeginning) -> Any:
    """Set a task. Whoever it is given to is told."""
    owner, origin = at_the_desk(beginning.owner, "owner"), None
    if beginning.origin is not None:
        origin = known(Ref.objects.filter(number=beginning.origin).first(), "origin")
    task = actions.add_task(
        title=beginning.title, note=beginning.note, owner=owner, due_on=beginning.due_on, origin=origin,
        actor=request.auth, now=timezone.now(),
    )  # fmt: skip
    return Status(201, TaskShape.of(_task(request.auth, task.ref.number)))


def at_the_desk(number: str | None, field: str) -> Any:
    """Return somebody of the staff by number; nobody where none is named, a refusal of the field where she is none."""
    if number is None:
        return None
    return known(queries.staff(timezone.localdate()).filter(ref__number=number).first(), field)


@router.post("/desk/tasks/{number}/finish", auth=RUNS, response=answers(TaskShape, 403, 404, 409))
def finish_task(request: HttpRequest, number: str, said: Outcome) -> Any:
    """Say that a task is done, and what came of it."""
    task = _task(request.auth, number)
    actions.finish_task(task=task, outcome=said.outcome, actor=request.auth, now=timezone.now())
    return TaskShape.of(_task(request.auth, number))


@router.post("/desk/tasks/{number}/drop", auth=RUNS, response=answers(TaskShape, 403, 404, 409))
def drop_task(request: HttpRequest, number: str, said: Reason) -> Any:
    """Give a task up, with the reason."""
    task = _task(request.auth, number)
    with naming("reason", "required"):
        actions.drop_task(task=task, reason=said.reason, actor=request.auth, now=timezone.now())
    return TaskShape.of(_task(request.auth, number))
