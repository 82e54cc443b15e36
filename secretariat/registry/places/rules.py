from secretariat.foundation.accounts.actor import Actor


def keeps_registry(actor: Actor) -> bool:
    """Whether the actor keeps the registry: the desk, and whoever runs the installation from its command line."""
    return actor.has("desk.run") or actor.has("system.run") or actor.door == "command"


def reads_places(actor: Actor) -> bool:
    """Whether the actor sees at the desk how places are called, ordered and grouped."""
    return keeps_registry(actor) or actor.has("desk.read")
