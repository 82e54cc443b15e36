from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.accounts.models import Account, Assistance, Grant
from secretariat.foundation.audit import actions as audit

# Rights that are given by hand; every other right comes from the record.
RIGHTS = ("desk.run", "desk.read", "audit.read", "system.run")
NEVER_BY_ASSISTANT = frozenset({"ballots.cast"})


def register_account(*, email: str, actor: Actor, now: datetime, language: str = "en") -> Account:
    """Make an account without a password; signing in is by link, code or passkey."""
    with audit.act("account_registered", actor=actor, now=now) as act:
        account = Account(email=Account.objects.normalize_email(email), language=language)
        account.set_unusable_password()
        account.save(force_insert=True)
        act.on(account)
    return account


def give_grant(
    *, account: Account, right: str, starts_on: date, ends_on: date | None = None, reason: str, actor: Actor,
    now: datetime,
) -> Grant:  # fmt: skip
    """Give an account a dated right. Only who runs the system may; the installation's first grant is the system's."""
    require(actor.has("system.run") or actor.door == "command", _("give a right"))
    if right not in RIGHTS:
        raise ValueError(f"'{right}' is not a right given by hand; these are: {', '.join(RIGHTS)}")
    with audit.act("grant_given", actor=actor, now=now, right=right) as act:
        grant = Grant.objects.create(
            account=account, right=right, starts_on=starts_on, ends_on=ends_on, reason=reason
        )
        act.on(grant)
    return grant


def name_assistant(
    *, assistant: Account, tasks: Collection[str], starts_on: date, ends_on: date, actor: Actor, now: datetime
) -> Assistance:
    """Let ``assistant`` do the named tasks for the acting person during a term; both names stand in the audit."""
    require(actor.account_id is not None and actor.acting_for_id is None, _("name an assistant"))
    if refused := NEVER_BY_ASSISTANT & set(tasks):
        raise ValueError(_("Nobody votes for another: %(tasks)s") % {"tasks": ", ".join(sorted(refused))})
    with audit.act("assistant_named", actor=actor, now=now, tasks=sorted(tasks)) as act:
        assistance = Assistance.objects.create(
            principal_id=actor.account_id, assistant=assistant, tasks=sorted(tasks), starts_on=starts_on,
            ends_on=ends_on,
        )  # fmt: skip
        act.on(assistance)
    return assistance


def withdraw_assistant(*, assistance: Assistance, actor: Actor, now: datetime) -> Assistance:
    """End an assistance at once."""
    require(actor.account_id == assistance.principal_id, _("withdraw an assistant"))
    with audit.act("assistant_withdrawn", actor=actor, now=now, subject=assistance):
        assistance.withdrawn_at = now
        assistance.save(update_fields=["withdrawn_at"])
    return assistance
