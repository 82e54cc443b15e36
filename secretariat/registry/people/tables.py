from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.privacy.actions import disclose
from secretariat.foundation.ui.tables import (
    BooleanFilter,
    Column,
    DateFilter,
    MultiChoiceFilter,
    Table,
    TextFilter,
)
from secretariat.registry.people.models import Person
from secretariat.registry.people.queries import named
from secretariat.registry.places.queries import place_choices


def path_of(person: Person) -> str:
    return reverse("desk_people:person", args=[person.ref.number])


class PeopleTable(Table):
    key = "people.people"
    label = _("People")
    columns = [
        Column("name", _("Name"), of=str, order="sort_key", path=path_of, heading=True),
        Column("organisation", _("Organisation"), of="organisation_name", order="organisation_name"),
        Column("country", _("Country or region"), order="country__sort_en"),
        Column("number", _("Number"), of="ref.number", order="ref__number"),
        Column("name_zh", _("Name in Chinese"), order="name_zh", hidden=True),
        Column("orcid", _("ORCID iD"), order="orcid", hidden=True),
        Column("languages", _("Languages"), hidden=True),
        Column(
            "account", _("May sign in"), of=lambda person: person.account_id is not None, order="account", hidden=True
        ),
        Column("recorded", _("Recorded"), of="created_at", order="created_at", hidden=True),
    ]  # fmt: skip
    filters = [
        TextFilter("q", _("Search people"), condition=named, hint=_("Name, number or ORCID iD")),
        MultiChoiceFilter(
            "country", _("Country or region"), "country__alpha2", choices=place_choices, skips_empty=True
        ),
        BooleanFilter("account", _("May sign in"), condition=lambda _yes: Q(account__isnull=False)),
        DateFilter("recorded", _("Recorded"), "created_at", moments=True),
    ]
    order = "name"
    empty_title = _("Nobody is registered yet.")

    def taken_out(self, request: HttpRequest, rows: QuerySet) -> None:
        """Each of them can see that she stood in a list somebody took away."""
        owners = list(rows.order_by().values_list("pk", flat=True))
        disclose(owners=owners, what="people.list", actor=request.actor, now=timezone.now())
