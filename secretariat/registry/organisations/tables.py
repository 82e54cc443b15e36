from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables import Column, DateFilter, MultiChoiceFilter, Table, TextFilter
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.queries import named
from secretariat.registry.organisations.states import OrganisationKind
from secretariat.registry.places.queries import place_choices


def path_of(organisation: Organisation) -> str:
    return reverse("desk_organisations:organisation", args=[organisation.ref.number])


def country_order() -> str:
    return "country__sort_zh" if (get_language() or "en").startswith("zh") else "country__sort_en"


class OrganisationsTable(Table):
    key = "organisations.organisations"
    label = _("Organisations")
    columns = [
        Column("name", _("Name"), of=str, order="sort_key", path=path_of, heading=True),
        Column("kind", _("Kind"), order="kind"),
        Column("country", _("Country or region"), order=country_order),
        Column("number", _("Number"), of="ref.number", order="ref__number"),
        Column("acronym", _("Acronym"), order="acronym", hidden=True),
        Column("name_zh", _("Name in Chinese"), order="name_zh", hidden=True),
        Column("parent", _("Belongs to"), order="parent__sort_key", hidden=True),
        Column("ror", _("ROR id"), order="ror", hidden=True),
        Column("website", _("Website"), hidden=True),
        Column("recorded", _("Recorded"), of="created_at", order="created_at", hidden=True),
    ]
    filters = [
        TextFilter(
            "q", _("Search organisations"), condition=named, hint=_("Name, number, ROR id or e-mail domain")
        ),
        MultiChoiceFilter("kind", _("Kind"), choices=OrganisationKind.choices),
        MultiChoiceFilter(
            "country", _("Country or region"), "country__alpha2", choices=place_choices, skips_empty=True
        ),
        DateFilter("recorded", _("Recorded"), "created_at", moments=True),
    ]
    order = "name"
    empty_title = _("No organisation is registered yet.")
