"""What allauth does to second steps by itself is kept in the audit and told to the account's owner."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.utils import timezone

from secretariat.foundation.accounts.actions.sign_ins import record_second_step
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.models import Account

KINDS = {"webauthn": "passkey", "totp": "authenticator", "recovery_codes": "recovery_codes"}


def connect() -> None:
    """Listen; called once when the product starts."""
    signals.authenticator_added.connect(_added, dispatch_uid="accounts.added")
    signals.authenticator_removed.connect(_removed, dispatch_uid="accounts.removed")
    signals.authenticator_reset.connect(_renewed, dispatch_uid="accounts.renewed")


def _added(user: Account, authenticator: Authenticator, **_named: Any) -> None:
    _record(user, authenticator, "added")


def _removed(user: Account, authenticator: Authenticator, **_named: Any) -> None:
    _record(user, authenticator, "removed")


def _renewed(user: Account, authenticator: Authenticator, **_named: Any) -> None:
    _record(user, authenticator, "renewed")


def _record(account: Account, authenticator: Authenticator, change: str) -> None:
    record_second_step(
        account=account, change=change, kind=KINDS[authenticator.type], actor=Actor(account_id=account.pk),
        now=timezone.now(),
    )  # fmt: skip
