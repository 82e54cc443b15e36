"""The members by name: the public directory, and what it says of one member: what that member chose to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.doors.site.asking import MAX_WORDS, Choice, Listing, asked_choice, asked_words, listing_of
from secretariat.governance.membership.directory import Shown, shown_of
from secretariat.governance.membership.models import Membership
from secretariat.governance.membership.queries import (
    categories_by_key,
    count_by_year,
    memberships_of,
    memberships_on,
    representatives_of,
    since_year,
)
from secretariat.registry.organisations.logic import fold
from secretariat.registry.places.models import Grouped
from secretariat.registry.places.queries import CONTINENTS, groups_in, places_in_order

HOLDERS = ("member__organisation", "member__person")


@dataclass(frozen=True)
class MemberPage:
    """A member today, with every category it has had, how many people represent it, and what it chose to show."""

    current: Membership
    history: list[Membership]
    representatives: int
    shown: Shown

    @property
    def holder(self) -> Any:
        return self.current.member.organisation or self.current.member.person

    @property
    def since(self) -> date:
        return min(row.starts_on for row in self.history)

    @property
    def unnamed(self) -> int:
        return self.representatives - len(self.shown.representatives)

    @property
    def description(self) -> str:
        """What it says of itself in the reader's language, or else in the other."""
        told = self.shown.description_en, self.shown.description_zh
        first, other = reversed(told) if (get_language() or "en").startswith("zh") else told
        return first or other


def members_by_name(on: date) -> QuerySet[Membership]:
    """Return who is a member on a day, in order of the names, with what a line of the directory shows."""
    rows = memberships_on(on).select_related(
        "category", "member__ref", "member__organisation__country", "member__person__country"
    )
    return rows.order_by(
        Coalesce("member__organisation__sort_key", "member__person__sort_key"), "member__ref__number"
    )


def listed_members(query: QueryDict, on: date) -> Listing:
    """Return the members a query string asks for. Seven statements at most."""
    choices = _choices(query, on)
    asked = {choice.name: choice.value for choice in choices}
    since = int(asked.pop("since") or 0)
    return listing_of(members_asked(on, asked_words(query), since=since, **asked), query, choices)


def members_asked(
    on: date,
    words: Sequence[str],
    *,
    category: str = "",
    continent: str = "",
    country: str = "",
    since: int = 0,
) -> QuerySet[Membership]:
    """Return the members of a day by name: words of theirs, keys, a two-letter code, a year; empty or 0: any."""
    rows = members_by_name(on)
    for word in words[:MAX_WORDS]:
        rows = rows.filter(_named(word))
    if category:
        rows = rows.filter(category__key=category)
    if continent:
        inside = Grouped.objects.filter(grouping__key=CONTINENTS, group__key=continent)
        rows = rows.filter(_from(country__in=inside.values("place")))
    if country:
        rows = rows.filter(_from(country__alpha2=country))
    return since_year(rows).filter(since_year=since) if since else rows


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
    """What the members differ in. Four statements."""
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
        asked_choice(query, "since", _("Member since"), [(str(year),) * 2 for year in count_by_year(on)]),
    ]


def member_page(number: str, on: date) -> MemberPage | None:
    """Return who is a member on a day by its number; None for whoever is not. Five statements."""
    current = members_by_name(on).filter(member__ref__number=number).first()
    if current is None:
        return None
    member = current.member_id
    speaking, shown = (ask([member], on)[member] for ask in (representatives_of, shown_of))
    return MemberPage(current, memberships_of(member), len(speaking), shown)
