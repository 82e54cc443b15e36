"""Questions to committees that advise, their papers, and the opinions as everybody reads them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import FileShape, PersonName, Words
from secretariat.governance.advice.models import AdviceRequest, Contribution, Paper, PaperVersion


class OpinionLine(Schema):
    """An opinion by its number."""

    number: str
    committee: str = Field(description="The number of the committee.")
    asked_by: str | None = Field(
        description="The number of the body that asked; the secretariat where it is empty."
    )
    question: Words
    adopted_at: datetime
    published_at: datetime

    @classmethod
    def of(cls, row: AdviceRequest) -> Self:
        return cls(
            number=row.ref.number, committee=row.committee.ref.number, question=Words.of(row, "question"),
            asked_by=row.asked_by.ref.number if row.asked_by else None, adopted_at=row.adopted_at,
            published_at=row.published_at,
        )  # fmt: skip


class OpinionWhole(OpinionLine):
    """An opinion with its text and the dissent noted with it."""

    background: str
    wanted_by: date
    opinion: Words
    dissent: Words

    @classmethod
    def of_one(cls, row: AdviceRequest) -> Self:
        return cls(
            **OpinionLine.of(row).dict(), background=row.background, wanted_by=row.due_on,
            opinion=Words.of(row, "opinion"), dissent=Words.of(row, "dissent"),
        )  # fmt: skip


class AdviceLine(Schema):
    """A question to a committee by its number, and where it stands."""

    number: str
    committee: str = Field(description="The number of the committee.")
    asked_by: str | None = Field(
        description="The number of the body that asked; the secretariat where it is empty."
    )
    question: Words
    state: str
    asked_at: datetime
    wanted_by: date
    adopted_at: datetime | None
    published_at: datetime | None

    @classmethod
    def of(cls, row: AdviceRequest) -> Self:
        told = {name: getattr(row, name) for name in ("state", "asked_at", "adopted_at", "published_at")}
        return cls(
            **told, number=row.ref.number, committee=row.committee.ref.number, question=Words.of(row, "question"),
            asked_by=row.asked_by.ref.number if row.asked_by else None, wanted_by=row.due_on,
        )  # fmt: skip


class AdvicePaperVersion(Schema):
    """A paper as it reads in a language."""

    language: str
    turn: int
    handed_in_at: datetime
    file: FileShape

    @classmethod
    def of(cls, row: PaperVersion) -> Self:
        return cls(
            language=row.language,
            turn=row.turn,
            handed_in_at=row.handed_in_at,
            file=FileShape.of(row.file),
        )


class AdvicePaper(Schema):
    """A paper that goes with a question. One that was withdrawn says why, and has no versions to read."""

    number: int
    title: Words
    withdrawn: str
    versions: list[AdvicePaperVersion] = Field(description="The latest of each language.")

    @classmethod
    def of(cls, row: Paper) -> Self:
        versions = [] if row.withdrawn else [AdvicePaperVersion.of(each) for each in row.read]
        return cls(
            number=row.number, title=Words.of(row, "title"), withdrawn=row.withdrawn, versions=versions
        )


class ContributionShape(Schema):
    """What a member of the committee said."""

    person: PersonName
    text: str
    said_at: datetime

    @classmethod
    def of(cls, row: Contribution) -> Self:
        return cls(person=PersonName.of(row.person), text=row.text, said_at=row.said_at)


class AdviceWhole(AdviceLine):
    """A question with its papers, its opinion, and what members said where the reader may see it."""

    background: str
    papers: list[AdvicePaper]
    contributions: list[ContributionShape]
    opinion: Words
    dissent: Words
    reason: str = Field(description="Why it was withdrawn.")

    @classmethod
    def of_one(cls, row: AdviceRequest, papers: Sequence[Paper], said: Sequence[Contribution]) -> Self:
        return cls(
            **AdviceLine.of(row).dict(), background=row.background, opinion=Words.of(row, "opinion"),
            papers=[AdvicePaper.of(each) for each in papers], dissent=Words.of(row, "dissent"), reason=row.reason,
            contributions=[ContributionShape.of(each) for each in said],
        )  # fmt: skip


class Asking(Schema):
    """A question to a committee that advises."""

    committee: str = Field(max_length=40, description="The number of the committee.")
    asked_by: str = Field(
        "", max_length=40, description="The number of the body that asks; empty: the secretariat."
    )
    question: Words
    background: str = Field("", max_length=20000)
    wanted_by: date


class Contributing(Schema):
    """What I think."""

    text: str = Field(max_length=20000)


class OpinionGiven(Schema):
    """The one opinion in both languages, and the dissent noted with it."""

    opinion: Words
    dissent: Words = Words()


class Withdrawing(Schema):
    """Why a question is taken back."""

    reason: str = Field(max_length=500)
