"""What accounts ask of whoever keeps people: how an account is called, and which person a number is."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from secretariat.foundation.accounts.naming import Known
from secretariat.foundation.audit.holdings import Subject
from secretariat.registry.people.models import Person


def names_of_accounts(accounts: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of the people behind these accounts, in the reader's language. One statement."""
    return {person.account_id: str(person) for person in Person.objects.filter(account__in=accounts)}


def person_of_number(number: str) -> Known | None:
    """Return the person with this number, who stands for herself; None where there is none."""
    person = Person.objects.filter(ref__number=number.strip().upper(), canonical=None, erased_at=None).first()
    return person and Known(person.pk, str(person), person.account_id is not None)


def number_of_person(person: UUID) -> str:
    """Return the number of this person, ``PER-00041``."""
    return Person.objects.values_list("ref__number", flat=True).get(pk=person)


def whole_person(people: frozenset[UUID], accounts: frozenset[UUID]) -> Subject:
    """Return everybody who is the same person: whom an alias stands for, her aliases, and the accounts of all."""
    asked = Q(pk__in=people) | Q(account__in=accounts)
    heads = Person.objects.filter(asked).values_list(Coalesce("canonical_id", F("pk")), flat=True)
    rows = list(Person.objects.filter(Q(pk__in=list(heads)) | Q(canonical__in=list(heads))))
    names = {text for row in rows for text in (row.name_in("en"), row.name_zh) if text and not row.erased_at}
    return Subject(
        people | {row.pk for row in rows},
        accounts | {row.account_id for row in rows if row.account_id},
        names=frozenset(names),
    )


def names_of_owners(owners: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of people by their own ids and by those of their accounts. One statement."""
    rows = list(Person.objects.filter(Q(pk__in=owners) | Q(account__in=owners)))
    return {row.account_id: str(row) for row in rows if row.account_id} | {row.pk: str(row) for row in rows}
