"""What the wings know of one thing, shown on its page at the desk: each app that knows something adds a panel.

So the page of a person shows her seats without knowing governance. ``addresses`` say where a reference leads. A panel
of the kind ``ref`` is about whatever has a reference, and is asked with the id of that: what came from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.refs.models import Ref, RefParty

Text = str | Promise


@dataclass(frozen=True)
class Way:
    """Something that may be done from here, for whoever runs the desk."""

    label: Text
    path: str


@dataclass(frozen=True)
class Line:
    """One row of a panel. ``label`` is a text or a row that says its name; days are both included."""

    label: Any
    path: str = ""
    text: Text = ""
    number: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    is_past: bool = False
    ways: Sequence[Way] = ()


@dataclass(frozen=True)
class Panel:
    """Some lines under a title; ``way`` leads to where one more is added."""

    title: Text
    lines: Sequence[Line]
    way: Way | None = None


Provider = Callable[[UUID, Actor, date], Panel]
_PANELS: dict[str, list[Provider]] = {}
Key = Callable[[str], str]
_ADDRESSES: dict[str, tuple[str, Key]] = {}


def register_panel(kind: str, provider: Provider) -> None:
    """Add a panel to the pages of a kind of things; called once, in an app's ``ready``."""
    _PANELS.setdefault(kind, []).append(provider)


def panels_of(kind: str, key: UUID, actor: Actor, on: date) -> list[Panel]:
    """Return the panels of a thing that have something in them, or where the desk may add it."""
    panels = (provider(key, actor, on) for provider in _PANELS.get(kind, ()))
    return [panel for panel in panels if panel.lines or (panel.way and actor.has("desk.run"))]


def register_address(kind: str, name: str, key: Key = str) -> None:
    """Say which desk page shows a reference of this kind: the name of an address that takes its number.

    ``key`` makes of the number what the address takes, where that is something else.
    """
    if kind in _ADDRESSES:
        raise ValueError(f"References of the kind '{kind}' have a page already.")
    _ADDRESSES[kind] = (name, key)


def address_of(kind: str, number: str) -> str:
    """Return the path of a reference's page at the desk; nothing where it has none."""
    if kind not in _ADDRESSES:
        return ""
    name, key = _ADDRESSES[kind]
    return reverse(name, args=[key(number)])


def title_of(ref: Ref) -> str:
    """Return a reference's title in the reader's language, or else in another; its number where it has none."""
    language = get_language() or "en"
    wanted = [language, language.partition("-")[0], "en", *ref.title]
    return next((ref.title[key] for key in wanted if ref.title.get(key)), ref.number)


ROLES = {
    "applicant": pgettext_lazy("party", "applicant"),
    "honoured": pgettext_lazy("party", "honoured"),
    "member": pgettext_lazy("party", "member"),
}


def panel_of_parts(parts: Sequence[RefParty]) -> Panel:
    """Return the things somebody has a part in as a panel."""
    lines = [
        Line(
            title_of(part.ref), address_of(part.ref.kind, part.ref.number),
            ROLES.get(part.role, part.role), part.ref.number,
        )
        for part in parts
    ]  # fmt: skip
    return Panel(_("Has a part in"), lines)
