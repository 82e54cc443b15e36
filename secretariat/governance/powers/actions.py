from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit import actions as audit
from secretariat.governance.bodies.models import Body
from secretariat.governance.powers import rules
from secretariat.governance.powers.models import Delegation, Power
from secretariat.registry.refs.models import Ref


def reserve_power(
    *, body: Body, name_en: str, name_zh: str, rests_on: str, starts_on: date, ends_on: date | None = None,
    actor: Actor, now: datetime,
) -> Power:  # fmt: skip
    """Write down that the rules give a matter to a body to decide, with the rule that says so."""
    require(rules.keeps_powers(actor), _("write down a body's powers"))
    if not rests_on.strip():
        raise ValueError(_("A power rests on a rule: say which."))
    _check_days(starts_on, ends_on)
    with audit.act("power_reserved", actor=actor, now=now) as act:
        power = Power.objects.create(
            body=body, name_en=name_en, name_zh=name_zh, rests_on=rests_on.strip(), starts_on=starts_on,
            ends_on=ends_on,
        )  # fmt: skip
        act.on(power, body=body.pk)
    return power


def end_power(*, power: Power, ends_on: date, actor: Actor, now: datetime) -> Power:
    """Say until when the rules gave a power to a body. What was delegated of it ends with it."""
    require(rules.keeps_powers(actor), _("end a body's power"))
    _check_days(power.starts_on, ends_on)
    with audit.act("power_ended", actor=actor, now=now) as act:
        power = Power.objects.select_for_update().get(pk=power.pk)
        power.ends_on = ends_on
        power.save(update_fields=["ends_on"])
        act.on(power)
    return power


def delegate(
    *, power: Power, to: Body, rests_on: str, starts_on: date, ends_on: date | None = None, scope_en: str = "",
    scope_zh: str = "", decision: Ref | None = None, is_public: bool = True, actor: Actor, now: datetime,
) -> Delegation:  # fmt: skip
    """Keep that a body let another use a power of its own, by which decision and from when to when.

    ValueError where it would be to itself, longer than the power is its own, or twice at a time.
    """
    require(rules.keeps_powers(actor), _("delegate a power"))
    _check_delegation(power, to, rests_on, starts_on, ends_on, scope_en, scope_zh)
    with audit.act("power_delegated", actor=actor, now=now) as act:
        delegation = Delegation(
            power=power, to=to, rests_on=rests_on.strip(), starts_on=starts_on, ends_on=ends_on,
            scope_en=scope_en.strip(), scope_zh=scope_zh.strip(), decision=decision, is_public=is_public,
        )  # fmt: skip
        try:
            with transaction.atomic():
                delegation.save(force_insert=True)
        except IntegrityError as error:
            if "delegation_once_at_a_time" not in str(error):
                raise
            raise ValueError(
                _("This power is delegated to that body already for a part of that time.")
            ) from None
        act.on(delegation, body=power.body_id, to=to.pk)
    return delegation


def revoke(
    *, delegation: Delegation, starts_on: date, reason: str, actor: Actor, now: datetime
) -> Delegation:
    """Take a power back from a day on, with a reason; the day before is the last on which the other could use it."""
    require(rules.keeps_powers(actor), _("revoke a delegation"))
    if not reason.strip():
        raise ValueError(_("A delegation is revoked with a reason."))
    with audit.act("delegation_revoked", actor=actor, now=now) as act:
        delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
        last = starts_on - timedelta(days=1)
        if last < delegation.starts_on:
            raise ValueError(_("It is revoked from a day after the one on which it began."))
        if delegation.ends_on is not None and delegation.ends_on <= last:
            raise ValueError(_("This delegation has ended by then."))
        delegation.ends_on, delegation.revoked = last, reason.strip()
        delegation.save(update_fields=["ends_on", "revoked"])
        act.on(delegation)
    return delegation


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise ValueError(_("It cannot end before it begins."))


def _check_delegation(
    power: Power, to: Body, rests_on: str, starts_on: date, ends_on: date | None, scope_en: str, scope_zh: str
) -> None:
    _check_days(starts_on, ends_on)
    if to.pk == power.body_id:
        raise ValueError(_("A body delegates nothing to itself."))
    if not rests_on.strip():
        raise ValueError(_("A delegation rests on a rule or a decision: say which."))
    if bool(scope_en.strip()) != bool(scope_zh.strip()):
        raise ValueError(_("The scope is said in English and in Chinese, or not at all."))
    if starts_on < power.starts_on or (
        power.ends_on is not None and (ends_on is None or ends_on > power.ends_on)
    ):
        raise ValueError(_("The body does not have this power for all of that time."))
