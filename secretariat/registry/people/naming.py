"""What accounts ask of whoever keeps people: how an account is called, and which person a number is."""

from collections.abc import Collection
from uuid import UUID

from secretariat.foundation.accounts.naming import Known
from secretariat.registry.people.models import Person


def names_of_accounts(accounts: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of the people behind these accounts, in the reader's language. One statement."""
    return {person.account_id: str(person) for person in Person.objects.filter(account__in=accounts)}


def person_of_number(number: str) -> Known | None:
    """Return the person with this number, who stands for herself; None where there is none."""
    person = Person.objects.filter(ref__number=number.strip().upper(), canonical=None).first()
    return person and Known(person.pk, str(person), person.account_id is not None)
