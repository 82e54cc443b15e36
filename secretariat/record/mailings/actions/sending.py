"""A mailing on its way: some copies at a time, so that it can be stopped, and never the same one twice."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import SYSTEM, Actor, NotAllowed, require
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.jobs.actions import defer
from secretariat.foundation.notices.actions import Addressed, send_mail, tell, try_waiting
from secretariat.record.mailings import queries, rules
from secretariat.record.mailings.actions.writing import fix_copies, lead, locked
from secretariat.record.mailings.models import Mailing
from secretariat.record.mailings.setting import ORIGIN, SEND
from secretariat.record.mailings.states import MailingState

BATCH = 50
AGAIN = timedelta(
    seconds=5
)  # the queue is given time to empty itself: what has not left it can still be stopped


def start(*, mailing: Mailing, actor: Actor, now: datetime) -> Mailing:
    """Let an approved mailing go out, or a draft to few readers."""
    require(rules.can_write(actor), _("start a mailing"))
    with audit.act("mailing_started", actor=actor, now=now) as act:
        mailing = locked(mailing, [MailingState.DRAFT, MailingState.APPROVED], _("Starting"))
        if mailing.state == MailingState.DRAFT:
            going = fix_copies(mailing, actor, now)
            if rules.needs_approval(going):
                raise NotAllowed(_("So many readers want the approval of a second person."))
            digest = queries.digest_of(mailing)
        else:
            digest = queries.digest_of(mailing)
            if digest != mailing.digest:
                raise ValueError(_("This is not what was approved."))
        lead(mailing, MailingState.SENDING, started_at=now, digest=digest)
        defer(SEND, one_at_a_time=str(mailing.pk), mailing=str(mailing.pk))
        act.on(mailing, digest=digest)
    return mailing


def stop(*, mailing: Mailing, actor: Actor, now: datetime) -> Mailing:
    """Stop a mailing on its way: no copy leaves any more that has not left."""
    require(rules.can_write(actor), _("stop a mailing"))
    with audit.act("mailing_stopped", actor=actor, now=now) as act:
        mailing = locked(mailing, [MailingState.SENDING], _("Stopping"))
        lead(mailing, MailingState.STOPPED)
        act.on(mailing)
    return mailing


def resume(*, mailing: Mailing, actor: Actor, now: datetime) -> Mailing:
    """Let a stopped mailing go on with whoever has not got her copy."""
    require(rules.can_write(actor), _("let a mailing go on"))
    with audit.act("mailing_resumed", actor=actor, now=now) as act:
        mailing = locked(mailing, [MailingState.STOPPED], _("Going on"))
        lead(mailing, MailingState.SENDING)
        try_waiting(origin_ids=list(queries.queued(mailing).values_list("origin_id", flat=True)))
        defer(SEND, one_at_a_time=str(mailing.pk), mailing=str(mailing.pk))
        act.on(mailing)
    return mailing


def send_batch(*, mailing_id: UUID, now: datetime) -> int:
    """Queue the next copies of a mailing, and come back until all have left. Returns how many were queued.

    Being run twice does no harm: a copy has one mail, and the mailing's row is locked meanwhile.
    """
    mailing = Mailing.objects.select_related("drafter").get(pk=mailing_id)
    if mailing.state != MailingState.SENDING:
        return 0
    if not queries.unsent(mailing).exists() and not queries.queued(mailing).exists():
        _end(mailing, now)
        return 0
    room = BATCH - queries.queued(mailing).count()
    copies = list(queries.unsent(mailing)[: max(0, room)])
    with transaction.atomic():
        mails = [Addressed(copy.pk, copy.address, copy.account_id) for copy in copies]
        send_mail(origin=ORIGIN, mails=mails, sent_by=mailing.drafter.account_id, now=now)
        defer(SEND, at=now + AGAIN, one_at_a_time=str(mailing.pk), mailing=str(mailing.pk))
    return len(copies)


def _end(mailing: Mailing, now: datetime) -> None:
    with audit.act("mailing_sent", actor=SYSTEM, now=now) as act:
        mailing = locked(mailing, [MailingState.SENDING], _("Ending"))
        lead(mailing, MailingState.SENT, ended_at=now)
        standing = queries.standing_of(mailing)
        act.on(mailing, sent=standing.sent, returned=standing.returned, skipped=standing.skipped)
        if mailing.drafter.account_id:
            tell(
                accounts=[mailing.drafter.account_id], kind="mailing_sent", subject_id=mailing.pk, now=now,
                number=mailing.ref.number, sent=standing.sent, returned=standing.returned, skipped=standing.skipped,
            )  # fmt: skip
