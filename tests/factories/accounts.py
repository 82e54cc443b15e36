from datetime import UTC, date, datetime
from itertools import count

from secretariat.foundation.accounts.actions import register_account
from secretariat.foundation.accounts.actor import Actor, Capacity

NOW = datetime(2022, 6, 1, 9, 0, tzinfo=UTC)
TODAY = date(2022, 6, 1)
INSTALLER = Actor(door="command", capacities=(Capacity("system.run", "installation"),))

_numbers = count(1)


def make_account(email=None, **kw):
    return register_account(
        email=email or f"person{next(_numbers)}@example.org", actor=INSTALLER, now=NOW, **kw
    )


def make_actor(*rights, account=None, person=None, scope_id=None, body_id=None, **kw):
    """An actor with these rights, as if the record gave them."""
    return Actor(
        account_id=account.pk if account else None,
        person_id=person.pk if person else None,
        capacities=tuple(Capacity(right, "test", scope_id=scope_id, body_id=body_id) for right in rights),
        **kw,
    )
