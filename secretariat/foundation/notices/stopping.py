"""The link in a mail's head and foot that switches off its group without signing in (RFC 8058)."""

from uuid import UUID

from django.core import signing
from django.urls import reverse

SALT = "secretariat.notices.stop"


def stop_path(account_id: UUID, group: str) -> str:
    """Return where an account stops the mails of a group. It says nothing about the address."""
    token = signing.dumps([account_id.hex, group], salt=SALT)
    return reverse("notices:stop", args=[token])


def read_stop(token: str) -> tuple[UUID, str] | None:
    """Return whose mails of which group a link stops; none for a link that is not ours."""
    try:
        account, group = signing.loads(token, salt=SALT)
        return UUID(hex=account), str(group)
    except (signing.BadSignature, ValueError, TypeError):
        return None
