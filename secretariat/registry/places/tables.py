from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables import BooleanFilter, Column, MultiChoiceFilter, Table, TextFilter
from secretariat.registry.places.models import Grouped, Place
from secretariat.registry.places.queries import CONTINENTS, groups_in


def path_of(place: Place) -> str:
    return reverse("desk_places:place", args=[place.alpha2])


def name_order() -> str:
    return "sort_zh" if (get_language() or "en").startswith("zh") else "sort_en"


def continent_choices() -> list[tuple[str, str]]:
    return [(group.key, str(group)) for group in groups_in(CONTINENTS)]


def within(key: str) -> Q:
    return Q(pk__in=Grouped.objects.filter(grouping__key=CONTINENTS, group__key=key).values("place"))


class PlacesTable(Table):
    key = "places.places"
    label = _("Countries and regions")
    columns = [
        Column("name", _("Name"), of=str, order=name_order, path=path_of, heading=True),
        Column("name_zh", _("Name in Chinese"), order="sort_zh"),
        Column("code", _("Code"), of="alpha2", order="alpha2"),
        Column("continent", _("Group"), order="continent"),
        Column("position", _("Before all others"), order="position", align="end"),
        Column("own", _("Named by us"), of=lambda place: bool(place.names), hidden=True),
    ]
    filters = [
        TextFilter(
            "q", _("Search countries and regions"), fields=("name_en", "name_zh", "alpha2", "alpha3"),
            hint=_("Name or code"),
        ),
        MultiChoiceFilter(
            "group", _("Group"), choices=continent_choices,
            condition=within,
        ),
        BooleanFilter("own", _("Named by us"), condition=lambda _yes: ~Q(names={})),
    ]  # fmt: skip
    order = "name"
