"""Who acts as what on a day: the question, asked of every provider at once."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, Capacity, NotAllowed
from secretariat.foundation.accounts.queries import assistance_between, grants_of

# (people, on) -> (person, capacity) pairs, in one statement however many people are asked about.
Provider = Callable[[Collection[UUID], date], Iterable[tuple[UUID, Capacity]]]
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

    Each provider is asked once for all people; a person without any has an empty tuple.
    """
    found: dict[UUID, set[Capacity]] = {person: set() for person in people}
    if found:
        for provider in _PROVIDERS.values():
            for person, capacity in provider(found.keys(), on):
                found[person].add(capacity)
    return {person: tuple(sorted(held, key=_order)) for person, held in found.items()}


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
    held = capacities_of([person_id], on)[person_id] if person_id else ()
    granted = {Capacity(grant.right, f"accounts.grant:{grant.pk}") for grant in grants_of([account_id], on)}
    return held + tuple(sorted(granted, key=_order))
