from secretariat.foundation.accounts.actor import Actor


def can_import(actor: Actor) -> bool:
    """The desk, and whoever runs the installation from its command line."""
    return actor.has("desk.run") or actor.has("system.run") or actor.door == "command"


def reads_imports(actor: Actor) -> bool:
    """Whether the actor sees what was brought in."""
    return can_import(actor) or actor.has("desk.read")
