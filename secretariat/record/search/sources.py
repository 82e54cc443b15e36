"""What can be found: an app that has things registers a source, and says of each who may find it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from secretariat.foundation.accounts.actor import Actor

# Whoever works at the desk, where its pages ask for no more than that.
READERS = ("desk.read", "desk.run")
Only = Collection[UUID] | None
# Changed rows of another model -> the keys of the things they concern.
Concerned = Callable[[Collection[str]], Iterable[UUID]]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing as it can be found. Without a word on who may find it, nobody does.

    ``words`` are further names, numbers and the like; ``text`` is what it says, shown in part. ``edition`` is the
    number of an edition, ``place`` a two-letter code, ``topic`` a key: by these and the year an answer is narrowed.
    """

    key: UUID
    title_en: str
    title_zh: str
    about_en: str = ""
    about_zh: str = ""
    words: str = ""
    text: str = ""
    edition: str = ""
    place: str = ""
    topic: str = ""
    year: int | None = None
    public_path: str = ""
    my_path: str = ""
    desk_path: str = ""
    is_public: bool = False
    rights: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """All things of a kind as they should be found on a day, each under the key of its row in ``model``.

    ``entries`` yields them, or only those with certain keys. ``watches`` names the models whose changes concern them,
    as a label like ``calls.submission``, and by which lookup of ``model``, or the function that tells which things
    they concern; None: all of them are made anew.
    ``mine`` asks for the keys of what is an actor's own, when she searches: in "my" she finds these and no others.
    ``silent`` are verbs of acts that change nothing which can be found, however often they are done.
    """

    kind: str
    label: str | Promise
    entries: Callable[[date, Only], Iterable[Entry]] = field(compare=False)
    model: type[Model] | None = None
    watches: Mapping[str, str | Concerned | None] = field(default_factory=dict, compare=False)
    mine: Callable[[Actor], QuerySet[Any]] | None = field(default=None, compare=False)
    silent: frozenset[str] = frozenset()


_SOURCES: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Make things of a kind findable; called in an app's ``ready()``."""
    _SOURCES[source.kind] = source


def registered_sources() -> dict[str, Source]:
    return dict(_SOURCES)


def narrowed(rows: QuerySet[Any], only: Only) -> QuerySet[Any]:
    """Return of these rows the ones with certain keys; all of them where none are named."""
    return rows if only is None else rows.filter(pk__in=only)
