from datetime import date
from typing import Self
from uuid import UUID

from ninja import Field, Schema

from secretariat.registry.relations.models import Relation
from secretariat.registry.relations.states import RelationKind


class MyRelation(Schema):
    """A personal relation that I declared, or that the secretariat recorded of me. Only I read what I declared."""

    id: UUID
    name: str
    kind: RelationKind
    note: str = Field(description="My own words; of a pinned one, on what it is known.")
    starts_on: date
    ends_on: date | None
    is_pinned: bool = Field(description="Recorded by the secretariat: not mine to end.")

    @classmethod
    def of(cls, row: Relation) -> Self:
        names = ("id", "name", "kind", "note", "starts_on", "ends_on", "is_pinned")
        return cls(**{name: getattr(row, name) for name in names})


class Relating(Schema):
    """To whom I am tied: a name as it is written there, in Latin letters or in Chinese."""

    name: str = Field(max_length=200)
    kind: RelationKind
    starts_on: date | None = Field(None, description="Since when; none: from today.")
    note: str = Field("", max_length=2000)


class Ending(Schema):
    """Until when it held, that day included."""

    on: date


class Naming(Schema):
    """A member of the committee whom I am tied to, by number, and how."""

    person: str
    reason: str = Field(max_length=2000)


class Named(Schema):
    """Whom I named."""

    person: str
    reason: str


class Entering(Schema):
    """A member of the committee who is kept from an item, both by number, and why."""

    person: str
    number: str
    reason: str = Field(max_length=1000)
