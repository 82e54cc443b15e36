"""An account knows no person; whoever keeps people says here how accounts are called and which person a number is."""

from collections.abc import Callable, Collection
from typing import NamedTuple
from uuid import UUID


class Known(NamedTuple):
    """A person an account could be for."""

    person_id: UUID
    name: str
    has_account: bool


Namer = Callable[[Collection[UUID]], dict[UUID, str]]  # accounts -> names
Finder = Callable[[str], Known | None]  # number of a person -> the person
Numberer = Callable[[UUID], str]  # a person -> her number
_NAMERS: list[Namer] = []
_FINDERS: list[Finder] = []
_NUMBERERS: list[Numberer] = []


def register_people(namer: Namer, finder: Finder, numberer: Numberer) -> None:
    """Say who knows people; called once, in the ``ready`` of the app that keeps them."""
    if _NAMERS:
        raise ValueError("Who knows people is registered twice.")
    _NAMERS.append(namer)
    _FINDERS.append(finder)
    _NUMBERERS.append(numberer)


def names_of(accounts: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of the people behind these accounts, in the reader's language; nothing for those without."""
    return _NAMERS[0](accounts) if _NAMERS and accounts else {}


def find_person(number: str) -> Known | None:
    """Return the person with this number."""
    return _FINDERS[0](number) if _FINDERS else None


def number_of(person: UUID | None) -> str:
    """Return the number a person is known by; nothing for nobody."""
    return _NUMBERERS[0](person) if _NUMBERERS and person else ""
