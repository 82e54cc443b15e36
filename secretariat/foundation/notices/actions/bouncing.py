from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.accounts.models import Grant
from secretariat.foundation.accounts.queries import in_force, not_ended
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.notices import rules
from secretariat.foundation.notices.actions.telling import tell
from secretariat.foundation.notices.bounces import Report
from secretariat.foundation.notices.models import Message, Postbox
from secretariat.foundation.notices.origins import about_mail
from secretariat.foundation.notices.states import MessageState

KIND = "mail_bounced"


def record_bounce(*, report: Report, actor: Actor, now: datetime) -> Message | None:
    """Note that a mail came back, and from now on send none to an address that does not exist.

    Who had it sent is told, or else the desk. Returns the mail; nothing where the report is about none that was
    sent to this address, or says nothing new. The same report twice changes nothing.
    """
    require(actor.door in ("command", "task"), _("record what came back"))
    if not report.is_final or not _sent(report).exists():
        return None
    with audit.act("mail_came_back", actor=actor, now=now, status=report.status) as act:
        message = _sent(report).select_for_update(of=("self",)).select_related("account", "notice").first()
        if message is None:  # somebody else was quicker
            return None
        message.state, message.ended_at, message.reason = MessageState.BOUNCED, now, report.reason
        message.is_dead = report.is_permanent
        message.save(update_fields=["state", "ended_at", "reason", "is_dead"])
        if report.is_permanent and message.account_id:
            _flag(message, now)
        _tell_sender(message, report, now)
        about = about_mail([message]).get(message.pk)
        act.on((about and about.thing) or message.account or message, message=message.pk)
    return message


def write_again(*, message: Message, reason: str, actor: Actor, now: datetime) -> int:
    """Send mail again to an address that no account has and that mail came back from, with a reason.

    Returns how many mails said that the address does not exist; it may come back again, and is closed again then.
    """
    require(rules.can_open_address(actor), _("write to this address again"))
    if message.account_id is not None:
        raise ValueError(_("Whose account it is says herself that her address works again."))
    if not reason.strip():
        raise ValueError(_("Say why mail will arrive now."))
    with audit.act("address_opened", actor=actor, now=now, subject=message, reason=reason.strip()) as act:
        dead = Message.objects.filter(account=None, is_dead=True, address__iexact=message.address)
        opened = dead.update(is_dead=False)
        if not opened:
            raise ValueError(_("Mail goes to this address already."))
        act.detail["messages"] = opened
    return opened


def _sent(report: Report) -> QuerySet[Message]:
    """The mail a report is about: sent to this address, and not known to have come back."""
    return Message.objects.filter(pk=report.row, state=MessageState.SENT, address__iexact=report.recipient)


def _flag(message: Message, now: datetime) -> None:
    box, _made = Postbox.objects.select_for_update().get_or_create(account_id=message.account_id)
    if box.unreachable != message.address:
        box.unreachable, box.unreachable_since = message.address, now
        box.save(update_fields=["unreachable", "unreachable_since"])


def _tell_sender(message: Message, report: Report, now: datetime) -> None:
    notice = message.notice
    # News of what came back may itself come back; that would never end.
    if notice is not None and notice.kind == KIND:
        return
    asked = {message.sent_by_id, notice and notice.told_by_id} - {None}
    tell(
        accounts=(asked or _desk(now)) - {message.account_id}, kind=KIND, subject_id=message.pk, now=now,
        address=message.address, reason=report.reason,
    )  # fmt: skip


def _desk(now: datetime) -> set[UUID]:
    on = now.date()
    held = Grant.objects.filter(in_force(on), not_ended(on), right="desk.run", account__is_active=True)
    return set(held.values_list("account", flat=True))
