"""Whoever accepts an invitation becomes a person, or the account of the person she was invited as."""

from datetime import datetime
from typing import Any

from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.foundation.accounts.models import Account, Invitation
from secretariat.foundation.accounts.signals import invitation_accepted
from secretariat.registry.people.actions import link_account, register_person
from secretariat.registry.people.models import Person


def connect() -> None:
    """Listen; called once when the product starts."""
    invitation_accepted.connect(_become_person, dispatch_uid="people.become_person")


def _become_person(
    invitation: Invitation, account: Account, name: dict[str, str], now: datetime, **_named: Any
) -> None:
    if invitation.person_id is None:
        register_person(**name, account=account, actor=Actor(account_id=account.pk), now=now)
        return
    # Who invited her as this person decided it; the invitation is where that is recorded.
    decided = Capacity("desk.run", f"accounts.invitation:{invitation.pk}")
    actor = Actor(account_id=invitation.invited_by_id, capacities=(decided,))
    person = Person.objects.get(pk=invitation.person_id)
    link_account(person=person, account=account, actor=actor, now=now)
