"""What can be found: an app that has things registers a source, and says of each who may find it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing as it can be found. Without a word on who may find it, nobody does.

    ``words`` are further names, numbers and the like; ``text`` is what it says, shown in part.
    """

    key: str
    title_en: str
    title_zh: str
    about_en: str = ""
    about_zh: str = ""
    words: str = ""
    text: str = ""
    public_path: str = ""
    my_path: str = ""
    desk_path: str = ""
    is_public: bool = False
    rights: tuple[str, ...] = ()
    people: tuple[UUID, ...] = ()
    organisations: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Source:
    """All things of a kind as they should be found on a day; ``watches`` names the apps whose changes concern them."""

    kind: str
    label: str | Promise
    entries: Callable[[date], Iterable[Entry]] = field(compare=False)
    watches: frozenset[str] = frozenset()


_SOURCES: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Make things of a kind findable; called in an app's ``ready()``."""
    _SOURCES[source.kind] = source


def registered_sources() -> dict[str, Source]:
    return dict(_SOURCES)
