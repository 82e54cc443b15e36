"""What is kept of meetings: minutes paragraph by paragraph, resolutions with what becomes of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import FileShape, Words
from secretariat.governance.minutes.models import Minutes, Paragraph, Resolution
from secretariat.governance.minutes.tables import standing_of
from secretariat.record.tasks.models import Task


class MinutesLine(Schema):
    """Minutes by their number, and where they stand."""

    number: str
    meeting: str = Field(description="The number of the meeting.")
    body: str = Field(description="The number of the body that met.")
    state: str
    circulated_at: datetime | None
    corrections_until: datetime | None
    adopted_at: datetime | None
    adopted_how: str = Field(description="`meeting`, `silence`, or empty.")
    adopted_by: str | None = Field(description="The ballot that adopted them, where one did.")
    digest: str

    @classmethod
    def of(cls, row: Minutes) -> Self:
        told = {
            name: getattr(row, name)
            for name in ("state", "circulated_at", "adopted_at", "adopted_how", "digest")
        }
        return cls(
            **told, number=row.ref.number, meeting=row.meeting.ref.number, body=row.meeting.body.ref.number,
            corrections_until=row.silence_ends_at, adopted_by=row.ballot.ref.number if row.ballot else None,
        )  # fmt: skip


class ParagraphShape(Schema):
    """What minutes say about one thing in one language."""

    item: str = Field(description="The number of the agenda item; empty where it is about none.")
    language: str
    heading: str
    text: str

    @classmethod
    def of(cls, row: Paragraph) -> Self:
        return cls(item=row.number, language=row.language, heading=row.heading, text=row.text)


class MinutesWhole(MinutesLine):
    """Minutes with the paragraphs the reader may see, in their order."""

    paragraphs: list[ParagraphShape]

    @classmethod
    def of_one(cls, row: Minutes, seen: Sequence[Paragraph]) -> Self:
        return cls(**MinutesLine.of(row).dict(), paragraphs=[ParagraphShape.of(each) for each in seen])


class ResolutionLine(Schema):
    """A resolution by its numbers, and where its actions stand."""

    number: str
    code: str = Field(description="As it is quoted: the body, the year, its number in that year.")
    body: str = Field(description="The number of the body.")
    title: Words
    adopted_on: date
    standing: str = Field(description="`open` while an action is, `done`, or `none` without actions.")
    next_due: date | None = Field(description="The day of the open action that is due first.")
    published_at: datetime | None

    @classmethod
    def of(cls, row: Resolution) -> Self:
        return cls(
            number=row.ref.number, code=row.code, body=row.body.ref.number, title=Words.of(row, "title"),
            adopted_on=row.adopted_on, standing=standing_of(row), next_due=row.next_due,
            published_at=row.published_at,
        )  # fmt: skip


class ActionShape(Schema):
    """Something to be done for a resolution. Whose it is and what came of it, strangers are not told."""

    number: str
    title: str
    state: str
    due_on: date | None
    owner: str | None = Field(description="The number of the person it was given to.")
    outcome: str
    shown_by: list[str] = Field(description="The numbers of what shows it.")
    files: list[FileShape] = Field(description="The files that show it.")

    @classmethod
    def of(cls, row: Task, *, inside: bool) -> Self:
        return cls(
            number=row.ref.number, title=row.title, state=row.state, due_on=row.due_on,
            owner=row.owner.ref.number if inside and row.owner else None, outcome=row.outcome if inside else "",
            shown_by=[each.shown_by.number for each in row.evidence if each.shown_by] if inside else [],
            files=[FileShape.of(each.file) for each in row.evidence if each.file] if inside else [],
        )  # fmt: skip


class ResolutionWhole(ResolutionLine):
    """A resolution with its text, how it was decided, and its actions."""

    text: Words
    ballot: str = Field(description="The ballot that decided it.")
    motion: str | None
    digest: str
    actions: list[ActionShape]

    @classmethod
    def of_one(cls, row: Resolution, tasks: Sequence[Task], *, inside: bool) -> Self:
        motion = row.motion if row.motion and (inside or row.motion.published_at) else None
        return cls(
            **ResolutionLine.of(row).dict(), text=Words.of(row, "text"), ballot=row.ballot.ref.number,
            motion=motion.ref.number if motion else None, digest=row.digest,
            actions=[ActionShape.of(task, inside=inside) for task in tasks],
        )  # fmt: skip
