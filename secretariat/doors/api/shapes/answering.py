"""What an applicant is asked to decide: a colleague's text, an honour offered to her, the proof of her entry."""

from datetime import datetime
from typing import Any, Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import OrganisationName, PersonName, Words
from secretariat.record.publications.models import PublicationEntry
from secretariat.summit.honours.models import Honour


class ApprovalShape(Schema):
    """How the draft as it stands is approved inside its organisation."""

    number: str = Field(description="Of the submission.")
    revision: int
    is_wanted: bool = Field(description="The organisation wants a second representative to approve.")
    asked_by: PersonName | None
    asked_at: datetime | None
    approved_by: PersonName | None
    approved_at: datetime | None
    may_approve: bool = Field(description="You are the one who may approve it now.")

    @classmethod
    def of(cls, row: Any, found: dict[str, Any]) -> Self:
        """Of a submission and what the queries say of its approval."""
        approval = found["approval"]
        return cls(
            number=row.ref.number, revision=row.revision, is_wanted=found["wants_approval"],
            asked_by=PersonName.of(approval.asked_by) if approval else None,
            asked_at=approval.asked_at if approval else None,
            approved_by=PersonName.of(approval.approved_by) if approval else None,
            approved_at=approval.approved_at if approval else None, may_approve=found["may_approve"],
        )  # fmt: skip


class Represented(Schema):
    """An organisation that you represent."""

    number: str
    name: Words
    wants_approval: bool

    @classmethod
    def of(cls, row: Any) -> Self:
        return cls(number=row.ref.number, name=Words.of(row, "name"), wants_approval=row.wants_approval)


class Wanted(Schema):
    """Whether a second representative approves what is handed in for the organisation."""

    wanted: bool


class OfferShape(Schema):
    """An honour as it was offered to you, in confidence until it is conferred."""

    number: str
    submission: str = Field(description="The number of the item it is for.")
    call: str
    title: Words
    organisation: Words | None
    level: str
    level_name: Words
    state: str
    offered_at: datetime
    answer_until: datetime | None = Field(
        description="The day an answer is asked for by; a later one counts."
    )
    answered_at: datetime | None
    conferred_at: datetime | None

    @classmethod
    def of(cls, row: Honour) -> Self:
        item = row.submission
        return cls(
            number=row.ref.number, submission=item.ref.number, call=item.call.key, title=Words.of(item, "title"),
            organisation=Words.of(item.organisation, "name") if item.organisation else None, level=row.level,
            level_name=Words.of(row, "level"), state=row.state, offered_at=row.offered_at,
            answer_until=row.answer_until, answered_at=row.answered_at, conferred_at=row.conferred_at,
        )  # fmt: skip


class Accepting(Schema):
    """The answer to an offer."""

    accept: bool = Field(description="True: the honour is accepted; false: it is declined for good.")


class ProofShape(Schema):
    """An entry of a book that you answer for."""

    book: str = Field(description="The key of the book.")
    number: str = Field(description="Of the item.")
    book_title: Words
    state: str
    proof_until: datetime
    answered_at: datetime | None

    @classmethod
    def of(cls, row: PublicationEntry) -> Self:
        book = row.publication
        return cls(
            book=book.key, number=row.item.number, book_title=Words.of(book, "title"), state=row.state,
            proof_until=book.proof_until, answered_at=row.answered_at,
        )  # fmt: skip


class ProofWhole(ProofShape):
    """The text of an entry as it would be printed, beside what was handed in last."""

    content: dict[str, Any] = Field(description="As it would be printed, by the keys of the questions.")
    handed_in: dict[str, Any] = Field(description="The same questions as they were handed in last.")
    applicants: list[OrganisationName]

    @classmethod
    def of_one(cls, row: PublicationEntry, handed_in: dict[str, Any], applicants: list[Any]) -> Self:
        printed = {key: value for key, value in row.content.items() if key not in ("ref", "applicants")}
        return cls(
            **ProofShape.of(row).dict(), content=printed,
            handed_in={key: value for key, value in handed_in.items() if key in printed},
            applicants=[OrganisationName.of(each) for each in applicants],
        )  # fmt: skip


class Approving(Schema):
    """The answer to a proof."""

    approve: bool = Field(description="True: it is printed as it stands; false: it is not printed.")
