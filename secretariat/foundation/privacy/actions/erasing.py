"""Somebody wants to be forgotten: asked, taken back, refused with a reason, done."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actions.alerts import alert
from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState, require, require_state
from secretariat.foundation.accounts.models import Account
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.privacy import rules
from secretariat.foundation.privacy.actions.ending import end_rows, erase_history
from secretariat.foundation.privacy.declarations import holdings
from secretariat.foundation.privacy.models import Erasure
from secretariat.foundation.privacy.queries import rows_of, running_of, subject_behind
from secretariat.foundation.privacy.states import ErasureState

ANSWERED_WITHIN = timedelta(days=30)


def ask_erasure(*, note: str, number: str = "", actor: Actor, now: datetime) -> Erasure:
    """Ask to be forgotten. The desk answers within a month; until then it can be taken back."""
    require(rules.can_ask(actor), _("ask to be forgotten"))
    return _begin(
        "erasure_asked", person_id=actor.person_id, account_id=actor.account_id, number=number, note=note,
        actor=actor, now=now,
    )  # fmt: skip


def enter_wish(
    *, person_id: UUID, account_id: UUID | None, number: str, note: str, actor: Actor, now: datetime
) -> Erasure:
    """Enter at the desk what somebody asked for by letter or in person."""
    require(rules.can_enter_wish(actor), _("enter a wish to be forgotten"))
    if not note.strip():
        raise ValueError(_("Say how she asked for it."))
    return _begin(
        "erasure_entered", person_id=person_id, account_id=account_id, number=number, note=note,
        entered_by_id=actor.account_id, actor=actor, now=now,
    )  # fmt: skip


def _begin(verb: str, *, note: str, actor: Actor, now: datetime, **values: object) -> Erasure:
    with audit.act(verb, actor=actor, now=now) as act:
        erasure = Erasure(
            **values, note=note.strip(), asked_at=now, due_on=timezone.localdate(now) + ANSWERED_WITHIN
        )
        try:
            with transaction.atomic():
                erasure.save(force_insert=True)
        except IntegrityError as error:
            if "erasure_one_of" not in str(error):
                raise
            raise WrongState(_("This has been asked for already, and is not answered yet.")) from None
        act.on(erasure)
    return erasure


def withdraw_wish(*, erasure: Erasure, actor: Actor, now: datetime) -> Erasure:
    """Take one's wish back, as long as nothing was erased."""
    require(rules.is_her_wish(actor, erasure), _("take this wish back"))
    with audit.act("erasure_withdrawn", actor=actor, now=now, subject=erasure):
        erasure = _locked(erasure, _("Taking it back"))
        _answer(erasure, ErasureState.WITHDRAWN, actor, now)
    return erasure


def refuse_erasure(*, erasure: Erasure, reason: str, actor: Actor, now: datetime) -> Erasure:
    """Refuse with a reason, which she is told."""
    require(rules.can_erase(actor, erasure.person_id, erasure.account_id), _("answer this wish"))
    if not reason.strip():
        raise ValueError(_("Say why."))
    with audit.act("erasure_refused", actor=actor, now=now, subject=erasure):
        erasure = _locked(erasure, _("Refusing it"))
        erasure.reason = reason.strip()
        _answer(erasure, ErasureState.REFUSED, actor, now, "reason")
        if erasure.account_id:
            alert(erasure.account, "erasure_refused", now=now, subject_id=erasure.pk)
    return erasure


def erase(*, erasure: Erasure, typed: str, actor: Actor, now: datetime) -> Erasure:
    """Forget a person for good. ``typed`` repeats her number, so that nobody is forgotten by a slip.

    Values leave the rows and their history; rows, counts and commitments stay. Nothing brings them back.

    Raises:
        WrongState: something of hers still runs, which must end first.
    """
    require(rules.can_erase(actor, erasure.person_id, erasure.account_id), _("erase a person's data"))
    subject = subject_behind(erasure)
    if actor.account_id in subject.accounts or actor.person_id in subject.people:
        raise NotAllowed(_("Nobody erases her own data."))
    if typed.strip().upper() != (erasure.number or str(erasure.pk)[-6:]).upper():
        raise ValueError(_("What you typed is not what stands there."))
    with audit.act("person_erased", actor=actor, now=now, subject=erasure) as act:
        erasure = _locked(erasure, _("Erasing"))
        list(Account.objects.select_for_update().filter(pk__in=subject.accounts).order_by("pk"))
        if running_of(subject, now):
            raise WrongState(_("Something of hers still runs. It must end first."))
        erased, kept = {}, {}
        for holding in holdings():
            if rows := list(rows_of(holding, subject).values_list("pk", flat=True)):
                done = end_rows(holding=holding, rows=rows, now=now, subject=subject)
                (erased if done else kept)[holding.model] = len(rows)
        erasure.counts = {"erased": erased, "kept": kept}
        _answer(erasure, ErasureState.DONE, actor, now, "counts")
        erase_history(subject=subject)
        act.on(erasure, erased=sum(erased.values()), kept=sum(kept.values()))
    return erasure


def _answer(erasure: Erasure, state: str, actor: Actor, now: datetime, *fields: str) -> None:
    erasure.state, erasure.answered_at, erasure.answered_by_id = state, now, actor.account_id
    erasure.save(update_fields=["state", "answered_at", "answered_by", *fields])


def _locked(erasure: Erasure, what: str) -> Erasure:
    erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
    require_state(erasure.state, [ErasureState.ASKED], what)
    return erasure
