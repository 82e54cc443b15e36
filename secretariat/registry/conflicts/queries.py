"""Who has a conflict of interest with whom: the question, asked of every provider at once."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from secretariat.registry.conflicts.kinds import KINDS

Strength = Literal["bars", "discloses"]
Direction = Literal["mutual", "hers", "theirs"]
Confidence = Literal["recorded", "declared", "inferred"]


@dataclass(frozen=True)
class PartySet:
    """The parties of one thing. ``key`` names the thing to the asker; the providers see only its parties."""

    key: UUID
    people: frozenset[UUID] = frozenset()
    organisations: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Policy:
    """What counts as a conflict for one question, and how much.

    ``years_back``: relations count that ended less than so many whole years before the day. ``kinds``: those that count
    (None: all but those that a policy has to ask for). ``strengths``: kind -> "bars", "discloses" or "ignored", where
    that differs from what the provider says. ``firm``: kinds that nobody may clear, whatever the reason.
    """

    years_back: int = 3
    kinds: frozenset[str] | None = None
    strengths: Mapping[str, str] = field(default_factory=dict)
    firm: frozenset[str] = frozenset()

    def since(self, on: date) -> date:
        """Return the first day that counts; a relation that ended before it is over."""
        try:
            return on.replace(year=on.year - self.years_back)
        except ValueError:  # 29 February
            return on.replace(year=on.year - self.years_back, day=28)

    def asks_for(self, kind: str) -> bool:
        """Whether relations of a kind count: those that are no conflict as a rule count where the policy names them."""
        if self.kinds is not None and kind not in self.kinds:
            return False
        usually = "ignored" if self.kinds is None and KINDS[kind].on_request else "counts"
        return self.strengths.get(kind, usually) != "ignored"


@dataclass(frozen=True)
class Finding:
    """One relation between a person and a thing's parties: an edge of the graph, with where it is recorded.

    ``bars`` keeps the person away from the thing; ``discloses`` must be shown and decided by somebody.
    ``explanation`` says it to the person it concerns, in the language of the asker. The term says from when until when
    (None: it goes on) the relation held. ``direction``: whose tie it is, hers to a party, a party's to her, or both
    ways alike. ``confidence``: a record of the registry says so, somebody declared it, or it was inferred.
    """

    person_id: UUID
    party_key: UUID
    kind: str
    strength: Strength
    source_kind: str
    source_id: UUID
    explanation: str
    starts_on: date | None = None
    ends_on: date | None = None
    direction: Direction = "mutual"
    confidence: Confidence = "recorded"


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


def rows_of(
    statement: str,
    people: Collection[UUID],
    parties: Sequence[PartySet],
    on: date,
    policy: Policy,
    **more: Any,
) -> list[tuple[Any, ...]]:
    """Ask the database what a provider asks, in one statement.

    It names ``people``; ``person_keys`` with ``party_people`` and ``organisation_keys`` with ``organisations``, which
    belong together pair by pair; the day ``on``, ``since`` when relations count, and ``more``.
    """
    by_person = [(thing.key, person) for thing in parties for person in thing.people]
    by_organisation = [(thing.key, organisation) for thing in parties for organisation in thing.organisations]
    given = {
        "people": list(people), "on": on, "since": policy.since(on), **more,
        "person_keys": [key for key, _person in by_person],
        "party_people": [person for _key, person in by_person],
        "organisation_keys": [key for key, _organisation in by_organisation],
        "organisations": [organisation for _key, organisation in by_organisation],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def in_language(name_en: str, name_zh: str) -> str:
    """Return a name in the language of the asker, or in the other where there is none."""
    first, second = (name_zh, name_en) if (get_language() or "").startswith("zh") else (name_en, name_zh)
    return first or second


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
            if policy.asks_for(finding.kind):
                weighed = _weighed(finding, policy)
                found.setdefault(_order(weighed), weighed)
    return [found[key] for key in sorted(found)]


def conflicts_between(
    person: UUID, parties: PartySet, on: date, policy: Policy | None = None
) -> list[Finding]:
    """Return how one person is tied to the parties of one thing, what bars first; empty where nothing is recorded."""
    return sorted(
        conflict_matrix([person], [parties], on, policy), key=lambda found: found.strength != "bars"
    )


def _weighed(finding: Finding, policy: Policy) -> Finding:
    said = policy.strengths.get(finding.kind, finding.strength)
    strength: Strength = "bars" if said == "bars" else "discloses"
    return finding if strength == finding.strength else replace(finding, strength=strength)


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
