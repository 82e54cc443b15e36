"""Tickets: what opens a stream. Signed, short-lived, and read without Django, settings or database."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass

LIFETIME = (
    300  # seconds; a stream ends with its ticket, and the page asks for another, with its rights of that time
)


@dataclass(frozen=True)
class Ticket:
    """Who hears which channels, until when (seconds since 1970)."""

    account: str
    channels: frozenset[str]
    expires: float


def derive_key(secret: str) -> bytes:
    """Return the key of tickets: not the secret of sessions, since another process holds it too."""
    return hmac.digest(secret.encode(), b"secretariat.live.tickets", "sha256")


def issue(account: str, channels: Iterable[str], *, expires: float, key: bytes) -> str:
    """Return the text of a ticket."""
    content = json.dumps([account, sorted(channels), expires], separators=(",", ":")).encode()
    return f"{_text(content)}.{_text(_signature(content, key))}"


def read(text: str, *, key: bytes, now: float) -> Ticket | None:
    """Return the ticket of a text; None where it was made by somebody else or has run out."""
    content, _, signature = text.partition(".")
    try:
        given, told = _bytes(content), _bytes(signature)
    except ValueError:
        return None
    if not hmac.compare_digest(told, _signature(given, key)):
        return None
    account, channels, expires = json.loads(given)
    return Ticket(account, frozenset(channels), expires) if now < expires else None


def _signature(content: bytes, key: bytes) -> bytes:
    return hmac.digest(key, content, hashlib.sha256)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
