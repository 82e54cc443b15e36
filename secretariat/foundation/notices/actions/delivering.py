from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils.translation import override

from secretariat.foundation.accounts.models import Account
from secretariat.foundation.jobs.actions import defer
from secretariat.foundation.jobs.declaring import Hopeless
from secretariat.foundation.notices.kinds import find_kind, group_of
from secretariat.foundation.notices.logic import digest_day
from secretariat.foundation.notices.models import Message, Postbox
from secretariat.foundation.notices.origins import find_origin
from secretariat.foundation.notices.posting import SEND, compose, post, why_hopeless
from secretariat.foundation.notices.rendering import (
    Letter,
    digest_of,
    letter_of,
    path_of,
    preferences_path,
    say_notice,
    why_told,
)
from secretariat.foundation.notices.states import MessageState
from secretariat.foundation.notices.stopping import stop_path

WINDOW = timedelta(days=2)  # days differ between zones by less


def send_message(*, message_id: UUID, now: datetime) -> bool:
    """Send a mail that waits, and note that it went. Returns whether it was sent now.

    Its row is locked meanwhile, so no two workers send it at once. Who dies between the sending and the note
    leaves it waiting: it goes out again under the same Message-ID, which is how a mailbox knows it for the same.

    Raises:
        Hopeless: the server will never take it.
    """
    with transaction.atomic():
        waiting = Message.objects.select_for_update(of=("self",)).select_related("account", "notice")
        message = waiting.filter(pk=message_id, state=MessageState.QUEUED).first()
        if message is None:
            return False
        if (mail := _mail(message)) is None:
            return False  # its origin holds it back, and says when it is to be tried again
        try:
            post(mail)
        except OSError as error:  # smtplib's errors are such
            if reason := why_hopeless(error):
                raise Hopeless(reason) from error
            raise
        message.state, message.sent_at = MessageState.SENT, now
        message.save(update_fields=["state", "sent_at"])
    return True


def give_up_message(*, message_id: UUID, reason: str, now: datetime) -> None:
    """Note that a mail could not be sent, and why."""
    Message.objects.filter(pk=message_id, state=MessageState.QUEUED).update(
        state=MessageState.FAILED, ended_at=now, reason=reason
    )


def _mail(message: Message) -> EmailMultiAlternatives | None:
    """Set a mail in its reader's language, the same whenever it is set; None where it is not to go now."""
    if message.origin:
        outgoing = find_origin(message.origin).compose(message.origin_id)
        return outgoing and compose(message, outgoing.letter, outgoing.stop, outgoing.enclosures)
    with override(message.account.language):
        zone = (
            Postbox.objects.filter(account=message.account_id).values_list("time_zone", flat=True).first()
            or "UTC"
        )
        if message.notice is None:
            letter, stop = _digest(message, zone), ""
        else:
            letter, stop = _single(message, zone)
    return compose(message, letter, stop)


def _single(message: Message, zone: str) -> tuple[Letter, str]:
    notice = message.notice
    kind = find_kind(notice.kind)
    group = group_of(kind)
    stop = "" if group.mandatory else stop_path(message.account_id, group.key)
    said = say_notice(notice, zone)
    return letter_of(said, path_of(notice.pk), why_told(group), kind, stop), stop


def _digest(message: Message, zone: str) -> Letter:
    carried = message.carried.select_related("notice").order_by("notice__told_at", "notice")
    said = [(say_notice(row.notice, zone), path_of(row.notice_id)) for row in carried]
    return digest_of(said, message.digest_on, preferences_path())


def queue_digests(*, now: datetime) -> int:
    """Gather what waits for the digests that are due in their readers' zones. Returns how many were queued.

    One digest a day for each account: what is told after it goes into the next one.
    """
    waiting = Message.objects.filter(for_digest=True, state=MessageState.QUEUED, account__is_active=True)
    accounts = set(waiting.values_list("account", flat=True).distinct())
    found = Postbox.objects.filter(account__in=accounts).select_related("account")
    boxes = {box.account_id: box for box in found}
    sent = set(
        Message.objects.filter(account__in=accounts, digest_on__gte=now.date() - WINDOW)
        .values_list("account", "digest_on")
    )  # fmt: skip
    due = [
        (account, day)
        for account in sorted(accounts)
        if (day := _day(boxes.get(account), now)) and (account, day) not in sent
    ]
    return sum(_queue_digest(account, day, now) for account, day in due)


def _day(box: Postbox | None, now: datetime) -> date | None:
    if box is None:
        box = Postbox()
    elif box.unreachable == box.account.email:
        return None  # it waits until the address works again, or is another
    return digest_day(now, box.time_zone, box.digest_hour)


def _queue_digest(account_id: UUID, day: date, now: datetime) -> bool:
    with transaction.atomic():
        # One at a time for an account, whoever else looks at the clock.
        account = Account.objects.select_for_update().get(pk=account_id)
        if Message.objects.filter(account=account, digest_on=day).exists():
            return False
        waiting = Message.objects.select_for_update().filter(
            account=account, for_digest=True, state=MessageState.QUEUED
        )
        if not (rows := list(waiting)):
            return False
        digest = Message.objects.create(account=account, address=account.email, digest_on=day, queued_at=now)
        Message.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=MessageState.CARRIED, carried_by=digest
        )
        defer(SEND, message=str(digest.pk))
    return True
