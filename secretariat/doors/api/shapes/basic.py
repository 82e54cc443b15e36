"""What all shapes share: words by language, things named by number or key, a page of a list, a refusal."""

from datetime import datetime
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

from ninja import Field, Schema

T = TypeVar("T")


class Words(Schema):
    """A text by language; empty where there is none in that language."""

    en: str = ""
    zh: str = ""

    @classmethod
    def of(cls, thing: Any, field: str) -> Self:
        return cls(en=getattr(thing, f"{field}_en") or "", zh=getattr(thing, f"{field}_zh") or "")


class Page(Schema, Generic[T]):
    """A page of a list."""

    items: list[T]
    next: str = Field("", description="The cursor of the next page, to be sent as `after`; empty at the end.")


class Listed(Schema, Generic[T]):
    """A list that comes whole."""

    items: list[T]


class Named(Schema):
    """A place, topic or category: its code or key, and its name."""

    key: str
    name: Words

    @classmethod
    def of(cls, thing: Any, key: str = "key") -> Self | None:
        return cls(key=getattr(thing, key), name=Words.of(thing, "name")) if thing is not None else None


class OrganisationName(Schema):
    """An organisation by name."""

    name: Words
    country: str | None = Field(None, description="Two letters.")

    @classmethod
    def of(cls, organisation: Any) -> Self | None:
        if organisation is None:
            return None
        place = organisation.country
        return cls(name=Words.of(organisation, "name"), country=place.alpha2 if place else None)


class PersonName(Schema):
    """A person by number and name."""

    number: str
    name: Words

    @classmethod
    def of(cls, person: Any) -> Self | None:
        """Her name; her reference is loaded."""
        if person is None:
            return None
        return cls(number=person.ref.number, name=Words(en=person.name_in("en"), zh=person.name_zh))


class FileShape(Schema):
    """A file: what it is called and what is in it."""

    id: UUID
    name: str
    media_type: str = Field(description="As found in its bytes.")
    size: int
    sha256: str
    is_private: bool
    handed_in_at: datetime

    @classmethod
    def of(cls, file: Any) -> Self:
        return cls(
            id=file.pk, name=file.name, media_type=file.media_type, size=file.size, sha256=file.sha256,
            is_private=file.is_private, handed_in_at=file.created_at,
        )  # fmt: skip


class Fault(Schema):
    """One value at fault: where it stands, the rule it breaks, and in words."""

    field: str
    rule: str
    message: str


class Problem(Schema):
    """A refusal as in RFC 9457, its sentences in the reader's language."""

    type: str = Field(description="The kind of problem: an address on the page of the API's documentation.")
    title: str
    status: int
    detail: str
    instance: str
    request_id: str = Field(description="Say this number when you ask about the request.")
    errors: list[Fault] = Field([], description="The values at fault, where it is about values.")


def answers(shape: Any, *refusals: int, status: int = 200) -> dict[int, Any]:
    """Return what an operation answers: its shape, or one of the refusals, those of every operation among them."""
    return {status: shape, **dict.fromkeys(sorted({400, 401, 422, 429, 500, *refusals}), Problem)}
