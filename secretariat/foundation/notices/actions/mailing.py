from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from secretariat.foundation.jobs.actions import defer_many
from secretariat.foundation.notices.models import Message
from secretariat.foundation.notices.origins import find_origin
from secretariat.foundation.notices.posting import SEND
from secretariat.foundation.notices.states import MessageState


@dataclass(frozen=True)
class Addressed:
    """One mail that an origin wants sent: the id it knows it by, the address, and the account that has it, if any."""

    origin_id: UUID
    address: str
    account_id: UUID | None = None


def send_mail(
    *, origin: str, mails: Collection[Addressed], now: datetime, sent_by: UUID | None = None
) -> int:
    """Queue mail of an origin inside the caller's transaction; asking for the same again does nothing.

    ``sent_by`` is the account that is to know when it comes back, instead of the desk. Returns how many were queued
    now. Three statements, however many they are.

    Raises:
        LookupError: no app writes such mail.
    """
    find_origin(origin)
    asked = [mail.origin_id for mail in mails]
    known = set(Message.objects.filter(origin_id__in=asked).values_list("origin_id", flat=True))
    fresh = [
        Message(
            origin=origin, origin_id=mail.origin_id, address=mail.address, account_id=mail.account_id,
            sent_by_id=sent_by, queued_at=now,
        )
        for mail in mails if mail.origin_id not in known
    ]  # fmt: skip
    Message.objects.bulk_create(fresh, ignore_conflicts=True)
    defer_many(SEND, [{"message": str(row.pk)} for row in fresh])
    return len(fresh)


def try_waiting(*, origin_ids: Collection[UUID]) -> int:
    """Let mail be tried that its origin held back. Returns how many wait. Who is asked twice sends once."""
    waiting = Message.objects.filter(origin_id__in=origin_ids, state=MessageState.QUEUED)
    return len(defer_many(SEND, [{"message": str(pk)} for pk in waiting.values_list("pk", flat=True)]))
