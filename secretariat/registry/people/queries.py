from collections.abc import Collection
from contextlib import suppress
from datetime import date
from uuid import UUID

from django.db.models import DateField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.queries import in_force
from secretariat.foundation.audit.prepared import AnyGiven, Given, Planned, prepared_cursor
from secretariat.registry.conflicts.queries import Policy
from secretariat.registry.organisations.logic import fold
from secretariat.registry.organisations.rules import reads_registry
from secretariat.registry.people.logic import clean_orcid
from secretariat.registry.people.models import Affiliation, Person


def live_people() -> QuerySet[Person]:
    """People who stand for themselves, in order of their names; aliases and who was forgotten are left out."""
    return Person.objects.filter(canonical=None, erased_at=None).order_by("sort_key", "pk")


def visible_people(actor: Actor) -> QuerySet[Person]:
    """The desk sees everybody; anyone else finds only herself here."""
    return live_people() if reads_registry(actor) else live_people().filter(pk=actor.person_id)


def listed_people(actor: Actor, on: date) -> QuerySet[Person]:
    """Return visible people with number, country and ``organisation_name``: where each is on a day, the latest."""
    first, second = ("zh", "en") if (get_language() or "en").startswith("zh") else ("en", "zh")
    named = Coalesce(NullIf(f"organisation__name_{first}", Value("")), f"organisation__name_{second}")
    places = Affiliation.objects.filter(in_force(on), person=OuterRef("pk")).order_by("-starts_on", "pk")
    rows = visible_people(actor).select_related("ref", "country")
    return rows.annotate(organisation_name=Subquery(places.values(name=named)[:1]))


def named(word: str) -> Q:
    """The condition that a word stands in a person's name in any script, or is her number or ORCID iD."""
    condition = Q(ref__number__iexact=word) | Q(name_zh__contains=word) | Q(names__icontains=word)
    condition |= Q(sort_key__contains=fold(word)) if fold(word) else Q()
    with suppress(ValueError):  # not an iD, so a name
        condition |= Q(orcid=clean_orcid(word))
    return condition


def get_person_for(actor: Actor, number: str) -> Person:
    """Return the person with this number (``PER-00041``) if the actor may see it; Person.DoesNotExist otherwise.

    The desk sees who was forgotten too: what she had a part in still points to her.
    """
    seen = Person.objects.filter(canonical=None) if reads_registry(actor) else visible_people(actor)
    return seen.get(ref__number=number)


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


def people_called(*, given_name: str, family_name: str, name_zh: str) -> list[Person]:
    """Return the live people with exactly these names, the Latin or the Chinese ones; six at most. One statement."""
    same = Q(pk=None)
    if given_name or family_name:
        same |= Q(given_name__iexact=given_name, family_name__iexact=family_name)
    if name_zh:
        same |= Q(name_zh=name_zh)
    return list(live_people().select_related("ref").filter(same)[:6])


def person_called(text: str) -> list[Person]:
    """Return the live people whose number, e-mail address or name this is; six at most. One statement."""
    words = text.split()
    named = Q(ref__number=text.upper()) | Q(account__email__iexact=text) | Q(name_zh=text)
    for cut in range(1, len(words)):
        parts = " ".join(words[:cut]), " ".join(words[cut:])
        named |= Q(given_name__iexact=parts[0], family_name__iexact=parts[1])
        named |= Q(given_name__iexact=parts[1].lstrip(", "), family_name__iexact=parts[0].rstrip(","))
    return list(live_people().select_related("ref").filter(named)[:6])


def people_of_accounts(accounts: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the person behind each account that has one. One statement."""
    behind = (
        "SELECT account_id, coalesce(canonical_id, id) FROM people_person WHERE account_id = ANY(%s::uuid[])"
    )
    with prepared_cursor() as cursor:
        return dict(cursor.execute(behind, [list(accounts)]).fetchall())


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
    rows = _affiliations(people=list(people), on=on, since=Policy(years_back).since(on))
    for affiliation in rows:
        if affiliation.who in found:
            found[affiliation.who].append(affiliation)
        if affiliation.person_id != affiliation.who and affiliation.person_id in found:
            found[affiliation.person_id].append(affiliation)
    return found


_affiliations = Planned(
    lambda: (
        Affiliation.objects.filter(
            Q(person__in=AnyGiven("people")) | Q(person__canonical__in=AnyGiven("people")),
            Q(ends_on=None) | Q(ends_on__gte=Given("since", DateField())),
            starts_on__lte=Given("on", DateField()),
        )
        .annotate(who=Coalesce("person__canonical_id", "person_id"))
        .select_related("organisation")
        .order_by("-starts_on", "pk")
    )
)


def every_affiliation_of(person: UUID) -> list[Affiliation]:
    """Return all affiliations of a person and her aliases, past ones too, latest first. One statement."""
    rows = Affiliation.objects.filter(Q(person=person) | Q(person__canonical=person))
    return list(rows.select_related("organisation__ref").order_by("-starts_on", "pk"))


def people_of_organisation(organisation: UUID) -> list[Affiliation]:
    """Return all affiliations with an organisation and its aliases, past ones too, by name. One statement."""
    rows = Affiliation.objects.filter(Q(organisation=organisation) | Q(organisation__canonical=organisation))
    return list(rows.select_related("person__ref").order_by("person__sort_key", "-starts_on", "pk"))
