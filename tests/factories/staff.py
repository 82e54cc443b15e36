from datetime import date

from django.utils import timezone

from secretariat.foundation.accounts.actions import give_grant
from tests.factories.accounts import INSTALLER, NOW, make_account


def sign_in_with(client, *rights):
    """Sign in an account that holds these rights by grant."""
    account = make_account()
    for right in rights:
        grant(account, right)
    client.force_login(account)
    return account


def grant(account, right):
    """Give an account a right that holds today."""
    give_grant(
        account=account, right=right, starts_on=date(2022, 1, 1), reason="Test", actor=INSTALLER, now=NOW
    )


def just_signed_in(client, ago=0):
    """Let the session say that who is signed in showed so many seconds ago who she is."""
    now = timezone.now().timestamp()
    session = client.session
    session["signed_in"] = {"at": now - ago, "seen": now, "method": "code", "device": "", "network": ""}
    session.save()
