from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.organisations.rules import keeps_registry


def can_merge(actor: Actor) -> bool:
    """The desk: only who sees both records can judge that they are one."""
    return keeps_registry(actor)
