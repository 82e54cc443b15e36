from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.notices.actions import tell
from secretariat.record.mailings import logic, queries, rules
from secretariat.record.mailings.audiences import find_audience
from secretariat.record.mailings.copying import copies_of
from secretariat.record.mailings.models import Copy, Mailing, Text
from secretariat.record.mailings.states import MailingState
from secretariat.registry.refs.actions import next_number, register_ref, update_ref


def begin_mailing(
    *, audience: str, actor: Actor, now: datetime, query: str = "", rows: Collection[UUID] = ()
) -> Mailing:
    """Begin a mailing to what a list shows: the rows ticked, or all that its filter leaves."""
    require(rules.can_write(actor), _("write to many"))
    find_audience(audience)
    with audit.act("mailing_begun", actor=actor, now=now, audience=audience) as act:
        ref = register_ref(kind="mailing", number=next_number(f"MAIL-{now.year}"), title={}, state="draft")
        mailing = Mailing.objects.create(
            ref=ref, audience=audience, query=query, rows=list(rows), drafter_id=actor.person_id
        )
        Text.objects.create(mailing=mailing)
        act.on(mailing)
    return mailing


def change_mailing(
    *, mailing: Mailing, subject_en: str, text_en: str, subject_zh: str, text_zh: str, deadline: date | None,
    kind: str, approver: Any, actor: Actor, now: datetime,
) -> Mailing:  # fmt: skip
    """Change the words of a draft, and who is to approve it."""
    require(rules.can_write(actor), _("change a mailing"))
    words = {"subject_en": subject_en, "text_en": text_en, "subject_zh": subject_zh, "text_zh": text_zh}
    if unknown := logic.unknown_placeholders(*words.values()):
        raise ValueError(_("There is no placeholder {%(name)s}.") % {"name": unknown[0]})
    with audit.act("mailing_changed", actor=actor, now=now) as act:
        mailing = locked(mailing, [MailingState.DRAFT], _("Changing the mailing"))
        mailing.kind, mailing.approver = kind, approver
        mailing.save(update_fields=["kind", "approver"])
        Text.objects.filter(mailing=mailing).update(**words, deadline=deadline)
        update_ref(ref_id=mailing.ref_id, title={"en": subject_en, "zh": subject_zh})
        act.on(mailing)
    return mailing


def put_up(*, mailing: Mailing, actor: Actor, now: datetime) -> Mailing:
    """Fix what each reader will get, and put it up for approval by a second person."""
    require(rules.can_write(actor), _("put a mailing up for approval"))
    with audit.act("mailing_put_up", actor=actor, now=now) as act:
        mailing = locked(mailing, [MailingState.DRAFT], _("Putting up for approval"))
        if mailing.approver_id is None or mailing.approver_id == mailing.drafter_id:
            raise ValueError(_("Name somebody other than the drafter to approve it."))
        copies = fix_copies(mailing, actor, now)
        lead(mailing, MailingState.FOR_APPROVAL, remark="")
        _tell(mailing.approver, "mailing_to_approve", mailing, actor, now)
        act.on(mailing, copies=copies)
    return mailing


def approve(*, mailing: Mailing, actor: Actor, now: datetime) -> Mailing:
    """Approve a mailing, in person. The digest of its words and readers is kept with the approval."""
    require(rules.can_approve(actor, mailing), _("approve this mailing"))
    with audit.act("mailing_approved", actor=actor, now=now) as act:
        mailing = locked(mailing, [MailingState.FOR_APPROVAL], _("Approving"))
        require(rules.can_approve(actor, mailing), _("approve this mailing"))
        approved = queries.digest_of(mailing)
        lead(mailing, MailingState.APPROVED, approved_at=now, digest=approved)
        _tell(mailing.drafter, "mailing_approved", mailing, actor, now)
        act.on(mailing, digest=approved)
    return mailing


def send_back(*, mailing: Mailing, remark: str, actor: Actor, now: datetime) -> Mailing:
    """Give a mailing back to its drafter with what has to be changed; its copies are made anew."""
    require(rules.can_approve(actor, mailing), _("send this mailing back"))
    if not remark.strip():
        raise ValueError(_("Say what has to be changed."))
    with audit.act("mailing_sent_back", actor=actor, now=now, reason=remark) as act:
        mailing = locked(mailing, [MailingState.FOR_APPROVAL], _("Sending back"))
        lead(mailing, MailingState.DRAFT, remark=remark)
        mailing.copies.all().delete()
        _tell(mailing.drafter, "mailing_sent_back", mailing, actor, now)
        act.on(mailing)
    return mailing


def drop_mailing(*, mailing: Mailing, actor: Actor, now: datetime) -> Mailing:
    """Give a draft up. Its number stays taken."""
    require(rules.can_write(actor), _("drop a mailing"))
    with audit.act("mailing_dropped", actor=actor, now=now) as act:
        mailing = locked(mailing, [MailingState.DRAFT], _("Dropping"))
        lead(mailing, MailingState.DROPPED)
        act.on(mailing)
    return mailing


def fix_copies(mailing: Mailing, actor: Actor, now: datetime) -> int:
    """Make the copies of a locked draft, once it has words in a language. Returns how many will go."""
    text = mailing.text
    for subject, words in ((text.subject_en, text.text_en), (text.subject_zh, text.text_zh)):
        if bool(subject.strip()) != bool(words.strip()):
            raise ValueError(_("A subject and a text belong together, in each language."))
    if not (text.text_en.strip() or text.text_zh.strip()):
        raise ValueError(_("A mailing needs a subject and a text, in one language at least."))
    words = (text.subject_en, text.text_en, text.subject_zh, text.text_zh)
    if logic.uses("deadline", *words) and text.deadline is None:
        raise ValueError(_("The text names a deadline: say which day."))
    copies = Copy.objects.bulk_create(copies_of(mailing, actor, now), batch_size=500)
    if not (going := sum(not copy.skipped for copy in copies)):
        raise ValueError(_("Nobody would get it."))
    return going


def locked(mailing: Mailing, states: Collection[str], what: str) -> Mailing:
    """Return the mailing for this transaction alone, while it is in one of these states."""
    rows = Mailing.objects.select_for_update(of=("self",)).select_related(
        "ref", "text", "drafter", "approver"
    )
    row = rows.get(pk=mailing.pk)
    require_state(row.state, list(states), what)
    return row


def lead(mailing: Mailing, state: str, **kept: Any) -> None:
    """Lead a locked mailing into a state."""
    mailing.state = state
    for field, value in kept.items():
        setattr(mailing, field, value)
    mailing.save(update_fields=["state", *kept])
    update_ref(ref_id=mailing.ref_id, state=state)


def _tell(person: Any, kind: str, mailing: Mailing, actor: Actor, now: datetime) -> None:
    if person is not None and person.account_id and person.pk != actor.person_id:
        subject = {"en": mailing.text.subject_en, "zh": mailing.text.subject_zh}
        tell(
            accounts=[person.account_id], kind=kind, subject_id=mailing.pk, now=now, number=mailing.ref.number,
            subject=subject,
        )  # fmt: skip
