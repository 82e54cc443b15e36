from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.ui.tables import BooleanFilter, Column, MultiChoiceFilter, Table, TextFilter
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.states import Flag


def path_of(body: Body) -> str:
    return reverse("desk_bodies:body", args=[body.ref.number])


def name_order() -> str:
    return "name_zh" if (get_language() or "en").startswith("zh") else "name_en"


def flags_of(body: Body) -> list[str]:
    return [str(Flag(flag).label) for flag in body.flags]


def vacant(body: Body) -> int:
    return body.seats_there - body.seats_held


class BodiesTable(Table):
    key = "bodies.bodies"
    label = _("Bodies")
    columns = [
        Column("name", _("Name"), of=str, order=name_order, path=path_of, heading=True),
        Column("flags", _("What it is and does"), of=flags_of),
        Column("edition", _("Edition"), order="edition__starts_on"),
        Column("seats", _("Seats"), of="seats_there", order="seats_there", align="end"),
        Column("vacant", _("Vacant"), of=vacant, order=F("seats_there") - F("seats_held"), align="end"),
        Column("number", _("Number"), of="ref.number", order="ref__number"),
        Column("position", _("Position"), order=("position", "key"), align="end", hidden=True),
        Column("parent", _("Answers to"), hidden=True),
    ]
    filters = [
        TextFilter(
            "q", _("Search bodies"), fields=("name_en", "name_zh", "ref__number"), hint=_("Name or number")
        ),
        MultiChoiceFilter(
            "flag",
            _("What it is and does"),
            choices=Flag.choices,
            condition=lambda flag: Q(flags__contains=[flag]),
        ),
        BooleanFilter("edition", _("Of one edition"), condition=lambda _yes: Q(edition__isnull=False)),
        BooleanFilter(
            "vacant", _("Has vacant seats"), condition=lambda _yes: Q(seats_there__gt=F("seats_held"))
        ),
    ]
    order = "position"
    empty_title = _("No body has been established yet.")
