"""Assistants, named and withdrawn."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from secretariat.foundation.accounts import rules
from secretariat.foundation.accounts.actions.alerts import alert
from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.accounts.logic import NEVER_BY_ASSISTANT
from secretariat.foundation.accounts.models import Account, Assistance
from secretariat.foundation.audit import actions as audit


def name_assistant(
    *, assistant: Account, tasks: Collection[str], starts_on: date, ends_on: date, actor: Actor, now: datetime
) -> Assistance:
    """Let ``assistant`` do the named tasks for the acting person during a term; both names stand in the audit."""
    require(rules.can_name_assistant(actor), _("name an assistant"))
    if refused := NEVER_BY_ASSISTANT & set(tasks):
        raise ValueError(_("Nobody votes for another: %(tasks)s") % {"tasks": ", ".join(sorted(refused))})
    with audit.act("assistant_named", actor=actor, now=now, tasks=sorted(tasks)) as act:
        assistance = Assistance.objects.create(
            principal_id=actor.account_id, assistant=assistant, tasks=sorted(tasks), starts_on=starts_on,
            ends_on=ends_on,
        )  # fmt: skip
        act.on(assistance)
        alert(assistant, "assistant_named", now=now, subject_id=assistance.pk)
    return assistance


def withdraw_assistant(*, assistance: Assistance, actor: Actor, now: datetime) -> Assistance:
    """End an assistance at once."""
    require(rules.can_withdraw_assistant(actor, assistance), _("withdraw an assistant"))
    with audit.act("assistant_withdrawn", actor=actor, now=now, subject=assistance):
        assistance = Assistance.objects.select_for_update().get(pk=assistance.pk)
        assistance.withdrawn_at = assistance.withdrawn_at or now
        assistance.save(update_fields=["withdrawn_at"])
    return assistance
