"""The link in a mail's head and foot that switches off its group without signing in (RFC 8058)."""

from uuid import UUID

from django.core import signing
from django.urls import reverse

SALT = "secretariat.notices.stop"


def stop_path(account_id: UUID, group: str) -> str:
    """Return where an account stops the mails of a group. It says nothing about the address."""
    # Without a time: a mail that is sent twice carries the same link.
    token = signing.Signer(salt=SALT).sign_object([account_id.hex, group])
    return reverse("notices:stop", args=[token])


def read_stop(token: str) -> tuple[UUID, str] | None:
    """Return whose mails of which group a link stops; none for a link that is not ours."""
    try:
        account, group = signing.Signer(salt=SALT).unsign_object(token)
        return UUID(hex=account), str(group)
    except (signing.BadSignature, ValueError, TypeError):
        return None
