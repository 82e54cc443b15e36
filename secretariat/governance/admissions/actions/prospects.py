"""Whom the secretariat would like to win, and how far it has come."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require, require_state
from secretariat.foundation.audit import actions as audit
from secretariat.governance.admissions import rules
from secretariat.governance.admissions.models import Prospect
from secretariat.governance.admissions.states import PROSPECT_TRANSITIONS
from secretariat.governance.membership.models import Category
from secretariat.governance.membership.queries import member_of
from secretariat.registry.organisations.models import Organisation


def note_prospect(
    *, organisation: Organisation, category: Category | None = None, note: str = "", follow_up_on: date | None = None,
    actor: Actor, now: datetime,
) -> Prospect:  # fmt: skip
    """Note an organisation that is to be won; noted again, category, remark and day are changed."""
    require(rules.can_screen(actor), _("note a prospect"))
    found = member_of(organisation=organisation.pk)
    if found is not None and found.state != "ended":
        raise ValueError(_("This is a member already."))
    with audit.act("prospect_noted", actor=actor, now=now) as act:
        prospect, _is_new = Prospect.objects.update_or_create(
            organisation=organisation,
            defaults={"category": category, "note": note, "follow_up_on": follow_up_on, "noted_at": now},
        )
        act.on(prospect)
    return prospect


def invite_prospect(
    *, prospect: Prospect, follow_up_on: date | None = None, actor: Actor, now: datetime
) -> Prospect:
    """Note that an organisation was invited to apply, and when to ask again."""
    require(rules.can_screen(actor), _("invite a prospect"))
    return _move(prospect, "invited", "prospect_invited", actor, now, follow_up_on=follow_up_on)


def decline_prospect(*, prospect: Prospect, note: str, actor: Actor, now: datetime) -> Prospect:
    """Note that an organisation does not want to apply, and why."""
    require(rules.can_screen(actor), _("close a prospect"))
    if not note.strip():
        raise ValueError(_("Say why it does not apply."))
    return _move(prospect, "declined", "prospect_declined", actor, now, note=note, follow_up_on=None)


def _move(
    prospect: Prospect, state: str, verb: str, actor: Actor, now: datetime, **changes: object
) -> Prospect:
    with audit.act(verb, actor=actor, now=now) as act:
        prospect = Prospect.objects.select_for_update().get(pk=prospect.pk)
        before = [one for one, following in PROSPECT_TRANSITIONS.items() if state in following]
        require_state(prospect.state, before, _("This step"))
        for name, value in {"state": state, "noted_at": now, **changes}.items():
            setattr(prospect, name, value)
        prospect.save(update_fields=["state", "noted_at", *changes])
        act.on(prospect)
    return prospect
