"""What is written to many: its words, to whom, and how far it has come."""

from datetime import date, datetime
from typing import Any, Literal, Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import PersonName, Words
from secretariat.record.mailings.audiences import Audience
from secretariat.record.mailings.models import Copy, Mailing

MailingAct = Literal["put-up", "approve", "send-back", "start", "stop", "resume", "drop"]


class AudienceShape(Schema):
    """A list that can be written to."""

    key: str
    label: str = Field(description="In the language of Accept-Language.")

    @classmethod
    def of(cls, row: Audience) -> Self:
        return cls(key=row.key, label=str(row.label))


class MailingLine(Schema):
    """A mailing."""

    number: str
    audience: str
    subject: Words
    kind: str
    state: str
    drafter: PersonName
    approver: PersonName | None
    approved_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def of(cls, row: Mailing) -> Self:
        return cls(
            number=row.ref.number, audience=row.audience, subject=Words.of(row.text, "subject"), kind=row.kind,
            state=row.state, drafter=PersonName.of(row.drafter), approver=PersonName.of(row.approver),
            approved_at=row.approved_at, started_at=row.started_at, ended_at=row.ended_at,
        )  # fmt: skip


class MailingWhole(MailingLine):
    """A mailing with its words, whom it goes to, and how far it has come."""

    query: str = Field(description="The filter of the list.")
    rows: int = Field(description="How many rows were chosen; 0: all that the filter leaves.")
    text: Words
    deadline: date | None
    remark: str
    digest: str = Field(description="The SHA-256 of what was approved; empty before.")
    copies: int
    going: int = Field(description="How many copies go; of a draft, how many would go now.")
    sent: int
    returned: int

    @classmethod
    def of_one(cls, row: Mailing, standing: Any) -> Self:
        return cls(
            **MailingLine.of(row).dict(), query=row.query, rows=len(row.rows), text=Words.of(row.text, "text"),
            deadline=row.text.deadline, remark=row.remark, digest=row.digest, copies=standing.total,
            going=standing.going, sent=standing.sent, returned=standing.returned,
        )  # fmt: skip


class CopyShape(Schema):
    """What one reader gets, word for word, or why she gets nothing."""

    name: str
    address: str
    language: str
    reference: str
    subject: str
    text: str
    skipped: str = Field(description="Why she gets none; empty: she gets it.")
    outcome: str = Field(description="What became of it; of a draft `unsent`.")

    @classmethod
    def of(cls, row: Copy) -> Self:
        told = ("name", "address", "language", "reference", "subject", "text", "skipped")
        return cls(**{name: getattr(row, name) for name in told}, outcome=getattr(row, "outcome", "unsent"))


class MailingBeginning(Schema):
    """To whom: a list, and which of its rows."""

    audience: str = Field(max_length=60, description="The key of a list that can be written to.")
    query: str = Field(
        "", max_length=2000, description="The filter as the page of the list has it in its address."
    )


class MailingWords(Schema):
    """The words of a draft; they take the place of what stands."""

    subject_en: str = Field("", max_length=200)
    text_en: str = Field("", max_length=10_000)
    subject_zh: str = Field("", max_length=200)
    text_zh: str = Field("", max_length=10_000)
    deadline: date | None = Field(None, description="The day that {deadline} stands for.")
    kind: Literal["news", "affair"] = "news"
    approver: str | None = Field(
        None, max_length=60, description="The number of somebody else who works at the desk."
    )
