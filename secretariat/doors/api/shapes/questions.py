"""Questions of the desk about what was handed in, and what is answered."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from ninja import Field, Schema
from pydantic import StringConstraints

from secretariat.doors.api.shapes.basic import FileShape, PersonName
from secretariat.summit.calls.models import Answer, Question

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]


class QuestionLine(Schema):
    """A question about a submission."""

    id: UUID
    submission: str = Field(description="By number.")
    text: str
    asked_at: datetime
    due_at: datetime
    state: str

    @classmethod
    def of(cls, row: Question) -> Self:
        return cls(**told_of(row))


def told_of(row: Question) -> dict[str, Any]:
    return {
        "id": row.pk, "submission": row.submission.ref.number, "text": row.text, "asked_at": row.asked_at,
        "due_at": row.due_at, "state": row.state,
    }  # fmt: skip


class AnswerShape(Schema):
    """What was answered. It stands; who wants to say more adds another."""

    text: str
    author: PersonName
    answered_at: datetime
    is_late: bool
    files: list[FileShape]

    @classmethod
    def of(cls, row: Answer) -> Self:
        return cls(
            text=row.text, author=PersonName.of(row.author), answered_at=row.answered_at, is_late=row.is_late,
            files=[FileShape.of(each.file) for each in row.files.all()],
        )  # fmt: skip


class QuestionWhole(QuestionLine):
    """A question with its answers, the first one first."""

    asked_by: PersonName
    settled_at: datetime | None
    answers: list[AnswerShape]

    @classmethod
    def of_one(cls, row: Question) -> Self:
        return cls(
            **told_of(row), asked_by=PersonName.of(row.asked_by), settled_at=row.settled_at,
            answers=[AnswerShape.of(each) for each in row.answers.all()],
        )  # fmt: skip


class Asking(Schema):
    """What the applicant is asked, and by the end of which day she is to answer, where the call is at home."""

    text: Said
    due_on: date


class Answering(Schema):
    """The answer, with files I handed in before."""

    text: Said
    files: list[UUID] = Field([], max_length=20)
