"""Who may hear which channel. The app that knows says so; nobody else needs to know what a channel is about."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.live import tickets

# (actor, the id after the colon) -> whether she may hear it; None: the channel is for all of its kind.
MayHear = Callable[[Actor, UUID | None], bool]
_KINDS: dict[str, list[MayHear]] = {}
MOST = 20  # channels on one page


def register_channel(kind: str, may_hear: MayHear) -> None:
    """Add who may hear the channels of a kind; several may know, and one that says yes is enough."""
    known = _KINDS.setdefault(kind, [])
    if may_hear in known:
        raise ValueError(f"The channel '{kind}' is registered twice by the same.")
    known.append(may_hear)


def channel_kinds() -> set[str]:
    """Return the kinds of channels there are."""
    return set(_KINDS)


def audible(actor: Actor, asked: Iterable[str]) -> list[str]:
    """Return those of the channels asked for that the actor may hear. A stranger hears none."""
    if actor.account_id is None:
        return []
    return [channel for channel in dict.fromkeys(asked) if _hears(actor, channel)][:MOST]


def _hears(actor: Actor, channel: str) -> bool:
    kind, colon, identifier = channel.partition(":")
    try:
        about = UUID(identifier) if colon else None
    except ValueError:
        return False
    # One spelling of an id, the one that rings.
    if about is not None and str(about) != identifier:
        return False
    return any(may_hear(actor, about) for may_hear in _KINDS.get(kind, ()))


def ticket_for(actor: Actor, channels: Iterable[str], now: datetime) -> str:
    """Return a ticket for channels the actor was found to hear."""
    return tickets.issue(
        str(actor.account_id), channels, expires=now.timestamp() + tickets.LIFETIME,
        key=tickets.derive_key(settings.SECRET_KEY),
    )  # fmt: skip


def hears_account(actor: Actor, account_id: UUID | None) -> bool:
    """Return whether this is the actor's own account."""
    return account_id is not None and account_id == actor.account_id


def hears_desk(actor: Actor, about: UUID | None) -> bool:
    """Return whether the actor sits at the desk; its channel is one for all who do."""
    return about is None and (actor.has("desk.read") or actor.has("desk.run"))
