"""Acts that open pages should hear of: each app says which of its own, and on which channel."""

from collections.abc import Callable, Iterable
from typing import Any

from secretariat.foundation.live.actions import ring_all

# (what an act was done to) -> the channels that hear of it.
Channels = Callable[[Any], Iterable[str]]
_RINGS: dict[str, Channels] = {}


def register_rings(verbs: Iterable[str], channels: Channels) -> None:
    """Let acts ring; called once, in the ``ready`` of the app whose acts they are.

    Only what changes a count or a queue that somebody looks at: every ring takes a lock at commit.
    """
    for verb in verbs:
        if verb in _RINGS:
            raise ValueError(f"The act '{verb}' rings already.")
        _RINGS[verb] = channels


def ring_for_act(*, verb: str, subject: Any, **_signal: Any) -> None:
    """Ring for an act inside its transaction."""
    if verb in _RINGS:
        ring_all(_RINGS[verb](subject))


def to_the_desk(_subject: Any) -> tuple[str, ...]:
    """The desk hears of it."""
    return ("desk",)
