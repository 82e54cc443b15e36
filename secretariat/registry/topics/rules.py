from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.places.rules import keeps_registry


def reads_topics(actor: Actor) -> bool:
    """Whether the actor sees the vocabulary at the desk. What a call offers of it, everybody sees there."""
    return keeps_registry(actor) or actor.has("desk.read")
