"""Signing in and what it rests on: recorded, told where it is new, and ended."""

from collections.abc import Collection
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from secretariat.foundation.accounts import rules
from secretariat.foundation.accounts.actions.alerts import alert
from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.accounts.logic import digest
from secretariat.foundation.accounts.models import Account, Device, Session
from secretariat.foundation.audit import actions as audit


def record_sign_in(
    *, account: Account, method: str, device_key: str, label: str, network: str, actor: Actor, now: datetime
) -> Device:
    """Keep that an account signed in, and with which device; a device it never used before is told to its owner."""
    require(rules.is_herself(actor, account.pk), _("sign in as somebody else"))
    with audit.act("signed_in", actor=actor, now=now, subject=account, method=method) as act:
        account = Account.objects.select_for_update().get(pk=account.pk)
        known = Device.objects.filter(account=account)
        device = known.filter(key_digest=digest(device_key)).first()
        if device is None:
            is_first = not known.exists()
            device = Device(account=account, key_digest=digest(device_key))
            act.on(account, new_device=True)
        else:
            is_first = True
        is_new = device.seen_at is None and not is_first
        device.label, device.network, device.seen_at = label, network, now
        device.save()
        account.last_login = now
        account.save(update_fields=["last_login"])
        if is_new:
            alert(
                account, "account_new_device", now=now, subject_id=device.pk, device=label, network=network,
                at=now.isoformat(),
            )  # fmt: skip
    return device


def record_second_step(*, account: Account, change: str, kind: str, actor: Actor, now: datetime) -> None:
    """Keep that a passkey, an authenticator app or recovery codes were added, removed or made anew, and tell it."""
    require(rules.is_herself(actor, account.pk), _("change this account"))
    with audit.act(f"{kind}_{change}", actor=actor, now=now, subject=account):
        alert(account, f"account_{kind}_{change}", now=now)


def reset_second_steps(*, account: Account, reason: str, actor: Actor, now: datetime) -> int:
    """Remove every passkey, authenticator app and recovery code of somebody who lost them; her sessions end."""
    require(rules.can_give_grant(actor, account), _("reset how somebody signs in"))
    if not reason.strip():
        raise ValueError(_("Say why."))
    with audit.act("second_steps_reset", actor=actor, now=now, subject=account, reason=reason.strip()):
        removed, _rows = Authenticator.objects.filter(user=account).delete()
        Session.objects.filter(account=account).delete()
        alert(account, "account_second_steps_reset", now=now)
    return removed


def end_sessions(*, account: Account, keys: Collection[str], actor: Actor, now: datetime) -> int:
    """End sessions of one's own account and return how many there were."""
    require(rules.is_herself(actor, account.pk), _("end a session"))
    with audit.act("sessions_ended", actor=actor, now=now, subject=account) as act:
        ended, _rows = Session.objects.filter(account=account, session_key__in=keys).delete()
        act.on(account, number=ended)
    return ended
