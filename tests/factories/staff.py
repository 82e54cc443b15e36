from datetime import date

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
