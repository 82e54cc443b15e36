"""What a token may be used for.

To somebody's own token a scope gives nothing: it leaves something of what its owner may. A service token has exactly
its scopes.
"""

from collections.abc import Collection
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.foundation.accounts.logic import GIVEN

SCOPES: dict[str, str | Promise] = {
    "public.read": _("Read what is public"),
    "my.read": _("Read what is mine"),
    "my.write": _("Write, hand in and withdraw what is mine"),
    "desk.read": _("Read what the secretariat reads"),
    "desk.run": _("Run the secretariat's work"),
    "accounts.read": _("Read accounts and their rights"),
}
MINE = {"my.read", "my.write"}
# Scope of the desk -> the rights of which one is needed to have it.
DESK = {
    "desk.read": ("desk.read", "desk.run"), "desk.run": ("desk.run",),
    "accounts.read": ("accounts.read", "audit.read", "security.administer", "system.run"),
}  # fmt: skip
# What a service token may be for: what is somebody's own is for nobody's, and accounts are for who keeps them.
SERVICE = ["public.read", "desk.read", "desk.run"]


def scopes_open_to(actor: Actor) -> list[str]:
    """Return the scopes the actor may give a token of her own, in order."""
    return [scope for scope in SCOPES if scope not in DESK or any(map(actor.has, DESK[scope]))]


def narrowed(actor: Actor, scopes: Collection[str]) -> Actor:
    """Return the actor with no more than these scopes leave.

    Rights given by hand need their scope, which gives no more than to read or to run the desk, or to read accounts.
    What she holds by seat or affiliation is hers, so it needs a scope of what is mine.
    """
    held = [c for c in actor.capacities if c.right not in GIVEN and MINE & set(scopes)]
    for scope in DESK:
        if scope in scopes:
            sources = [c.source for c in actor.capacities if c.right in DESK[scope] and c.scope_id is None]
            held += [Capacity(scope, source) for source in sources[:1]]
    return replace(actor, capacities=tuple(held))
