"""Mail that is no notice: a signed letter, a copy of a mailing. The app that wrote it sets it and says where it stands.

Such mail goes out by the same way: a row written in the transaction, one Message-ID however often it is sent, and what
comes back is booked on the row. It may go to an address that belongs to no account.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.foundation.notices.rendering import Letter


@dataclass(frozen=True)
class Enclosure:
    """A file that goes along."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Outgoing:
    """A mail as its origin has set it. ``stop`` is the path at which its reader ends such mail, if she may."""

    letter: Letter
    enclosures: tuple[Enclosure, ...] = ()
    stop: str = ""


@dataclass(frozen=True)
class About:
    """What a mail is about: its subject, its page at the desk, and the thing in whose timeline its return stands."""

    subject: str
    path: str = ""
    thing: Any = None


@dataclass(frozen=True)
class Origin:
    """Who knows a kind of mail. ``compose`` returns the mail of one id, the same whenever it is asked; None: not now.

    ``about`` answers for many ids in a fixed number of statements.
    """

    key: str
    compose: Callable[[UUID], Outgoing | None]
    about: Callable[[Collection[UUID]], Mapping[UUID, About]]


_ORIGINS: dict[str, Origin] = {}


def register_origin(origin: Origin) -> None:
    """Add an origin; called once, in the ``ready`` of the app that writes such mail."""
    if origin.key in _ORIGINS:
        raise ValueError(f"The origin of mail '{origin.key}' is registered twice.")
    _ORIGINS[origin.key] = origin


def find_origin(key: str) -> Origin:
    """Return an origin.

    Raises:
        LookupError: no app writes such mail.
    """
    try:
        return _ORIGINS[key]
    except KeyError:
        raise LookupError(f"No app writes mail of the origin '{key}'.") from None


def about_mail(rows: Collection[Any]) -> dict[UUID, About]:
    """Return what each of these messages is about that is no notice, by its own id."""
    found: dict[UUID, About] = {}
    for key in sorted({row.origin for row in rows if row.origin in _ORIGINS}):
        ours = {row.origin_id: row.pk for row in rows if row.origin == key}
        told = _ORIGINS[key].about(ours.keys())
        found.update({ours[origin_id]: about for origin_id, about in told.items()})
    return found
