"""What a reviewer reads and sends: her queue, an item with her draft on it, her declarations."""

from datetime import datetime
from typing import Any, Literal, Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import FileShape, OrganisationName, Words
from secretariat.doors.api.shapes.public import CriterionShape
from secretariat.summit.calls.models import Call, Criterion, Submission
from secretariat.summit.review.models import Assignment, Conflict


class ReadingLine(Schema):
    """One item that is mine to read in a stage, or that I have read."""

    call: str
    stage: str
    number: str
    title: Words
    topic: str | None
    state: str = Field(description="`assigned` or `done`.")
    is_begun: bool = Field(description="There is a draft of mine on it.")
    is_over: bool = Field(description="The list of its stage is frozen: nothing is written any more.")
    due_at: datetime | None

    @classmethod
    def of(cls, row: Assignment) -> Self:
        item = row.submission
        return cls(
            call=row.stage.call.key, stage=row.stage.key, number=item.ref.number, title=Words.of(item, "title"),
            topic=item.topic.key if item.topic else None, state=row.state, is_begun=row.is_begun, is_over=row.is_frozen,
            due_at=row.matching.due_at,
        )  # fmt: skip


class Judgement(Schema):
    """A score for each criterion by its key, and words to the committee."""

    scores: dict[str, int] = Field(description="By the keys of the call's criteria; a draft may have gaps.")
    comment: str = Field("", max_length=4000)
    confidence: Literal[1, 2, 3, 4] | None = Field(
        None, description="How sure I am of it, from 1 (low) to 4 (sure), if I say so. It is not counted."
    )


class ReviewShape(Judgement):
    """What was handed in; it is not changed afterwards."""

    overall: float
    handed_in_at: datetime


class ReadingWhole(ReadingLine):
    """An item as its reader sees it, with what she has written."""

    content: dict[str, Any] = Field(
        description="The answers that readers may see, by the keys of the questions."
    )
    files: list[FileShape]
    criteria: list[CriterionShape]
    draft: Judgement | None
    saved_at: datetime | None
    review: ReviewShape | None

    @classmethod
    def of_one(
        cls, row: Assignment, content: dict[str, Any], files: list[Any], criteria: list[Criterion]
    ) -> Self:
        draft, review = getattr(row, "draft", None), getattr(row, "review", None)
        written = draft and {name: getattr(draft, name) for name in ("scores", "comment", "confidence")}
        handed_in = review and ReviewShape(
            scores=review.scores, comment=review.comment, confidence=review.confidence, overall=review.overall,
            handed_in_at=review.handed_in_at,
        )  # fmt: skip
        return cls(
            **ReadingLine.of(row).dict(), content=content, files=[FileShape.of(file) for file in files],
            criteria=[CriterionShape.of(each) for each in criteria], draft=written,
            saved_at=draft.saved_at if draft else None, review=handed_in,
        )  # fmt: skip


class CallToJudge(Schema):
    """A call that a committee of mine judges, and whether I have gone through its items and signed."""

    call: str
    title: Words
    is_declared: bool = Field(description="I have gone through its items and signed its undertaking.")

    @classmethod
    def of(cls, call: Call) -> Self:
        return cls(call=call.key, title=Words.of(call, "title"), is_declared=call.is_declared)


class ItemToJudge(Schema):
    """An item by what tells me whether I may judge it."""

    number: str
    title: Words
    applicant: OrganisationName | None

    @classmethod
    def of(cls, item: Submission) -> Self:
        applicant = OrganisationName.of(item.organisation)
        return cls(number=item.ref.number, title=Words.of(item, "title"), applicant=applicant)


class Relation(Schema):
    """What stands between me and an item: declared by me, or found."""

    number: str
    kind: str
    is_declared: bool
    explanation: str
    state: str

    @classmethod
    def of(cls, row: Conflict) -> Self:
        return cls(
            number=row.submission.ref.number, kind=row.kind, is_declared=row.is_declared,
            explanation=row.explanation, state=row.state,
        )  # fmt: skip


class DeclarationWhole(CallToJudge):
    """What I go through, what stands between me and some of it, and what I sign."""

    undertaking: Words
    undertaking_digest: str = Field(description="What I send when I sign the text.")
    items: list[ItemToJudge]
    relations: list[Relation]


class Declaring(Schema):
    """The items I stand aside from, each with the reason; all others of the call I may judge fairly.

    ``undertaking`` signs the text of the call that has this digest.
    """

    aside: dict[str, str] = Field({}, description="Number of an item -> why.")
    undertaking: str = Field(max_length=64, description="`undertaking_digest` of the call: I sign its text.")


class Aside(Schema):
    """Why I step aside from an item."""

    reason: str = Field(min_length=1, max_length=1000)
