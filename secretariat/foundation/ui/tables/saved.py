"""Saved views: a table's filters, order and columns under a name. Whoever keeps them registers; the tables only ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class View:
    """A saved view: ``query`` is the query string it stands for, ``key`` how its keeper knows it."""

    key: str
    name: str
    query: str
    is_default: bool


class Keeper(Protocol):
    """Who keeps saved views."""

    def views_of(self, actor: Any, table: str) -> Sequence[View]:
        """Return the actor's views of a table, by name. One statement at most."""

    def save_path(self) -> str:
        """Return the address that a view is sent to (``table``, ``path``, ``query``, ``name``, ``is_default``)."""

    def manage_path(self) -> str:
        """Return the address where views are changed and removed."""


_KEEPER: list[Keeper] = []


def register_keeper(keeper: Keeper) -> None:
    """Let tables offer saved views; called once, in the ``ready`` of the app that keeps them."""
    if _KEEPER:
        raise ValueError("Somebody keeps the saved views already.")
    _KEEPER.append(keeper)


def keeper() -> Keeper | None:
    """Return who keeps saved views, if anybody does."""
    return _KEEPER[0] if _KEEPER else None
