from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.membership.models import Member, Representative
from secretariat.registry.places.rules import keeps_registry

REPRESENT = "member.represent"


def can_keep_members(actor: Actor) -> bool:
    """Admission, categories, suspension and the end: the desk."""
    return keeps_registry(actor)


def can_name_representative(actor: Actor, member: Member) -> bool:
    """The desk, and who represents this very member."""
    return keeps_registry(actor) or actor.has(REPRESENT, member.pk)


def can_keep_entry(actor: Actor, member: Member) -> bool:
    """Say what the directory shows of a member, in person: who represents it, or the member herself."""
    if actor.person_id is None or actor.acting_for_id is not None:
        return False
    return actor.has(REPRESENT, member.pk) or actor.person_id == member.person_id


def is_representative(actor: Actor, representative: Representative) -> bool:
    """Say whether a representative is named: nobody but herself."""
    return actor.acting_for_id is None and actor.person_id == representative.person_id
