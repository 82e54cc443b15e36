"""Opinions of committees that advise, as everybody reads them."""

from datetime import date, datetime
from typing import Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import Words
from secretariat.governance.advice.models import AdviceRequest


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
