"""Rights given by hand, and their end."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from secretariat.foundation.accounts import rules
from secretariat.foundation.accounts.actions.alerts import alert
from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.accounts.logic import RIGHTS
from secretariat.foundation.accounts.models import Account, Grant
from secretariat.foundation.audit import actions as audit


def give_grant(
    *, account: Account, right: str, starts_on: date, ends_on: date | None = None, reason: str, actor: Actor,
    now: datetime,
) -> Grant:  # fmt: skip
    """Give an account a dated right. Who administers security gives it to others; the first ones the command line.

    ValueError where the account holds a right in that time that excludes this one.
    """
    require(rules.can_give_grant(actor, account), _("give a right"))
    if right not in RIGHTS:
        raise ValueError(f"'{right}' is not a right given by hand; these are: {', '.join(RIGHTS)}")
    with audit.act("grant_given", actor=actor, now=now, right=right) as act:
        grant = Grant(account=account, right=right, starts_on=starts_on, ends_on=ends_on, reason=reason)
        try:
            with transaction.atomic():
                grant.save(force_insert=True)
        except IntegrityError as error:
            if "grant_administrators_apart" not in str(error):
                raise
            raise ValueError(_("This account holds another administrator's right in that time.")) from None
        act.on(grant)
        alert(account, "grant_given", now=now, subject_id=grant.pk, right=right)
    return grant


def end_grant(*, grant: Grant, reason: str, actor: Actor, now: datetime) -> Grant:
    """End a right at once, with a reason. Days before this one it was held."""
    require(rules.can_end_grant(actor), _("end a right"))
    if not reason.strip():
        raise ValueError(_("Say why."))
    with audit.act("grant_ended", actor=actor, now=now, right=grant.right) as act:
        grant = Grant.objects.select_for_update().get(pk=grant.pk)
        if grant.ended_at is not None:
            raise WrongState(_("This right has ended already."))
        grant.ended_at, grant.ended_reason = now, reason.strip()
        grant.save(update_fields=["ended_at", "ended_reason"])
        act.on(grant)
        alert(grant.account, "grant_ended", now=now, subject_id=grant.pk, right=grant.right)
    return grant
