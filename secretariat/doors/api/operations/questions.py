"""Questions to applicants: asked and settled by the desk, answered by whoever applies."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Status

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.operations.registry import READS
from secretariat.doors.api.operations.work import RUNS, State
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.problems import in_person, invalid, naming
from secretariat.doors.api.shapes.basic import Listed, Page, answers
from secretariat.doors.api.shapes.questions import Answering, Asking, QuestionLine, QuestionWhole
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.models import File
from secretariat.foundation.files.queries import own_file
from secretariat.record.tasks.queries import end_of
from secretariat.summit.calls import actions, asking, queries
from secretariat.summit.calls.models import Submission

router = Router(tags=["my"])
desk = Router(tags=["desk"])
THREAD = "/my/submissions/{number}/questions"
DESK_THREAD = "/desk/submissions/{number}/questions"


def thread(submission: Submission) -> list[QuestionWhole]:
    return [QuestionWhole.of_one(question) for question in asking.thread_of(submission)]


def one_of(submission: Submission, pk: UUID) -> QuestionWhole:
    return next(question for question in thread(submission) if question.id == pk)


@router.get("/my/questions", auth=needing("my.read"), response=answers(Page[QuestionLine], 403))
def list_my_questions(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """What I am asked and have not answered, what is due first before it."""
    rows = asking.open_for(request.auth)
    return page_of(
        rows, ["due_at", "pk"], after=after, limit=limit, shape=QuestionLine.of, salt="my-questions"
    )


@router.get(THREAD, auth=needing("my.read"), response=answers(Listed[QuestionWhole], 403, 404))
def read_my_questions(request: HttpRequest, number: str) -> Any:
    """Everything that was asked about a submission of mine, with the answers; the latest question first."""
    return {"items": thread(queries.get_own_submission(request.auth, number))}


@router.post(
    f"{THREAD}/{{question}}/answers", auth=needing("my.write"),
    response=answers(QuestionWhole, 403, 404, 409, status=201),
)  # fmt: skip
def answer_my_question(request: HttpRequest, number: str, question: UUID, said: Answering) -> Any:
    """Answer, with files I handed in before. Until it is settled one may add to an answer; a late one is marked."""
    asked = found(asking.own_question(request.auth, number, question))
    files = [_own(request.auth, pk) for pk in dict.fromkeys(said.files)]
    actions.answer_question(
        question=asked, text=said.text, files=files, actor=request.auth, now=timezone.now()
    )
    return Status(201, one_of(asked.submission, question))


def _own(actor: Actor, pk: UUID) -> File:
    file = own_file(actor, pk)
    if file is None:
        raise invalid("files", "yours", _("There is no such thing, or it is not yours to see."))
    return file


@desk.get("/desk/questions", auth=READS, response=answers(Page[QuestionLine], 403))
def list_questions(request: HttpRequest, state: str = State, after: str = After, limit: int = Limit) -> Any:
    """Every question to an applicant, the latest first."""
    rows = asking.visible_questions(request.auth)
    rows = rows.filter(state=state) if state else rows
    return page_of(
        rows, ["-asked_at", "pk"], after=after, limit=limit, shape=QuestionLine.of, salt="questions"
    )


@desk.get(DESK_THREAD, auth=READS, response=answers(Listed[QuestionWhole], 403, 404))
def read_questions(request: HttpRequest, number: str) -> Any:
    """Everything an applicant was asked about a submission, with the answers; the latest question first."""
    return {"items": thread(_handed_in(request.auth, number))}


@desk.post(DESK_THREAD, auth=RUNS, response=answers(QuestionWhole, 403, 404, 409, status=201))
def ask_question(request: HttpRequest, number: str, said: Asking) -> Any:
    """Ask the applicant something, to be answered by the end of a day. She is told in whose name, so it needs one."""
    row = _handed_in(request.auth, number)
    in_person(request.auth)
    with naming("due_on", "future"):
        question = actions.ask_applicant(
            submission=row, text=said.text, due_at=end_of(said.due_on, row.call.zone), actor=request.auth,
            now=timezone.now(),
        )  # fmt: skip
    return Status(201, one_of(row, question.pk))


@desk.post(f"{DESK_THREAD}/{{question}}/settle", auth=RUNS, response=answers(QuestionWhole, 403, 404, 409))
def settle_question(request: HttpRequest, number: str, question: UUID) -> Any:
    """Close a question: it was answered, or the answer is no longer wanted."""
    asked = found(asking.question_at_desk(request.auth, number, question))
    in_person(request.auth)
    actions.settle_question(question=asked, actor=request.auth, now=timezone.now())
    return one_of(asked.submission, question)


def _handed_in(actor: Actor, number: str) -> Submission:
    return found(queries.handed_in(actor).filter(ref__number=number).first())
