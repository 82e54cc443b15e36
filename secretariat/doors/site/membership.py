"""The members in numbers: how many, of which category, from where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from secretariat.governance.membership.models import Category
from secretariat.governance.membership.queries import count_by_category, count_by_continent, count_by_place
from secretariat.registry.places.queries import CONTINENTS, groups_in, places_in_order


@dataclass(frozen=True)
class Share:
    """Something countable and how many members belong to it; ``thing`` is None where that is not recorded."""

    thing: Any
    count: int


@dataclass(frozen=True)
class Members:
    """How many members there are on a day, and from how many places and continents."""

    count: int
    places: int
    continents: int


def members_in_numbers(on: date) -> Members:
    """Return the three numbers. Two statements."""
    places, continents = count_by_place(on), count_by_continent(on)
    return Members(
        sum(places.values()),
        sum(code is not None for code in places),
        sum(key is not None for key in continents),
    )


def members_by_category(on: date) -> list[Share]:
    """Return the categories in their order. Two statements."""
    counts = count_by_category(on)
    return [
        Share(category, counts.get(category.key, 0)) for category in Category.objects.order_by("position")
    ]


def members_by_continent(on: date) -> list[Share]:
    """Return the continents, most members first. Two statements."""
    counts, groups = count_by_continent(on), {group.key: group for group in groups_in(CONTINENTS)}
    return [Share(groups.get(key) if key else None, count) for key, count in counts.items()]


def members_by_place(on: date) -> Sequence[Share]:
    """Return the countries and regions in their order, those with members only. Two statements."""
    counts = count_by_place(on)
    shares = [Share(p, counts[p.alpha2]) for p in places_in_order().filter(alpha2__in=filter(None, counts))]
    return [*shares, Share(None, counts[None])] if None in counts else shares
