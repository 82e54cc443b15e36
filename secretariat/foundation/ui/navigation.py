"""The ways through a door: each app registers its own, the shells show those the actor may go."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

# The last is no door but the menu of whoever is signed in.
Door = Literal["public", "my", "desk", "account"]


@dataclass(frozen=True)
class Way:
    """One entry of a door's navigation: ``name`` is the address's name, ``group`` the heading it stands under."""

    door: Door
    name: str
    label: str | Promise
    position: int
    group: str | Promise = ""
    # (actor) -> whether it is shown. What an address refuses is decided by its view, not here.
    shown: Callable[[Any], bool] = lambda _actor: True
    # Further beginnings of addresses whose pages lie on this way, where they do not begin as its own does.
    also: tuple[str, ...] = ()


_WAYS: dict[tuple[str, str], Way] = {}


def register_way(way: Way) -> None:
    """Add a way; called once, in the ``ready`` of the app that knows the address."""
    if (way.door, way.name) in _WAYS:
        raise ValueError(f"The way '{way.name}' of the door '{way.door}' is registered twice.")
    _WAYS[way.door, way.name] = way


def ways(door: Door, actor: Any) -> list[Way]:
    """Return the ways the actor is shown, in their order."""
    shown = (way for way in _WAYS.values() if way.door == door and way.shown(actor))
    return sorted(shown, key=lambda way: (way.position, way.name))
