"""Small facts about sign-in: rights given by hand, digests of secrets, and how a browser is called."""

import hashlib
import ipaddress
import secrets

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Rights that are given by hand; every other right comes from the record.
GIVEN: dict[str, str | Promise] = {
    "desk.run": _("Run the secretariat's work"),
    "desk.read": _("Read what the secretariat reads"),
    "audit.read": _("Read the audit trail"),
    "security.administer": _("Administer security: accounts, grants, sign-in"),
    "system.administer": _("Administer the system: operation, backups, jobs"),
    "system.run": _("Install: whatever the command line may"),
}
RIGHTS = tuple(GIVEN)
# Of these nobody holds two at a time; the database refuses it.
APART = ("audit.read", "security.administer", "system.administer", "system.run")

# What an assistant may be asked to do.
TASKS: dict[str, str | Promise] = {
    "calls.apply": _("Write, hand in and withdraw submissions"),
    "publications.approve": _("Approve or refuse proofs"),
    "organisation.represent": _("Act for the organisations I represent"),
    "member.represent": _("Speak for the members I represent"),
}
NEVER_BY_ASSISTANT = frozenset({"ballots.cast"})

BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def new_token() -> str:
    """Return a secret of 256 bits that fits into an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is kept of a secret that nobody can guess: no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def device_label(user_agent: str) -> str:
    """Return what its owner would call a browser, “Firefox, Windows”; empty where it does not say."""
    found = [next((name for mark, name in names if mark in user_agent), "") for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found))


def network_of(address: str) -> str:
    """Return the network of an address, coarse enough to name no household: 203.0.113.0/24, 2001:db8:1::/48."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


def small_letters(email: str) -> str:
    """Return an address as accounts keep it."""
    return email.strip().lower()
