from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.jobs.declaring import job
from secretariat.registry.capacities.queries import actor_for
from secretariat.registry.imports import actions
from secretariat.registry.imports.running import APPLY, CHECK, UNDO

QUEUE = "default"


def _actor(account: str, person: str, now: datetime) -> Actor:
    """Whoever started it, with the rights she has now."""
    if not account:
        return Actor(door="command")
    who = {"account_id": UUID(account), "person_id": UUID(person) if person else None}
    return actor_for(**who, on=localdate(now), door="import")


def give_up(*, key: str, account: str, person: str, now: datetime, error: Exception) -> None:
    """Write down what went wrong where whoever started it looks."""
    actions.give_up(found=actions.import_by_key(UUID(key)), error=error, now=now)


def _run(action: Callable[..., None], key: str, account: str, person: str, now: datetime) -> None:
    action(found=actions.import_by_key(UUID(key)), actor=_actor(account, person, now), now=now)


@job(CHECK, queue=QUEUE, gives_up=give_up)
def check(*, key: str, account: str, person: str, now: datetime) -> None:
    """Try every row of an import."""
    _run(actions.check, key, account, person, now)


@job(APPLY, queue=QUEUE, gives_up=give_up)
def apply(*, key: str, account: str, person: str, now: datetime) -> None:
    """Bring every row of an import in."""
    _run(actions.apply, key, account, person, now)


@job(UNDO, queue=QUEUE, gives_up=give_up)
def undo(*, key: str, account: str, person: str, now: datetime) -> None:
    """Take an import back."""
    _run(actions.undo, key, account, person, now)
