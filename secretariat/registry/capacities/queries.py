"""Who acts as what on a day: the question, asked of every provider at once."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, Capacity, NotAllowed
from secretariat.foundation.accounts.queries import GRANTED, assistance_between
from secretariat.foundation.audit.prepared import prepared_cursor


@dataclass(frozen=True)
class Row:
    """What a provider finds of one person; which of it means what, the provider knows."""

    source: UUID
    scope: UUID | None = None
    other: UUID | None = None
    word: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Provider:
    """Who knows something about capacities: where it stands, and what it means.

    ``rows`` is a SELECT of the person asked about and of what a Row holds: uuid, uuid, uuid, uuid, text, text[]. It
    reads whom from ``asked (id)`` and the day from ``%(on)s``. All providers are asked in one statement.
    """

    rows: str
    means: Callable[[Row], Iterable[Capacity]]


_PROVIDERS: dict[str, Provider] = {}


def register_provider(name: str, provider: Provider) -> None:
    """Add who knows something about capacities; called once, in the ``ready`` of the app that knows it."""
    if name in _PROVIDERS:
        raise ValueError(f"The provider of capacities '{name}' is registered twice.")
    _PROVIDERS[name] = provider


def providers() -> dict[str, Provider]:
    """Return who is asked, by name, in the order of registration."""
    return dict(_PROVIDERS)


def capacities_of(people: Collection[UUID], on: date) -> dict[UUID, tuple[Capacity, ...]]:
    """Return for each person every capacity held on ``on``, each once and in canonical order.

    One statement for all people and providers; a person without any has an empty tuple.
    """
    return _held(people, (), on)


def _held(people: Collection[UUID], accounts: Collection[UUID], on: date) -> dict[UUID, tuple[Capacity, ...]]:
    """What these people and these accounts hold, by the id of either."""
    found: dict[UUID, set[Capacity]] = {holder: set() for holder in (*people, *accounts)}
    if found:
        asked = {
            "people": list(people),
            "accounts": list(accounts),
            "on": on,
            "zone": str(get_current_timezone()),
        }
        with prepared_cursor() as cursor:
            rows = cursor.execute(_statement(), asked).fetchall()
        for name, holder, source, scope, other, word, words in rows:
            means = _PROVIDERS[name].means if name else _grant
            found[holder].update(means(Row(source, scope, other, word, tuple(words or ()))))
    return {holder: tuple(sorted(held, key=_order)) for holder, held in found.items()}


def _statement() -> str:
    # As text, without a query set: this is asked by every request of whoever is signed in.
    parts = [
        f"SELECT '{name}', found.* FROM ({provider.rows}) AS found" for name, provider in _PROVIDERS.items()
    ]
    granted = f"""SELECT '', g.account_id, g.id, NULL::uuid, NULL::uuid, g."right"::text, NULL::text[]
FROM ({GRANTED}) AS g"""
    return "WITH asked (id) AS (SELECT unnest(%(people)s::uuid[])) " + " UNION ALL ".join([*parts, granted])


def _grant(row: Row) -> Iterable[Capacity]:
    yield Capacity(row.word, f"accounts.grant:{row.source}")


def _order(capacity: Capacity) -> tuple[str, str, str, str]:
    return (capacity.right, str(capacity.scope_id or ""), str(capacity.body_id or ""), capacity.source)


@dataclass(frozen=True)
class Principal:
    """The person for whom an assistant acts, with the account that named the assistant."""

    account_id: UUID
    person_id: UUID | None


def actor_for(
    *,
    account_id: UUID,
    person_id: UUID | None,
    on: date,
    door: str,
    principal: Principal | None = None,
) -> Actor:
    """Return who acts when this account comes in through ``door`` on the day ``on``.

    The capacities are those of the person (from every provider) and the grants of the account. With a
    ``principal`` they are the principal's, limited to the tasks of the assistance, and ``person_id`` is the
    principal's, as the thing is done in her name; the audit keeps both accounts.

    Raises:
        NotAllowed: no assistance between the two holds on that day.
    """
    if principal is None:
        capacities = _all_capacities(account_id, person_id, on)
        return Actor(account_id=account_id, person_id=person_id, capacities=capacities, door=door)
    assistance = assistance_between(principal.account_id, account_id, on)
    if assistance is None:
        raise NotAllowed(_("You are not named as an assistant of this person on this day."))
    return Actor(
        account_id=account_id,
        person_id=principal.person_id,
        capacities=_all_capacities(principal.account_id, principal.person_id, on),
        acting_for_id=principal.account_id,
        tasks=frozenset(assistance.tasks),
        door=door,
    )


def _all_capacities(account_id: UUID, person_id: UUID | None, on: date) -> tuple[Capacity, ...]:
    held = _held([person_id] if person_id else [], [account_id], on)
    return held.get(person_id, ()) + held[account_id]
