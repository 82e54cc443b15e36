from secretariat.foundation.accounts.actor import Actor


def keeps_registry(actor: Actor) -> bool:
    """Whether the actor keeps the registry: the desk, and whoever runs the installation from its command line."""
    return actor.has("desk.run") or actor.has("system.run") or actor.door == "command"
