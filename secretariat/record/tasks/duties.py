"""What somebody has to do, and by when: the question, asked of every provider at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from secretariat.foundation.accounts.actor import Actor

Door = Literal["my", "desk"]


@dataclass(frozen=True)
class Duty:
    """Something that waits for the actor. ``title`` says what to do, in her language; ``path`` is where she does it.

    ``about`` names what it concerns (a call, a committee), ``owner`` whose it is where several could do it.
    Without ``due`` it waits for no day; ``count`` says how many of a kind one duty stands for.
    """

    key: str
    title: str
    path: str
    due: datetime | None = None
    about: str = ""
    owner: str = ""
    count: int = 1


# (actor, door, now) -> what waits for this actor at this door; a fixed number of statements, however much waits.
Provider = Callable[[Actor, Door, datetime], Iterable[Duty]]
_PROVIDERS: dict[str, Provider] = {}


def register_provider(name: str, provider: Provider) -> None:
    """Add who knows what waits; called once, in the ``ready`` of the app that knows it."""
    if name in _PROVIDERS:
        raise ValueError(f"The provider of duties '{name}' is registered twice.")
    _PROVIDERS[name] = provider


def providers() -> dict[str, Provider]:
    """Return who is asked, by name, in the order of registration."""
    return dict(_PROVIDERS)


def duties_of(actor: Actor, door: Door, now: datetime) -> list[Duty]:
    """Return what waits for the actor at a door, what is due first before it, what has no day last."""
    found = [duty for provider in _PROVIDERS.values() for duty in provider(actor, door, now)]
    return sorted(found, key=lambda duty: (duty.due is None, duty.due or now, duty.key))
