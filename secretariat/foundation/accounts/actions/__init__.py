"""What changes accounts; the parts of the feature have a file each."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from secretariat.foundation.accounts import rules
from secretariat.foundation.accounts.actions.alerts import alert
from secretariat.foundation.accounts.actions.assistance import name_assistant, withdraw_assistant
from secretariat.foundation.accounts.actions.grants import end_grant, give_grant
from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.accounts.logic import NEVER_BY_ASSISTANT, RIGHTS, small_letters
from secretariat.foundation.accounts.models import Account, Session
from secretariat.foundation.audit import actions as audit

__all__ = [
    "NEVER_BY_ASSISTANT", "RIGHTS", "change_email", "end_grant", "give_grant", "name_assistant", "register_account",
    "set_active", "set_language", "set_password", "withdraw_assistant",
]  # fmt: skip


def register_account(*, email: str, actor: Actor, now: datetime, language: str = "en") -> Account:
    """Make an account without a password; signing in is by link, code or passkey."""
    with audit.act("account_registered", actor=actor, now=now) as act:
        account = Account(email=small_letters(email), language=language)
        account.set_unusable_password()
        account.save(force_insert=True)
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
        act.on(account)
    return account


def set_language(*, account: Account, language: str, actor: Actor, now: datetime) -> Account:
    """Say in which language one is written to."""
    require(rules.is_herself(actor, account.pk), _("change this account"))
    with audit.act("account_language_set", actor=actor, now=now, subject=account):
        account = Account.objects.select_for_update().get(pk=account.pk)
        account.language = language
        account.save(update_fields=["language"])
    return account


def change_email(*, account: Account, email: str, actor: Actor, now: datetime) -> Account:
    """Change the address, which was shown to be hers. ValueError where it is another account's."""
    require(rules.is_herself(actor, account.pk), _("change this account"))
    with audit.act("account_email_changed", actor=actor, now=now, subject=account):
        account = Account.objects.select_for_update().get(pk=account.pk)
        email = small_letters(email)
        if Account.objects.filter(email=email).exclude(pk=account.pk).exists():
            raise ValueError(_("This address belongs to another account."))
        account.email = email
        account.save(update_fields=["email"])
        EmailAddress.objects.filter(user=account).delete()
        EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
        alert(account, "account_email_changed", now=now)
    return account


def set_password(*, account: Account, password: str | None, actor: Actor, now: datetime) -> Account:
    """Set a password, or with None do without one from now on."""
    require(rules.is_herself(actor, account.pk), _("change this account"))
    verb = "account_password_set" if password else "account_password_removed"
    with audit.act(verb, actor=actor, now=now, subject=account):
        account.set_password(password) if password else account.set_unusable_password()
        account.save(update_fields=["password"])
        alert(account, verb, now=now)
    return account


def set_active(*, account: Account, is_active: bool, reason: str, actor: Actor, now: datetime) -> Account:
    """Let an account sign in no more, or again. Its sessions end at once."""
    require(rules.can_give_grant(actor, account), _("close or open an account"))
    verb = "account_opened" if is_active else "account_closed"
    with audit.act(verb, actor=actor, now=now, subject=account, reason=reason):
        account = Account.objects.select_for_update().get(pk=account.pk)
        account.is_active = is_active
        account.save(update_fields=["is_active"])
        if not is_active:
            Session.objects.filter(account=account).delete()
    return account
