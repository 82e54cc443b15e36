"""The members in numbers: how many, of which category, from where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.foundation.ui.charts import Bar, Bars, TileMap
from secretariat.governance.membership.models import Category
from secretariat.governance.membership.queries import (
    count_by_category,
    count_by_continent,
    count_by_place,
    count_by_year,
    count_through_years,
)
from secretariat.registry.places.queries import CONTINENTS, groups_in, map_of


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


@dataclass(frozen=True)
class Figures:
    """The members of a day, drawn: each picture counts all of them, and each of its parts leads to its members."""

    categories: Bars
    continents: Bars
    places: TileMap
    since: Bars
    through: Bars
    unplaced: int


def figures_of_members(on: date) -> Figures:
    """Return the pictures of the members on a day. Nine statements."""
    by_place = count_by_place(on)
    return Figures(
        categories=_drawn(members_by_category(on), "category"),
        continents=_drawn(members_by_continent(on), "continent"),
        places=map_of(by_place, lambda code: asked_path("country", code)),
        since=Bars([Bar(str(y), n, path=asked_path("since", y)) for y, n in count_by_year(on).items()]),
        through=Bars([Bar(str(year), count) for year, count in count_through_years(on).items()]),
        unplaced=by_place.get(None, 0),
    )


def asked_path(name: str, value: object) -> str:
    """Return where the directory lists those who have a value of one of its choices."""
    return f"{reverse('site:members')}?{urlencode({name: value})}"


def _drawn(shares: Sequence[Share], asks: str) -> Bars:
    return Bars(
        [
            Bar(str(s.thing), s.count, path=asked_path(asks, s.thing.key))
            if s.thing
            else Bar(_("not recorded"), s.count)
            for s in shares
        ]
    )
