from collections.abc import Collection
from contextlib import suppress
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.conflicts.queries import Policy
from secretariat.registry.organisations.logic import fold
from secretariat.registry.organisations.rules import keeps_registry
from secretariat.registry.people.logic import clean_orcid
from secretariat.registry.people.models import Affiliation, Person


def live_people() -> QuerySet[Person]:
    """People who stand for themselves, in order of their names; aliases are left out."""
    return Person.objects.filter(canonical=None).order_by("sort_key", "pk")


def visible_people(actor: Actor) -> QuerySet[Person]:
    """The desk sees everybody; anyone else finds only herself here."""
    return live_people() if keeps_registry(actor) else live_people().filter(pk=actor.person_id)


def get_person_for(actor: Actor, number: str) -> Person:
    """Return the person with this number (``PER-00041``) if the actor may see it; Person.DoesNotExist otherwise."""
    return visible_people(actor).get(ref__number=number)


def search_people(text: str, *, actor: Actor, limit: int = 20) -> list[Person]:
    """Return visible people by pieces of a name in any script and order, a number or an ORCID iD."""
    found = visible_people(actor)
    condition = Q(ref__number__iexact=text.strip())
    with suppress(ValueError):  # not an iD, so a name
        condition |= Q(orcid=clean_orcid(text)) if text.strip() else Q()
    if words := fold(text).split():
        named = Q()
        for word in words:
            named &= Q(sort_key__contains=word) | Q(name_zh__contains=word) | Q(names__icontains=word)
        condition |= named
    return list(found.filter(condition)[:limit])


def people_of_accounts(accounts: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the person behind each account that has one. One statement."""
    rows = Person.objects.filter(account__in=accounts)
    return dict(rows.values_list("account_id", Coalesce("canonical_id", F("pk"))))


def canonical_people(people: Collection[UUID]) -> dict[UUID, UUID]:
    """Return for each of these ids the person it stands for; itself unless it is an alias. One statement."""
    rows = Person.objects.filter(pk__in=people)
    return dict(rows.values_list("pk", Coalesce("canonical_id", F("pk"))))


def affiliations_of(people: Collection[UUID], on: date, years_back: int = 0) -> dict[UUID, list[Affiliation]]:
    """Return for each person the affiliations that hold on ``on`` or ended within the years before it.

    Latest start first, the organisation loaded. Rows left with an alias count for the person it stands for.
    One statement.
    """
    found: dict[UUID, list[Affiliation]] = {person: [] for person in people}
    rows = (
        Affiliation.objects.filter(Q(person__in=people) | Q(person__canonical__in=people), starts_on__lte=on)
        .filter(Q(ends_on=None) | Q(ends_on__gte=Policy(years_back).since(on)))
        .annotate(who=Coalesce("person__canonical_id", "person_id"))
        .select_related("organisation")
        .order_by("-starts_on", "pk")
    )
    for affiliation in rows:
        if affiliation.who in found:
            found[affiliation.who].append(affiliation)
        if affiliation.person_id != affiliation.who and affiliation.person_id in found:
            found[affiliation.person_id].append(affiliation)
    return found
