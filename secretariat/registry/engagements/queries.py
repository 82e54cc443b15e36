"""When is somebody engaged, and with what: the question, asked of every provider at once."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Period:
    """A stretch of time from ``starts_at`` up to but without ``ends_at``; both know their time zone."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.starts_at >= self.ends_at:
            raise ValueError(f"A period ends after it starts: {self.starts_at} is not before {self.ends_at}.")


@dataclass(frozen=True)
class Engagement:
    """A person is expected somewhere for a time: a talk, a meeting, a duty at a booth."""

    person_id: UUID
    starts_at: datetime
    ends_at: datetime
    kind: str
    source_kind: str
    source_id: UUID
    title: str


# (people, period) -> engagements that touch the period, in one statement however many people are asked about.
Provider = Callable[[Collection[UUID], Period], Iterable[Engagement]]
_PROVIDERS: dict[str, Provider] = {}


def register_provider(name: str, provider: Provider) -> None:
    """Add who knows engagements; called once, in the ``ready`` of the app that knows them."""
    if name in _PROVIDERS:
        raise ValueError(f"The provider of engagements '{name}' is registered twice.")
    _PROVIDERS[name] = provider


def providers() -> dict[str, Provider]:
    """Return who is asked, by name, in the order of registration."""
    return dict(_PROVIDERS)


def engagements_of(people: Collection[UUID], period: Period) -> dict[UUID, tuple[Engagement, ...]]:
    """Return for each person what she is engaged with in the period, by time. Each provider is asked once."""
    found: dict[UUID, dict[tuple, Engagement]] = {person: {} for person in people}
    if found:
        for provider in _PROVIDERS.values():
            for engagement in provider(found.keys(), period):
                found[engagement.person_id].setdefault(_order(engagement), engagement)
    return {person: tuple(held[key] for key in sorted(held)) for person, held in found.items()}


def _order(engagement: Engagement) -> tuple:
    # Without the title: its language must not change the order.
    return (
        engagement.starts_at,
        engagement.ends_at,
        engagement.kind,
        engagement.source_kind,
        engagement.source_id,
    )
