from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.places.rules import keeps_registry


def keeps_powers(actor: Actor) -> bool:
    """Write down what bodies may decide and have delegated: the desk, which keeps the bodies."""
    return keeps_registry(actor)
