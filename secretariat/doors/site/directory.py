"""The members by name: the public directory, and what it says of one member. Of people it tells the name alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from secretariat.doors.site.asking import MAX_WORDS, Choice, Listing, asked_choice, asked_words, listing_of
from secretariat.governance.membership.models import Membership
from secretariat.governance.membership.queries import (
    categories_by_key,
    memberships_of,
    memberships_on,
    representatives_of,
)
from secretariat.registry.organisations.logic import fold
from secretariat.registry.places.models import Grouped
from secretariat.registry.places.queries import CONTINENTS, groups_in, places_in_order

HOLDERS = ("member__organisation", "member__person")


@dataclass(frozen=True)
class MemberPage:
    """A member today, with every category it has had and how many people represent it."""

    current: Membership
    history: list[Membership]
    representatives: int

    @property
    def holder(self) -> Any:
        return self.current.member.organisation or self.current.member.person

    @property
    def since(self) -> date:
        return min(row.starts_on for row in self.history)


def members_by_name(on: date) -> QuerySet[Membership]:
    """Return who is a member on a day, in order of the names, with what a line of the directory shows."""
    rows = memberships_on(on).select_related(
        "category", "member__ref", "member__organisation__country", "member__person__country"
    )
    return rows.order_by(
        Coalesce("member__organisation__sort_key", "member__person__sort_key"), "member__ref__number"
    )


def listed_members(query: QueryDict, on: date) -> Listing:
    """Return the members a query string asks for. Six statements at most."""
    choices = _choices(query, on)
    category, continent, country = (choice.value for choice in choices)
    rows = members_by_name(on)
    for word in asked_words(query):
        rows = rows.filter(_named(word))
    if category:
        rows = rows.filter(category__key=category)
    if continent:
        inside = Grouped.objects.filter(grouping__key=CONTINENTS, group__key=continent)
        rows = rows.filter(_from(country__in=inside.values("place")))
    if country:
        rows = rows.filter(_from(country__alpha2=country))
    return listing_of(rows, query, choices)


def members_named(words: str, category: str, country: str, on: date) -> QuerySet[Membership]:
    """Return the members a program asks for: words of a name, a key of a category, a two-letter code; empty: any."""
    rows = members_by_name(on)
    for word in words.split()[:MAX_WORDS]:
        rows = rows.filter(_named(word))
    if category:
        rows = rows.filter(category__key=category)
    return rows.filter(_from(country__alpha2=country)) if country else rows


def members_from(code: str, on: date) -> QuerySet[Membership]:
    """Return the members of a country or region, in order of the names."""
    return members_by_name(on).filter(_from(country__alpha2=code))


def _from(**condition: Any) -> Q:
    found = Q()
    for holder in HOLDERS:
        found |= Q(**{f"{holder}__{name}": value for name, value in condition.items()})
    return found


def _named(word: str) -> Q:
    """The condition that a word stands in a member's name, in either language, or is its acronym or number."""
    condition = Q(member__ref__number__iexact=word) | Q(member__organisation__acronym__iexact=word)
    condition |= Q(member__organisation__name_en__icontains=word)
    for holder in HOLDERS:
        condition |= Q(**{f"{holder}__name_zh__icontains": word})
        condition |= Q(**{f"{holder}__sort_key__contains": fold(word)}) if fold(word) else Q()
    return condition


def _choices(query: QueryDict, on: date) -> list[Choice]:
    """What the members differ in. Three statements."""
    held = memberships_on(on)
    places = places_in_order().filter(
        Q(pk__in=held.values("member__organisation__country"))
        | Q(pk__in=held.values("member__person__country"))
    )
    continents = [(group.key, str(group)) for group in groups_in(CONTINENTS)]
    return [
        asked_choice(query, "category", _("Category"), [(k, str(c)) for k, c in categories_by_key().items()]),
        asked_choice(query, "continent", _("Continent"), continents),
        asked_choice(query, "country", _("Country or region"), [(p.alpha2, str(p)) for p in places]),
    ]


def member_page(number: str, on: date) -> MemberPage | None:
    """Return who is a member on a day by its number; None for whoever is not. Three statements."""
    current = members_by_name(on).filter(member__ref__number=number).first()
    if current is None:
        return None
    member = current.member_id
    return MemberPage(current, memberships_of(member), len(representatives_of([member], on)[member]))
