from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.organisations.models import Organisation

KEEP = "desk.run"
READ = "desk.read"
REPRESENT = "organisation.represent"


def keeps_registry(actor: Actor) -> bool:
    """Whether the actor keeps the registry: the desk, and whoever runs the installation from its command line."""
    return actor.has(KEEP) or actor.has("system.run") or actor.door == "command"


def reads_registry(actor: Actor) -> bool:
    """Whether the actor sees everybody in the registry: who keeps it, and whoever reads the desk."""
    return keeps_registry(actor) or actor.has(READ)


def can_register(actor: Actor) -> bool:
    """Anybody signed in may enter somebody new: an applicant names partners that nobody entered before."""
    return actor.account_id is not None or keeps_registry(actor)


def can_update(actor: Actor, organisation: Organisation) -> bool:
    """The desk, and who represents this very organisation."""
    return keeps_registry(actor) or actor.has(REPRESENT, organisation.pk)
