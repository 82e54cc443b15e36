from secretariat.foundation.tokens.actions import make_token as make
from tests.factories.accounts import NOW, make_account, make_actor


def make_token(*scopes, account=None, rights=(), name="Export", days=90, now=NOW):
    """A token of an account and its secret; ``rights`` are what its owner holds on that day."""
    account = account or make_account()
    actor = make_actor(*rights, account=account)
    return make(name=name, scopes=scopes or ["public.read"], days=days, actor=actor, now=now)
