"""Who acts from the command line, and when: a real account with the rights the record gives it, never more."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from secretariat.foundation.accounts.actor import Actor, NotAllowed
from secretariat.foundation.accounts.models import Account, Grant
from secretariat.foundation.accounts.queries import in_force
from secretariat.registry.capacities.queries import actor_for
from secretariat.registry.editions.models import Edition
from secretariat.registry.people.models import Person
from secretariat.registry.people.queries import people_of_accounts
from secretariat.summit.calls.models import Call

DESK = "desk.run"


@dataclass(frozen=True)
class Visit:
    """A subcommand at work on a call: who acts and at what time."""

    call: Call
    actor: Actor
    now: datetime

    def acting_as(self, person: Person) -> Actor:
        """Return the actor that a person is, whose row in a file this is: herself, or brought by the desk.

        Where the desk brought it, the audit says ``import`` and by which account. Raises NotAllowed.
        """
        if person.pk == self.actor.person_id:
            return self.actor
        if not self.actor.has(DESK):
            raise NotAllowed("Only the desk brings in what others wrote.")
        if person.account is None:
            raise NotAllowed(f"{person.ref.number} has no account to act with.")
        wrote = actor_of(person.account, self.now, door="import")
        return replace(wrote, brought_by_id=self.actor.account_id)


def actor_of(account: Account, now: datetime, door: str = "command") -> Actor:
    """Return who acts with this account at that time."""
    person = people_of_accounts([account.pk]).get(account.pk)
    return actor_for(account_id=account.pk, person_id=person, on=now.astimezone(UTC).date(), door=door)


def account_named(email: str | None, now: datetime) -> Account:
    """Return the account with this address; without one, the only account that runs the desk.

    Raises ValueError, and NotAllowed for an account that may not sign in.
    """
    if email is not None:
        account = Account.objects.filter(email__iexact=email).first()
        if account is None:
            raise ValueError(f"--as {email}: there is no such account")
        if not account.is_active:
            raise NotAllowed(f"--as {email}: this account is closed")
        return account
    holders = Grant.objects.filter(in_force(now.astimezone(UTC).date()), right=DESK).values("account")
    accounts = list(Account.objects.filter(pk__in=holders, is_active=True)[:2])
    if len(accounts) != 1:
        raise ValueError(
            f"--as EMAIL is needed: {'several accounts run' if accounts else 'nobody runs'} the desk"
        )
    return accounts[0]


def moment(at: str | None, *, edition: Edition, zone: str) -> datetime:
    """Return the time it is: now, or what ``--at`` says, for a simulated edition of a demo only. Raises ValueError.

    A time without its distance from UTC is one of ``zone``.
    """
    if at is None:
        return timezone.now()
    if settings.MODE not in {"demo", "test"}:
        raise ValueError("--at: the clock is real here; SECRETARIAT_MODE is neither demo nor test")
    if not edition.simulated:
        raise ValueError(f"--at: the clock of {edition.ref.number} is real; it is not a simulated edition")
    return time_in(at, zone)


def time_in(text: str, zone: str) -> datetime:
    """Return the time that a text like 2022-08-20T10:00 means in a time zone. Raises ValueError."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no time like 2022-08-20T10:00") from None
    return given if given.tzinfo else given.replace(tzinfo=ZoneInfo(zone))
