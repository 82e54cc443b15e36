from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from secretariat.foundation.jobs.actions import defer_many
from secretariat.foundation.notices.kinds import Kind, find_kind, group_of
from secretariat.foundation.notices.models import DeliveryChoice, Mark, Message, Notice, Postbox
from secretariat.foundation.notices.posting import SEND
from secretariat.foundation.notices.signals import told
from secretariat.foundation.notices.states import Delivery


def tell(
    *, accounts: Collection[UUID], kind: str, subject_id: UUID, now: datetime, told_by: UUID | None = None,
    **data: Any,
) -> int:  # fmt: skip
    """Put one notice in each inbox, inside the caller's transaction; telling the same again does nothing.

    The mail about it is queued in the same transaction, to whoever wants it. ``data`` fills the sentence that
    the kind declares; ``told_by`` is the account that is to know when the mail comes back, instead of the desk.
    Returns how many accounts there were to tell. A fixed number of statements, however many they are.

    Raises:
        LookupError: no app declares the kind.
        ValueError: the kind's sentence needs a value that is not given.
    """
    declared = find_kind(kind)
    _check(declared, data)
    notices = [
        Notice(
            account_id=account, kind=kind, subject_id=subject_id, data=data, told_at=now, told_by_id=told_by
        )
        for account in dict.fromkeys(accounts)
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    if fresh := _told_now(notices, declared):
        Mark.objects.bulk_create(Mark(notice=notice, account_id=notice.account_id) for notice in fresh)
        _post(fresh, declared, now)
        told.send(sender=Notice, notices=fresh, now=now)
    return len(accounts)


def _check(kind: Kind, data: Mapping[str, Any]) -> None:
    if missing := kind.placeholders() - set(data):
        raise ValueError(f"The notice '{kind.key}' is told without {', '.join(sorted(missing))}.")


def _told_now(notices: Collection[Notice], kind: Kind) -> list[Notice]:
    """Those that were not in their inbox before, each with its account and how it wants such notices."""
    if not notices:
        return []
    chosen = DeliveryChoice.objects.filter(account=OuterRef("account"), group=kind.group).values("delivery")
    unreachable = Postbox.objects.filter(account=OuterRef("account")).values("unreachable")
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices]).select_related("account")
    return list(rows.annotate(chosen=Subquery(chosen), unreachable=Subquery(unreachable)).order_by("pk"))


def _post(notices: Collection[Notice], kind: Kind, now: datetime) -> None:
    messages = [
        Message(
            account_id=notice.account_id, notice=notice, address=notice.account.email, queued_at=now,
            for_digest=delivery == Delivery.DAILY,
        )
        for notice in notices
        if (delivery := _delivery(notice, kind)) != Delivery.INBOX
    ]  # fmt: skip
    if messages:
        Message.objects.bulk_create(messages)
    defer_many(SEND, [{"message": str(row.pk)} for row in messages if not row.for_digest])


def _delivery(notice: Any, kind: Kind) -> str:
    account = notice.account
    # What came back once comes back again: such an account finds its notices, and why, in the inbox.
    if not account.is_active or notice.unreachable == account.email:
        return Delivery.INBOX
    if group_of(kind).mandatory:
        return Delivery.AT_ONCE
    return notice.chosen or Delivery.AT_ONCE
