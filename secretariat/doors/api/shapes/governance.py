"""What bodies are asked and decide: motions with their amendments, ballots with their results."""

from datetime import datetime
from typing import Any, Literal, Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import Words
from secretariat.governance.ballots.models import Ballot, RollLine, Vote
from secretariat.governance.ballots.states import Choice
from secretariat.governance.ballots.subjects import Subject
from secretariat.governance.motions.models import Amendment, Motion, Version


class MotionLine(Schema):
    """A motion by its numbers and where it stands."""

    number: str
    code: str = Field(description="As it is quoted: the body, the year, its number in that year.")
    body: str = Field(description="The number of the body.")
    kind: str
    state: str
    title: Words
    submitted_at: datetime | None
    ended_at: datetime | None
    published_at: datetime | None

    @classmethod
    def of(cls, row: Motion) -> Self:
        told = {name: getattr(row, name) for name in ("code", "kind", "state", "submitted_at", "ended_at")}
        return cls(
            **told, number=row.ref.number, body=row.body.ref.number, title=Words.of(row, "title"),
            published_at=row.published_at,
        )  # fmt: skip


class AmendmentShape(Schema):
    """A change to one paragraph, and what became of it."""

    number: int
    doing: str = Field(description="`replace`, `delete` or `insert`; an insertion comes after the paragraph.")
    paragraph: int
    text: Words
    state: str
    turn: int | None = Field(description="Its place among those taken in, in their order.")
    ballot: str | None

    @classmethod
    def of(cls, row: Amendment) -> Self:
        told = {name: getattr(row, name) for name in ("number", "doing", "paragraph", "state", "turn")}
        return cls(**told, text=Words.of(row, "text"), ballot=row.ballot.ref.number if row.ballot else None)


class VersionShape(Schema):
    """A text as it was at a moment that counts, with its digest."""

    number: int
    stage: str
    at: datetime
    digest: str
    paragraphs: list[Words]

    @classmethod
    def of(cls, row: Version) -> Self:
        paragraphs = [Words(en=each.en, zh=each.zh) for each in row.text]
        return cls(number=row.number, stage=row.stage, at=row.at, digest=row.digest, paragraphs=paragraphs)


class MotionWhole(MotionLine):
    """A motion with every version of its text and the amendments to it."""

    reason: str
    power: Words | None = Field(description="The power under which the body decides.")
    versions: list[VersionShape]
    amendments: list[AmendmentShape]
    ballot: str | None = Field(description="The ballot that decided on it.")

    @classmethod
    def of_one(cls, row: Motion, versions: list[Version], amendments: list[Amendment]) -> Self:
        return cls(
            **MotionLine.of(row).dict(), reason=row.reason, power=Words.of(row.power, "name") if row.power else None,
            versions=[VersionShape.of(each) for each in versions],
            amendments=[AmendmentShape.of(each) for each in amendments],
            ballot=row.ballot.ref.number if row.ballot else None,
        )  # fmt: skip


class BallotResult(Schema):
    """What came out, with what it was measured by."""

    outcome: str
    yes: float
    no: float
    abstain: float
    entitled: float
    needed: int
    quorum_present: int
    quorum_needed: int
    digest: str


class BallotLine(Schema):
    """A question to a body, its rules, and its result once it is closed; who is recused is told none."""

    number: str
    body: str = Field(description="The number of the body.")
    about: str | None = Field(description="The number of what it is about.")
    question: Words
    method: str
    majority: str
    base: str
    state: str
    opened_at: datetime | None
    closes_at: datetime | None
    ended_at: datetime | None
    roll_digest: str
    result: BallotResult | None

    @classmethod
    def of(cls, row: Ballot) -> Self:
        names = ("method", "majority", "base", "state", "opened_at", "closes_at", "ended_at", "roll_digest")
        told: dict[str, Any] = {name: getattr(row, name) for name in names}
        result = None if getattr(row, "is_kept", False) else getattr(row, "result", None)
        counted = {name: getattr(result, name) for name in BallotResult.model_fields} if result else None
        return cls(
            **told, number=row.ref.number, body=row.body.ref.number, question=Words.of(row, "question"),
            about=row.subject.number if row.subject else None, result=BallotResult(**counted) if counted else None,
        )  # fmt: skip


class MyVote(Schema):
    """A line of the roll that is mine to cast: for myself, for an organisation, or by proxy."""

    position: int
    organisation: str | None = Field(
        description="Whose vote it is, by name in your language, where it is not mine."
    )
    by_proxy: bool
    weight: float
    is_recused: bool
    choice: str | None = Field(description="What I said; none: nothing yet.")
    cast_at: datetime | None

    @classmethod
    def of(cls, line: RollLine, said: Vote | None) -> Self:
        return cls(
            position=line.position, organisation=str(line.organisation) if line.organisation else None,
            by_proxy=line.by_proxy, weight=line.weight, is_recused=line.is_recused,
            choice=said.choice if said else None, cast_at=said.cast_at if said else None,
        )  # fmt: skip


class BallotWhole(BallotLine):
    """A ballot in which I vote, with whom it is about and my votes in it."""

    subject: str | None = Field(description="Who or what the question is about, as it is called today.")
    may_change: bool
    votes: list[MyVote]

    @classmethod
    def of_one(cls, row: Ballot, subject: Subject | None, votes: list[tuple[RollLine, Vote | None]]) -> Self:
        return cls(
            **BallotLine.of(row).dict(), subject=subject.name if subject else None, may_change=row.may_change,
            votes=[MyVote.of(line, said) for line, said in votes],
        )  # fmt: skip


class Voting(Schema):
    """A vote. In a silence procedure whoever objects says why."""

    position: int = Field(1, ge=1, description="The line of the roll; one's own are told by the ballot.")
    choice: Choice
    reason: str = Field("", max_length=2000)


BallotAct = Literal["open", "hands", "extend", "cancel", "close"]


class BallotActing(Schema):
    """What an act on a ballot needs of this; the rest is left out.

    `yes`, `no` and `abstain` for a count of hands; `closes_at` and `reason` for more time; `reason` to cancel;
    `casting` where the rules give the chair a vote that ends a tie.
    """

    yes: int = Field(0, ge=0)
    no: int = Field(0, ge=0)
    abstain: int = Field(0, ge=0)
    closes_at: datetime | None = None
    reason: str = Field("", max_length=2000)
    casting: Literal["yes", "no"] | None = None
