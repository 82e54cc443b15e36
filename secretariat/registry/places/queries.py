from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import get_language, gettext

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.charts import Tile, TileMap
from secretariat.registry.places.logic import tiles
from secretariat.registry.places.models import Group, Grouped, Grouping, Place, Wording
from secretariat.registry.places.rules import reads_places

CONTINENTS = "continents"


def places_by_code() -> dict[str, Place]:
    """Return every place by its two-letter code. One statement."""
    return {place.alpha2: place for place in Place.objects.all()}


def places_in_order(language: str | None = None) -> QuerySet[Place]:
    """Return the places as a list shows them: those the profile puts first, then by name in the language."""
    key = "sort_zh" if (language or get_language() or "en").startswith("zh") else "sort_en"
    return Place.objects.order_by(F("position").asc(nulls_last=True), key, "alpha2")


def place_called(text: str) -> Place | None:
    """Return the place with this code or name, in English or Chinese; None where there is none. One statement."""
    text = text.strip()
    code = Q(alpha2=text.upper()) | Q(alpha3=text.upper())
    return Place.objects.filter(code | Q(name_en__iexact=text) | Q(name_zh=text)).order_by("alpha2").first()


def place_choices() -> list[tuple[str, str]]:
    """Return (two-letter code, name) of every place in order, for a form or a filter. One statement."""
    language = get_language() or "en"
    if language.startswith(("zh", "en")):
        return list(places_in_order().values_list("alpha2", f"name_{language[:2]}"))
    return [(place.alpha2, str(place)) for place in places_in_order()]


def map_of(counts: Mapping[str | None, int], path: Callable[[str], str] | None = None) -> TileMap:
    """Return the map of places with these counts by two-letter code; ``path`` says where a place leads. One statement.

    What is counted for no place, or for one nobody knows, stands on no map: tell it beside.
    """
    where = tiles()
    return TileMap(
        [
            Tile(
                *where[place.alpha2],
                str(place),
                counts.get(place.alpha2, 0),
                path(place.alpha2) if path else "",
            )
            for place in places_in_order()
            if place.alpha2 in where
        ]
    )


def groups_of(grouping: str, places: Collection[UUID] | None = None) -> dict[UUID, Group]:
    """Return the group of each of these places (of all, for None) in a grouping. One statement.

    A place that stands aside, such as Antarctica among the continents, is missing.
    """
    rows = Grouped.objects.filter(grouping__key=grouping).select_related("group")
    if places is not None:
        rows = rows.filter(place__in=places)
    return {row.place_id: row.group for row in rows}


def continents_of(places: Collection[UUID] | None = None) -> dict[UUID, Group]:
    """Return the continent of each of these places (of all, for None). One statement."""
    return groups_of(CONTINENTS, places)


def groups_in(grouping: str) -> list[Group]:
    """Return the groups of a grouping in their order."""
    return list(Group.objects.filter(grouping__key=grouping).order_by("position"))


@dataclass(frozen=True)
class Words:
    """What one place and several are called in one language."""

    one: str
    many: str

    def counted(self, count: int) -> str:
        return self.one if count == 1 else self.many


def wording(language: str | None = None) -> Words:
    """Return the profile's words for places in a language; for one it has not, those of the catalogue."""
    language = language or get_language() or "en"
    row = Wording.objects.first()
    if row and language.startswith("zh"):
        return Words(row.one_zh, row.many_zh)
    if row and language.startswith("en"):
        return Words(row.one_en, row.many_en)
    return Words(gettext("country or region"), gettext("countries and regions"))


def visible_places(actor: Actor) -> QuerySet[Place]:
    """Return what the desk lists: every place with its ``continent`` in the reader's language; nothing otherwise."""
    if not reads_places(actor):
        return Place.objects.none()
    language = "zh" if (get_language() or "en").startswith("zh") else "en"
    within = Grouped.objects.filter(place=OuterRef("pk"), grouping__key=CONTINENTS)
    return Place.objects.annotate(continent=Subquery(within.values(f"group__name_{language}")[:1]))


def groups_with(place: UUID) -> list[tuple[Grouping, list[Group], Group | None]]:
    """Return every grouping with its groups and the one a place is in. Three statements."""
    chosen = {row.grouping_id: row.group_id for row in Grouped.objects.filter(place=place)}
    groupings = Grouping.objects.order_by("key").prefetch_related(
        Prefetch("groups", Group.objects.order_by("position"))
    )
    found = []
    for grouping in groupings:
        groups = list(grouping.groups.all())
        found.append((grouping, groups, next((g for g in groups if g.pk == chosen.get(grouping.pk)), None)))
    return found
