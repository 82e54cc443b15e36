"""What can be done to chosen rows of a list: its own table says it, and wings above register theirs by its key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.shortcuts import resolve_url

from secretariat.foundation.ui.tables.columns import Label


@dataclass(frozen=True)
class Act:
    """A button below a list that sends the chosen rows to ``view``, the name of an address or a path.

    The address is posted ``row`` (keys), or ``all`` with the ``query``, and ``next``, where the list stands; it asks
    ``Table.chosen`` which rows that are. What the actor may do there, it decides itself: ``shown`` only hides.
    """

    key: str
    label: Label
    view: str
    is_main: bool = False
    shown: Callable[[Any], bool] = lambda _actor: True

    @property
    def path(self) -> str:
        return resolve_url(self.view)


_ACTS: dict[str, dict[str, Act]] = {}


def register_act(table: str, act: Act) -> None:
    """Add an act to the list with this key; called once, in the ``ready`` of the app that knows what it does."""
    acts = _ACTS.setdefault(table, {})
    if act.key in acts:
        raise ValueError(f"The act '{act.key}' on the list '{table}' is registered twice.")
    acts[act.key] = act


def acts_of(table: str) -> Sequence[Act]:
    """Return the acts registered for the list with this key, in the order of their registration."""
    return list(_ACTS.get(table, {}).values())
