from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.organisations.rules import REPRESENT, can_register, keeps_registry
from secretariat.registry.people.models import Affiliation, Person
from secretariat.registry.people.states import AffiliationRole

__all__ = [
    "can_affiliate",
    "can_end_affiliation",
    "can_link_account",
    "can_register",
    "can_take_back",
    "can_update",
]


def can_update(actor: Actor, person: Person) -> bool:
    """The person, and the desk."""
    return keeps_registry(actor) or (actor.person_id is not None and actor.person_id == person.pk)


def can_affiliate(actor: Actor, person: Person, organisation_id: object, role: str) -> bool:
    """A person says where she works; a role that gives rights is said by the organisation or the desk."""
    if keeps_registry(actor) or actor.has(REPRESENT, organisation_id):
        return True
    return can_update(actor, person) and role == AffiliationRole.STAFF


def can_end_affiliation(actor: Actor, affiliation: Affiliation) -> bool:
    """Anyone of the two sides, and the desk."""
    return can_update(actor, affiliation.person) or actor.has(REPRESENT, affiliation.organisation_id)


def can_take_back(actor: Actor) -> bool:
    """The desk: what was entered by mistake."""
    return keeps_registry(actor)


def can_link_account(actor: Actor) -> bool:
    """The desk only: who holds the account is the person from then on."""
    return keeps_registry(actor)
