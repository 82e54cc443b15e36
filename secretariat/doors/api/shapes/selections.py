"""What is public of a selection: each cut with its rule, number and proof, and the items that may be named."""

from datetime import datetime
from typing import Any, Self

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import OrganisationName, Words
from secretariat.doors.site.listing import Item
from secretariat.doors.site.selections import Level, Selection, Step


class LevelShape(Schema):
    """A level of honour: how many places were planned, and how many the list fills."""

    key: str
    label: Words
    planned: int
    count: int

    @classmethod
    def of(cls, level: Level) -> Self:
        return cls(key=level.key, label=Words.of(level, "label"), planned=level.planned, count=level.count)


class Cut(Schema):
    """One cut. Before its authority has decided there is only the rule."""

    key: str
    kind: str
    label: Words
    rule: Words
    is_public: bool
    is_named: bool = Field(description="Its items may be read by name.")
    count: int | None
    digest: str = Field(description="The SHA-256 of the frozen list.")
    log_index: int | None = Field(description="Where its pledge stands in the sealed log.")
    decided_by: str
    decided_at: datetime | None
    refused: list[dict[str, Any]]
    levels: list[LevelShape]

    @classmethod
    def of(cls, step: Step) -> Self:
        return cls(
            key=step.key, kind=step.stage.kind, label=Words.of(step, "label"), rule=Words.of(step, "rule"),
            is_public=step.is_public, is_named=step.is_named, count=step.count, digest=step.digest,
            log_index=step.log_index, decided_by=step.decided_by, decided_at=step.decided_at,
            refused=list(step.refused), levels=[LevelShape.of(level) for level in step.levels],
        )  # fmt: skip


class SelectionShape(Schema):
    """A call as a selection. `collected` is not told while the call is open."""

    call: str
    title: Words
    state: str
    simulated: bool
    collected: int | None
    is_complete: bool = Field(description="Every list is decided and no offer of an honour is open.")
    rules_index: int | None = Field(description="Where the pledge of its rules stands in the sealed log.")
    inputs_index: int | None
    cuts: list[Cut]

    @classmethod
    def of(cls, found: Selection) -> Self:
        return cls(
            call=found.call.key, title=Words.of(found.call, "title"), state=found.call.state,
            simulated=found.call.edition.simulated, collected=found.collected, is_complete=found.is_complete,
            rules_index=found.rules_index, inputs_index=found.inputs_index,
            cuts=[Cut.of(step) for step in found.steps],
        )  # fmt: skip


class EntryShape(Schema):
    """An item of the named list. What was withdrawn later keeps its number and loses its words."""

    number: str
    is_withdrawn: bool
    title: Words
    topic: str | None
    applicant: OrganisationName | None
    joint_applicants: int
    honour: str = Field(description="The level of an honour that stands; empty for none.")

    @classmethod
    def of(cls, item: Item) -> Self:
        found = item.submission
        if found is None:
            return cls(
                number=item.ref, is_withdrawn=True, title=Words(), topic=None, applicant=None, joint_applicants=0,
                honour="",
            )  # fmt: skip
        return cls(
            number=item.ref, is_withdrawn=False, title=Words.of(found, "title"),
            topic=found.topic.key if found.topic else None, applicant=OrganisationName.of(found.organisation),
            joint_applicants=found.joint, honour=item.honour.level if item.is_standing else "",
        )  # fmt: skip
