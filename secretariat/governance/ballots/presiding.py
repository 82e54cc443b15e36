"""Who holds the chair of a body now: asked of whoever knows. Its chair does, unless it meets and another presides."""

from collections.abc import Callable

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.bodies.models import Body

# (actor, body) -> whether the actor presides; None where it is not for this one to say, since the body does not meet.
Presides = Callable[[Actor, Body], bool | None]
_KNOWN: dict[str, Presides] = {}


def register_presiding(name: str, presides: Presides) -> None:
    """Add somebody who knows who presides while a body meets."""
    if name in _KNOWN:
        raise ValueError(f"Who presides is registered twice: '{name}'.")
    _KNOWN[name] = presides


def holds_the_chair(actor: Actor, body: Body) -> bool:
    """Whether an actor has the chair's powers in a body at this moment."""
    for presides in _KNOWN.values() if actor.person_id else ():
        if (answer := presides(actor, body)) is not None:
            return answer
    return actor.has("body.chair", body.pk)
