"""Who plans the tasks that come from a thing without working at the desk: asked of the app whose thing it is."""

from collections.abc import Callable
from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.refs.models import Ref

# (actor, the id of a reference) -> whether she plans what comes from it.
Plans = Callable[[Actor, UUID], bool]
_KNOWN: dict[str, Plans] = {}


def register_planning(kind: str, plans: Plans) -> None:
    """Say who plans what comes from references of a kind; called once, in an app's ``ready``."""
    if kind in _KNOWN:
        raise ValueError(f"Who plans what comes from '{kind}' is registered twice.")
    _KNOWN[kind] = plans


def plans_from(actor: Actor, origin: Ref | None) -> bool:
    """Whether an actor plans what comes from this thing, as the app says whose it is."""
    return origin is not None and origin.kind in _KNOWN and _KNOWN[origin.kind](actor, origin.pk)
