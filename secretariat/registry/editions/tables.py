from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables import (
    BooleanFilter,
    Column,
    DateFilter,
    MultiChoiceFilter,
    Table,
    TextFilter,
)
from secretariat.foundation.ui.templatetags.ui import here
from secretariat.registry.editions.models import Edition, Fact
from secretariat.registry.editions.queries import series_by_key
from secretariat.registry.editions.states import EditionState, Part

TONES = {"open": "done", "closed": "done", "cancelled": "quiet"}


def path_of(edition: Edition) -> str:
    return reverse("desk_editions:edition", args=[edition.ref.number])


def title_order() -> str:
    return "title_zh" if (get_language() or "en").startswith("zh") else "title_en"


def series_choices() -> list[tuple[str, str]]:
    return [(key, str(series)) for key, series in series_by_key().items()]


def parts_of(edition: Edition) -> list[str]:
    return [str(Part(part).label) for part in edition.parts]


def figures_of(edition: Edition, facts: Mapping[str, Fact]) -> list[tuple[str, Fact]]:
    """Return the figures of an edition with their labels, in the order of its series; results are no figures."""
    named = edition.series.figures
    return [(here(named[key]), facts[key]) for key in named if key in facts]


class EditionsTable(Table):
    key = "editions.editions"
    label = _("Editions")
    columns = [
        Column("title", _("Title"), of=str, order=title_order, path=path_of, heading=True),
        Column("series", _("Series"), order="series__key"),
        Column(
            "year", _("Year"), show=lambda edition: str(edition.year), order=("year", "number"), align="end"
        ),
        Column("starts_on", _("From"), order="starts_on"),
        Column("ends_on", _("Until"), order="ends_on"),
        Column("place", _("Country or region"), order="place__alpha2", hidden=True),
        Column("parts", _("Parts"), of=parts_of, hidden=True),
        Column("state", _("State"), order="state", tone=lambda edition: TONES.get(edition.state, "")),
        Column("simulated", _("Simulated"), order="simulated", hidden=True),
        Column("number", _("Number"), of="ref.number", order="ref__number"),
    ]
    filters = [
        TextFilter(
            "q",
            _("Search editions"),
            fields=("title_en", "title_zh", "ref__number"),
            hint=_("Title or number"),
        ),
        MultiChoiceFilter("series", _("Series"), "series__key", choices=series_choices),
        MultiChoiceFilter("state", _("State"), choices=EditionState.choices),
        BooleanFilter("simulated", _("Simulated")),
        DateFilter("held", _("Held"), "starts_on"),
    ]
    order = "-year"
    empty_title = _("No edition has been announced yet.")
