"""How a token's secret is written and read, and how a token stands on a day."""

import secrets
from datetime import datetime, timedelta

from secretariat.foundation.accounts.logic import new_token

MARK = "sec"
HEAD_BYTES = 6
SOON = timedelta(days=14)


def new_secret() -> tuple[str, str]:
    """Return a new secret and its head, by which it is found and by which its owner knows it again.

    The mark lets a scanner of source texts recognise what should not stand there.
    """
    head = secrets.token_hex(HEAD_BYTES)
    return f"{MARK}_{head}_{new_token()}", head


def head_of(secret: str) -> str:
    """Return the head of a secret; empty where it is none.

    >>> head_of("sec_0a1b2c3d4e5f_xyz"), head_of("0a1b2c3d4e5f")
    ('0a1b2c3d4e5f', '')
    """
    mark, _, rest = secret.partition("_")
    head, _, body = rest.partition("_")
    return head if mark == MARK and body and len(head) == 2 * HEAD_BYTES else ""


def standing(expires_at: datetime, revoked_at: datetime | None, now: datetime) -> str:
    """Return how a token stands: it ``holds``, ends ``soon``, has ``expired`` or was ``ended``."""
    if revoked_at is not None:
        return "ended"
    if expires_at <= now:
        return "expired"
    return "soon" if expires_at <= now + SOON else "holds"
