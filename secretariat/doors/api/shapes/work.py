"""The desk's work: tasks, what came in, and what goes out."""

from datetime import date, datetime
from typing import Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import FileShape, PersonName
from secretariat.record.correspondence.models import Incoming, Letter
from secretariat.record.tasks.models import Task


class TaskShape(Schema):
    """Something to be done by somebody by a day."""

    number: str
    title: str
    note: str
    owner: PersonName | None
    due_on: date | None
    edition: str | None
    origin: str | None = Field(description="The number of what it comes from.")
    state: str
    outcome: str
    ended_at: datetime | None

    @classmethod
    def of(cls, row: Task) -> Self:
        return cls(
            number=row.ref.number, title=row.title, note=row.note, owner=PersonName.of(row.owner), due_on=row.due_on,
            edition=row.edition.ref.number if row.edition else None, origin=row.origin.number if row.origin else None,
            state=row.state, outcome=row.outcome, ended_at=row.ended_at,
        )  # fmt: skip


class TaskBeginning(Schema):
    """A task to be set."""

    title: str = Field(min_length=1, max_length=300)
    note: str = Field("", max_length=10_000)
    owner: str | None = Field(
        None, max_length=60, description="The number of somebody who works at the desk."
    )
    due_on: date | None = None
    origin: str | None = Field(None, max_length=60, description="The number of what it comes from.")


class Outcome(Schema):
    """What came of it."""

    outcome: str = Field("", max_length=10_000)


class IncomingShape(Schema):
    """A letter that came in."""

    number: str
    subject: str
    sender: str
    person: PersonName | None
    organisation: str | None = Field(description="By number.")
    received_on: date
    their_reference: str
    medium: str
    owner: PersonName | None
    answer_by: date | None
    state: str

    @classmethod
    def of(cls, row: Incoming) -> Self:
        return cls(
            number=row.ref.number, subject=row.subject, sender=row.sender, person=PersonName.of(row.person),
            organisation=row.organisation.ref.number if row.organisation else None, received_on=row.received_on,
            their_reference=row.their_reference, medium=row.medium, owner=PersonName.of(row.owner),
            answer_by=row.answer_by, state=row.state,
        )  # fmt: skip


class IncomingWhole(IncomingShape):
    """A letter that came in, with what it says and its scan."""

    summary: str
    file: FileShape | None

    @classmethod
    def of_one(cls, row: Incoming) -> Self:
        file = FileShape.of(row.file) if row.file else None
        return cls(**IncomingShape.of(row).dict(), summary=row.summary, file=file)


class LetterLine(Schema):
    """A letter that goes out."""

    number: str
    subject: str
    language: str
    state: str
    drafter: PersonName
    signer: PersonName | None
    answers: str | None = Field(description="The number of the letter it answers.")
    recipients: int
    due_on: date | None
    signed_at: datetime | None
    sent_at: datetime | None

    @classmethod
    def of(cls, row: Letter) -> Self:
        return cls(
            number=row.ref.number, subject=row.wording.subject, language=row.wording.language, state=row.state,
            drafter=PersonName.of(row.drafter), signer=PersonName.of(row.signer),
            answers=row.answers.ref.number if row.answers else None, recipients=row.recipient_count, due_on=row.due_on,
            signed_at=row.signed_at, sent_at=row.sent_at,
        )  # fmt: skip


class RecipientPart(Schema):
    """One to whom a letter goes."""

    name: str
    email: str
    address: str


class LetterWhole(LetterLine):
    """A letter with its text and everybody it goes to."""

    text: str
    remark: str
    digest: str = Field(description="The SHA-256 of what was signed; empty before.")
    to: list[RecipientPart]

    @classmethod
    def of_one(cls, row: Letter) -> Self:
        rows = row.recipients.order_by("name", "email", "pk")
        to = [RecipientPart(name=each.name, email=each.email, address=each.address) for each in rows]
        return cls(
            **LetterLine.of(row).dict(), text=row.wording.text, remark=row.remark, digest=row.digest, to=to
        )
