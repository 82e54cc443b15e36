"""Who is entitled to what on a day: the question, asked of every provider at once."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Entitlement:
    """A person is entitled to something (``summit.attend``), because of something recorded.

    ``reason`` says why to the person it concerns, in the language of the asker.
    """

    right: str
    person_id: UUID
    source_kind: str
    source_id: UUID
    reason: str


# (people, right, on) -> entitlements in one statement; None asks about everybody, or about every right.
Provider = Callable[[Collection[UUID] | None, str | None, date], Iterable[Entitlement]]
_PROVIDERS: dict[str, Provider] = {}


def register_provider(name: str, provider: Provider) -> None:
    """Add who knows a right; called once, in the ``ready`` of the app that knows it."""
    if name in _PROVIDERS:
        raise ValueError(f"The provider of entitlements '{name}' is registered twice.")
    _PROVIDERS[name] = provider


def providers() -> dict[str, Provider]:
    """Return who is asked, by name, in the order of registration."""
    return dict(_PROVIDERS)


def holders_of(right: str, on: date) -> list[Entitlement]:
    """Return why each holder has ``right`` on ``on``, in canonical order; a person may have it for two reasons."""
    return _ask(None, right, on)


def entitlements_of(people: Collection[UUID], on: date) -> dict[UUID, tuple[Entitlement, ...]]:
    """Return for each person everything she is entitled to on ``on``, in canonical order."""
    found: dict[UUID, list[Entitlement]] = {person: [] for person in people}
    if found:
        for entitlement in _ask(found.keys(), None, on):
            found[entitlement.person_id].append(entitlement)
    return {person: tuple(held) for person, held in found.items()}


def _ask(people: Collection[UUID] | None, right: str | None, on: date) -> list[Entitlement]:
    found: dict[tuple, Entitlement] = {}
    for provider in _PROVIDERS.values():
        for entitlement in provider(people, right, on):
            found.setdefault(_order(entitlement), entitlement)
    return [found[key] for key in sorted(found)]


def _order(held: Entitlement) -> tuple:
    # Without the reason: its language must not change the order.
    return (held.person_id, held.right, held.source_kind, held.source_id)
