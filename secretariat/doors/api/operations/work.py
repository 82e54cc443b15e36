"""The desk's work: tasks, read and set and ended; the letters, read."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.operations.registry import READS
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.problems import invalid, naming
from secretariat.doors.api.shapes.basic import Page, answers
from secretariat.doors.api.shapes.mine import Reason
from secretariat.doors.api.shapes.work import (
    IncomingShape,
    IncomingWhole,
    LetterLine,
    LetterWhole,
    Outcome,
    TaskBeginning,
    TaskShape,
)
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.privacy.actions import disclose
from secretariat.record.correspondence import queries as letters
from secretariat.record.tasks import actions, queries
from secretariat.record.tasks.models import Task
from secretariat.registry.refs.models import Ref

router = Router(tags=["desk"])
RUNS = needing("desk.run")
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
    owner = origin = None
    if beginning.owner is not None:
        owner = queries.staff(timezone.localdate()).filter(ref__number=beginning.owner).first()
        _known(owner, "owner")
    if beginning.origin is not None:
        origin = Ref.objects.filter(number=beginning.origin).first()
        _known(origin, "origin")
    task = actions.add_task(
        title=beginning.title, note=beginning.note, owner=owner, due_on=beginning.due_on, origin=origin,
        actor=request.auth, now=timezone.now(),
    )  # fmt: skip
    return Status(201, TaskShape.of(_task(request.auth, task.ref.number)))


def _known(thing: Any, field: str) -> None:
    if thing is None:
        raise invalid(field, "known", _("There is no such thing, or it is not yours to see."))


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


def incoming_of(actor: Actor) -> Any:
    return letters.visible_incoming(actor).select_related("owner__ref", "person__ref", "organisation__ref")


@router.get("/desk/letters/in", auth=READS, response=answers(Page[IncomingShape], 403))
def list_incoming(request: HttpRequest, state: str = State, after: str = After, limit: int = Limit) -> Any:
    """What came in, the latest first."""
    rows = incoming_of(request.auth).defer("summary")
    rows = rows.filter(state=state) if state else rows
    return page_of(rows, LATEST, after=after, limit=limit, shape=IncomingShape.of, salt="incoming")


@router.get("/desk/letters/in/{number}", auth=READS, response=answers(IncomingWhole, 403, 404))
def read_incoming(request: HttpRequest, number: str) -> Any:
    """One letter that came in, with what it says."""
    rows = incoming_of(request.auth).select_related("file").filter(ref__number=number)
    return IncomingWhole.of_one(found(rows.first()))


def letters_of(actor: Actor) -> Any:
    return letters.visible_letters(actor).select_related("drafter__ref", "signer__ref")


@router.get("/desk/letters/out", auth=READS, response=answers(Page[LetterLine], 403))
def list_letters(request: HttpRequest, state: str = State, after: str = After, limit: int = Limit) -> Any:
    """What goes out, the latest first."""
    rows = letters_of(request.auth).defer("wording__text")
    rows = rows.filter(state=state) if state else rows
    return page_of(rows, LATEST, after=after, limit=limit, shape=LetterLine.of, salt="letters")


@router.get("/desk/letters/out/{number}", auth=READS, response=answers(LetterWhole, 403, 404))
def read_letter(request: HttpRequest, number: str) -> Any:
    """One letter with its text and everybody it goes to."""
    letter = found(letters_of(request.auth).filter(ref__number=number).first())
    people = letter.recipients.filter(person__isnull=False).values_list("person", flat=True)
    disclose(
        owners=list(people), what="correspondence.recipients", about=number, actor=request.auth,
        now=timezone.now(),
    )  # fmt: skip
    return LetterWhole.of_one(letter)
