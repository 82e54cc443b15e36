from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.membership.models import Member
from secretariat.registry.places.rules import keeps_registry

REPRESENT = "member.represent"


def can_keep_members(actor: Actor) -> bool:
    """Admission, categories, suspension and the end: the desk."""
    return keeps_registry(actor)


def can_name_representative(actor: Actor, member: Member) -> bool:
    """The desk, and who represents this very member."""
    return keeps_registry(actor) or actor.has(REPRESENT, member.pk)
