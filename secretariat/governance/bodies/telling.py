"""Telling those whom a call of an alternate concerns."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.notices.actions import tell
from secretariat.governance.bodies.models import CallIn, Term


def tell_called_in(call: CallIn, holders: Sequence[Term], actor: Actor, now: datetime) -> None:
    """Tell the alternate, and the holder of the seat unless she called her in herself."""
    _tell("alternate_called_in", [call.term], call, now)
    others = [term for term in holders if term.person_id != actor.person_id]
    _tell("seat_acted_for", others, call, now, alternate=str(call.term.person))


def tell_called_off(call: CallIn, now: datetime) -> None:
    """Tell the alternate that she no longer acts, or until when."""
    _tell("alternate_called_off", [call.term], call, now, last=_last(call) or call.starts_on.isoformat())


def _tell(kind: str, terms: Sequence[Term], call: CallIn, now: datetime, **said: Any) -> None:
    accounts: list[UUID] = [t.person.account_id for t in terms if t.person and t.person.account_id]
    body = call.term.seat.body
    tell(
        accounts=accounts, kind=kind, subject_id=uuid5(call.pk, now.isoformat()), now=now,
        body={"en": body.name_en, "zh": body.name_zh}, first=call.starts_on.isoformat(), **said,
    )  # fmt: skip


def _last(call: CallIn) -> str:
    return "" if call.is_void or call.ends_on is None else call.ends_on.isoformat()
