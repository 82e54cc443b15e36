"""Who a person is, as far as her data are concerned. Whoever keeps people says so: this floor knows accounts alone."""

from collections.abc import Callable, Collection
from dataclasses import replace
from uuid import UUID

from secretariat.foundation.accounts.models import Account
from secretariat.foundation.audit.holdings import Subject

# (people, accounts) -> all that are the same person, with her accounts and names.
Finder = Callable[[frozenset[UUID], frozenset[UUID]], Subject]
# (people or accounts) -> their names, in the reader's language.
Namer = Callable[[Collection[UUID]], dict[UUID, str]]
_FINDERS: list[Finder] = []
_NAMERS: list[Namer] = []


def register_subject(finder: Finder, namer: Namer) -> None:
    """Say who knows people; called once, in the ``ready`` of the app that keeps them."""
    if _FINDERS:
        raise ValueError("Who knows people is registered twice.")
    _FINDERS.append(finder)
    _NAMERS.append(namer)


def subject_of(*, person: UUID | None = None, account: UUID | None = None) -> Subject:
    """Return the whole person behind a person's or an account's id."""
    people, accounts = (frozenset(filter(None, [one])) for one in (person, account))
    subject = _FINDERS[0](people, accounts) if _FINDERS else Subject(people, accounts)
    emails = Account.objects.filter(pk__in=subject.accounts).values_list("email", flat=True)
    return replace(subject, emails=frozenset(emails))


def owners_named(owners: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of people, given by their own ids or those of their accounts. One statement."""
    return _NAMERS[0](owners) if _NAMERS and owners else {}
