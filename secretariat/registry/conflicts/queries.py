"""Who has a conflict of interest with whom: the question, asked of every provider at once."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

Strength = Literal["bars", "discloses"]


@dataclass(frozen=True)
class PartySet:
    """The parties of one thing. ``key`` names the thing to the asker; the providers see only its parties."""

    key: UUID
    people: frozenset[UUID] = frozenset()
    organisations: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Policy:
    """How far back relations count (whole years before the day), and which kinds; None means all kinds."""

    years_back: int = 3
    kinds: frozenset[str] | None = None

    def since(self, on: date) -> date:
        """Return the first day that counts; a relation that ended before it is over."""
        try:
            return on.replace(year=on.year - self.years_back)
        except ValueError:  # 29 February
            return on.replace(year=on.year - self.years_back, day=28)


@dataclass(frozen=True)
class Finding:
    """One relation between a person and a thing's parties, with where it is recorded.

    ``bars`` keeps the person away from the thing; ``discloses`` must be shown and decided by somebody.
    ``explanation`` says it to the person it concerns, in the language of the asker.
    """

    person_id: UUID
    party_key: UUID
    kind: str
    strength: Strength
    source_kind: str
    source_id: UUID
    explanation: str


# (people, party_sets, on, policy) -> findings, in one statement however many are asked about.
Provider = Callable[[Collection[UUID], Sequence[PartySet], date, Policy], Iterable[Finding]]
_PROVIDERS: dict[str, Provider] = {}


def register_provider(name: str, provider: Provider) -> None:
    """Add who knows a relation; called once, in the ``ready`` of the app that knows it."""
    if name in _PROVIDERS:
        raise ValueError(f"The provider of conflicts '{name}' is registered twice.")
    _PROVIDERS[name] = provider


def providers() -> dict[str, Provider]:
    """Return who is asked, by name, in the order of registration."""
    return dict(_PROVIDERS)


def conflict_matrix(
    people: Collection[UUID], party_sets: Collection[PartySet], on: date, policy: Policy | None = None
) -> list[Finding]:
    """Return every finding between these people and these things, in canonical order and each once.

    Each provider is asked once for all. No finding means that nothing recorded speaks against the pair.
    """
    policy = policy or Policy()
    asked, things = sorted(set(people)), sorted(party_sets, key=lambda parties: parties.key)
    if not asked or not things:
        return []
    found: dict[tuple, Finding] = {}
    for provider in _PROVIDERS.values():
        for finding in provider(asked, things, on, policy):
            if policy.kinds is None or finding.kind in policy.kinds:
                found.setdefault(_order(finding), finding)
    return [found[key] for key in sorted(found)]


def _order(finding: Finding) -> tuple:
    # Without the explanation: its language must not change the order.
    return (
        finding.person_id,
        finding.party_key,
        finding.kind,
        finding.strength,
        finding.source_kind,
        finding.source_id,
    )
