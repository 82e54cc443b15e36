"""Agendas, notice periods and speaking time in plain values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, Protocol, TypeVar
from uuid import UUID

# Who sees an item, the widest first: what stands under another is never seen by more than that.
AUDIENCES = ("public", "body", "closed")
DEEPEST = 3  # 1.2.3


class Nested(Protocol):
    """An item of an agenda, as far as its place in it goes."""

    pk: UUID
    parent_id: UUID | None
    position: int
    audience: str


Item = TypeVar("Item", bound=Nested)


@dataclass(frozen=True)
class Line(Generic[Item]):
    """An item in its place: its number, how deep it stands, and who sees it at last."""

    item: Item
    number: str
    depth: int
    audience: str


def numbered(items: Sequence[Item], audience: str = "public") -> list[Line[Item]]:
    """Return the items in the order of the agenda, numbered 1, 1.1, 1.2, 2.

    ``audience`` is that of the meeting itself. An item whose parent is not among them is left out.
    """
    under: dict[UUID | None, list[Item]] = {}
    for item in sorted(items, key=lambda item: item.position):
        under.setdefault(item.parent_id, []).append(item)
    return list(_below(under, None, "", 1, audience))


def _below(
    under: dict[UUID | None, list[Item]], parent: UUID | None, prefix: str, depth: int, audience: str
) -> Iterator[Line[Item]]:
    for place, item in enumerate(under.get(parent, ()), 1):
        seen_by = strictest(item.audience, audience)
        yield Line(item, f"{prefix}{place}", depth, seen_by)
        yield from _below(under, item.pk, f"{prefix}{place}.", depth + 1, seen_by)


def strictest(*audiences: str) -> str:
    """Return the narrowest of these audiences."""
    return max(audiences, key=AUDIENCES.index)


def is_seen(audience: str, by: str) -> bool:
    """Whether what is for an audience is seen by whoever belongs to another one."""
    return AUDIENCES.index(audience) <= AUDIENCES.index(by)


def lineage(parents: dict[UUID, UUID | None], item: UUID) -> list[UUID]:
    """Return an item and everything it stands under."""
    found: list[UUID] = []
    step: UUID | None = item
    while step is not None and step not in found:
        found.append(step)
        step = parents.get(step)
    return found


def notice_lacking(given: date, held: date, days: int) -> int:
    """Return how many days are missing to a notice of so many days; none where it is kept."""
    return max(0, days - (held - given).days)


def is_late(handed_in: date, held: date, days: int) -> bool:
    """Whether a paper came in later than so many days before the meeting."""
    return (held - handed_in).days < days


def spoken(
    started: datetime | None, ended: datetime | None, paused_at: datetime | None, paused: timedelta | None,
    now: datetime,
) -> timedelta:  # fmt: skip
    """Return how long somebody has spoken. Time that was paused does not count, nor does a pause that still lasts."""
    if started is None:
        return timedelta()
    until = ended or paused_at or now
    return max(timedelta(), until - started - (paused or timedelta()))
