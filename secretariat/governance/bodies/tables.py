from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.queries import in_force
from secretariat.foundation.ui.tables import (
    Act,
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateFilter,
    Label,
    MultiChoiceFilter,
    Table,
    TextFilter,
)
from secretariat.governance.bodies.models import Body, Term
from secretariat.governance.bodies.states import Flag, Role
from secretariat.registry.places.rules import keeps_registry


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


def path_of_term(term: Term) -> str:
    return path_of(term.seat.body)


def holder_of(term: Term) -> str:
    """Who holds it: an organisation with its delegate, or a person."""
    return " · ".join(str(each) for each in (term.organisation, term.person) if each)


def named_with_body(term: Term) -> str:
    return f"{holder_of(term)} — {term.seat.body}"


def body_choices() -> list[tuple[str, str]]:
    return [(str(body.pk), str(body)) for body in Body.objects.order_by("edition__year", "position", "key")]


def term_act(key: str, label: Label) -> Act:
    return Act(key, label, reverse_lazy("desk_bodies:many", args=[key]), shown=keeps_registry)


class TermsTable(Table):
    """Who holds, held and will hold which seat."""

    key = "bodies.terms"
    label = _("Terms")
    acts = (term_act("end", _("End on a day")), term_act("extend", _("Extend")))
    order = "holder"
    empty_title = _("Nobody has been appointed yet.")

    def __init__(self, rows: QuerySet[Term], today: date) -> None:
        super().__init__(rows)
        standing = {
            "now": in_force(today), "past": Q(ends_on__lt=today), "coming": Q(starts_on__gt=today),
            "open": Q(ends_on=None),
        }  # fmt: skip
        self.columns = (
            Column("holder", _("Held by"), of=holder_of, order="holder_sort", path=path_of_term, heading=True),
            Column("body", _("Body"), of="seat.body", order=("seat__body__position", "seat__body__key")),
            Column("seat", _("Seat"), of="seat.key", order=("seat__position", "seat__key")),
            Column("role", _("Role"), order="role"),
            Column("starts", _("From"), of="starts_on", order="starts_on"),
            Column(
                "ends", _("Until"), of="ends_on", order="ends_on",
                tone=lambda term: "urgent" if _ends_soon(term, today) else None,
            ),
        )  # fmt: skip
        self.filters = (
            TextFilter(
                "q", _("Search terms"), hint=_("Name of a holder"),
                fields=(
                    "person__sort_key", "person__name_zh", "organisation__name_en", "organisation__name_zh",
                    "organisation__acronym",
                ),
            ),
            MultiChoiceFilter("body", _("Body"), "seat__body", choices=body_choices, skips_empty=True),
            MultiChoiceFilter("role", _("Role"), choices=Role.choices),
            ChoiceFilter(
                "when", _("When"), condition=standing.__getitem__,
                choices=[
                    ("now", _("hold now")), ("open", _("without an end")), ("past", pgettext_lazy("terms", "ended")),
                    ("coming", pgettext_lazy("terms", "to come")),
                ],
            ),
            DateFilter("ends", _("Until"), "ends_on"),
        )  # fmt: skip


SOON = timedelta(days=90)


def _ends_soon(term: Term, today: date) -> bool:
    return term.ends_on is not None and today <= term.ends_on <= today + SOON
