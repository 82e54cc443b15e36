"""What the desk reads of calls: submissions with what was handed in, stages, readings, lists, relations."""

from datetime import date, datetime
from typing import Any, Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import FileShape, OrganisationName, PersonName, Words
from secretariat.doors.api.shapes.mine import ReceiptShape
from secretariat.doors.api.shapes.public import CallLine
from secretariat.summit.calls.models import Call, Submission
from secretariat.summit.review.models import Assignment, Conflict
from secretariat.summit.review.queries import Place, Ranking, StageState


class CallOfDesk(CallLine):
    """A call with its numbers, also one that was never opened."""

    handed_in: int
    eligible: int
    ineligible: int
    withdrawn: int
    writing: int

    @classmethod
    def of(cls, call: Call) -> Self:
        numbers = {
            name: getattr(call, name)
            for name in ("handed_in", "eligible", "ineligible", "withdrawn", "writing")
        }
        return cls(**CallLine.of(call).dict(), **numbers)


class SubmissionOfDesk(Schema):
    """What was handed in to a call; what is still being written is nobody's but its author's."""

    number: str
    call: str
    state: str
    title: Words
    person: PersonName
    organisation: OrganisationName | None
    topic: str | None
    version: int
    submitted_at: datetime | None

    @classmethod
    def of(cls, row: Submission) -> Self:
        return cls(
            number=row.ref.number, call=row.call.key, state=row.state, title=Words.of(row, "title"),
            person=PersonName.of(row.person), organisation=OrganisationName.of(row.organisation),
            topic=row.topic.key if row.topic else None, version=row.version, submitted_at=row.submitted_at,
        )  # fmt: skip


class SubmissionOfDeskWhole(SubmissionOfDesk):
    """A submission with the last version of its answers."""

    content: dict[str, Any] = Field(description="The last version handed in, by the keys of the questions.")
    files: list[FileShape]
    partners: list[OrganisationName]
    failed: list[str] | None = Field(
        description="Keys of the conditions it does not meet; none before the check."
    )
    receipts: list[ReceiptShape]

    @classmethod
    def of_one(cls, row: Submission, content: dict[str, Any], receipts: list[Any]) -> Self:
        attached = row.attachments.select_related("file").order_by("pk")
        partners = row.applicants.select_related("organisation__country").order_by("organisation__sort_key")
        screening = getattr(row, "screening", None)
        return cls(
            **SubmissionOfDesk.of(row).dict(), content=content,
            files=[FileShape.of(each.file) for each in attached],
            partners=[OrganisationName.of(each.organisation) for each in partners],
            failed=screening.failed if screening else None, receipts=[ReceiptShape.of(each) for each in receipts],
        )  # fmt: skip


class StageShape(Schema):
    """Where a stage of a selection stands."""

    key: str
    kind: str
    label: Words
    authority: str | None = Field(description="The number of the body that decides on its list.")
    readings: int
    done: int
    due_at: datetime | None
    frozen_at: datetime | None
    digest: str = Field(description="Of the frozen list; empty before.")
    decided_at: datetime | None

    @classmethod
    def of(cls, row: StageState) -> Self:
        stage, frozen, decision = row.stage, row.frozen, row.decision
        return cls(
            key=stage.key, kind=stage.kind, label=Words.of(stage, "label"),
            authority=stage.authority.ref.number if stage.authority else None, readings=row.total, done=row.done,
            due_at=row.matching.due_at if row.matching else None, frozen_at=frozen.frozen_at if frozen else None,
            digest=frozen.digest if frozen else "", decided_at=decision.decided_at if decision else None,
        )  # fmt: skip


class AssignmentShape(Schema):
    """Who reads an item in a stage, and what she said of it once it is handed in."""

    number: str
    title: Words
    reviewer: PersonName
    state: str
    scores: dict[str, int] | None
    overall: float | None
    confidence: int | None = Field(description="How sure she was herself, from 1 (low) to 4 (sure).")
    comment: str | None
    handed_in_at: datetime | None

    @classmethod
    def of(cls, row: Assignment) -> Self:
        review, item = getattr(row, "review", None), row.submission
        return cls(
            number=item.ref.number, title=Words.of(item, "title"), reviewer=PersonName.of(row.reviewer),
            state=row.state, scores=review.scores if review else None, overall=review.overall if review else None,
            confidence=review.confidence if review else None, comment=review.comment if review else None,
            handed_in_at=review.handed_in_at if review else None,
        )  # fmt: skip


class PlaceOnList(Schema):
    """An item on a frozen list."""

    position: int
    number: str
    title: Words
    rank: int | None
    score: float | None
    low: float | None
    high: float | None
    p_above: float | None = Field(description="The probability that it belongs above the line.")
    outcome: str
    refusal: str = Field(description="Why the authority refused it; mostly empty.")

    @classmethod
    def of(cls, row: Place) -> Self:
        told = {
            name: getattr(row, name)
            for name in ("position", "rank", "score", "low", "high", "p_above", "outcome")
        }
        item = row.submission
        return cls(**told, number=item.ref.number, title=Words.of(item, "title"), refusal=row.refusal)


class FrozenList(Schema):
    """The list of a stage as it was frozen, with the decision on it."""

    call: str
    stage: str
    frozen_at: datetime
    digest: str
    kept: int | None
    left_out: int
    decided_at: datetime | None
    places: list[PlaceOnList]

    @classmethod
    def of(cls, call: str, stage: str, found: Ranking) -> Self:
        return cls(
            call=call, stage=stage, frozen_at=found.frozen.frozen_at, digest=found.frozen.digest,
            kept=None if found.left_out else found.kept, left_out=found.left_out,
            decided_at=found.decision.decided_at if found.decision else None,
            places=[PlaceOnList.of(place) for place in found.places],
        )  # fmt: skip


class ConflictShape(Schema):
    """A relation between a member of the committee and an item."""

    number: str
    person: PersonName
    kind: str
    is_declared: bool
    explanation: str
    state: str
    reason: str
    resolved_at: datetime | None
    starts_on: date | None = Field(description="Since when the relation holds; none: not known.")
    ends_on: date | None
    direction: str = Field(description="Whose tie it is: hers, theirs, or mutual.")
    confidence: str = Field(description="How it is known: recorded, declared or inferred.")

    @classmethod
    def of(cls, row: Conflict) -> Self:
        return cls(
            number=row.submission.ref.number, person=PersonName.of(row.person), kind=row.kind,
            is_declared=row.is_declared, explanation=row.explanation, state=row.state, reason=row.reason,
            resolved_at=row.resolved_at, starts_on=row.starts_on, ends_on=row.ends_on, direction=row.direction,
            confidence=row.confidence,
        )  # fmt: skip
