from secretariat.foundation.tokens.actions import make_service_token as make_service
from secretariat.foundation.tokens.actions import make_token as make
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.staff import grant


def make_token(*scopes, account=None, rights=(), name="Export", days=90, now=NOW):
    """A token of an account and its secret; ``rights`` are what its owner holds on that day."""
    account = account or make_account()
    actor = make_actor(*rights, account=account)
    return make(name=name, scopes=scopes or ["public.read"], days=days, actor=actor, now=now)


def make_service_token(*scopes, responsible=None, name="Directory", days=90, now=NOW):
    """A token of the organisation and its secret; somebody who runs the desk answers for it."""
    responsible = responsible or make_staff()
    keeper = make_actor("system.administer", account=make_account())
    return make_service(
        name=name,
        scopes=scopes or ["desk.read"],
        days=days,
        responsible=responsible.pk,
        actor=keeper,
        now=now,
    )


def make_staff(right="desk.read"):
    """An account that holds a right by grant."""
    account = make_account()
    grant(account, right)
    return account
