"""Whoever an account belongs to learns at once what happened to it."""

from datetime import datetime
from uuid import UUID

from secretariat.foundation.accounts.models import Account
from secretariat.foundation.accounts.signals import alerted
from secretariat.foundation.audit.ids import uuid7


def alert(
    account: Account, kind: str, *, now: datetime, subject_id: UUID | None = None, **data: object
) -> None:
    """Tell the account's owner, inside the caller's transaction. Without a subject each time is told anew."""
    alerted.send(
        sender=Account, accounts=[account.pk], kind=kind, subject_id=subject_id or uuid7(), now=now, data=data
    )
