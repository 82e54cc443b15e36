"""What bodies say on their own page and on those of people and organisations."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.templatetags.ui import text
from secretariat.governance.bodies.models import Seat, Term
from secretariat.governance.bodies.queries import terms_of
from secretariat.registry.refs.panels import Line, Panel, Way, address_of


def sitting(number: str, terms: Sequence[Term], vacant: Sequence[Seat], on: date) -> Panel:
    """Who holds the seats of the body with this number, and which are vacant."""
    lines = [_held(term, ways=_of_term(number, term)) for term in terms if _holds(term, on)]
    lines += [
        Line(_("vacant"), "", _title(seat), seat.key, ways=[_way(number, "appoint", _("Appoint"), seat.key)])
        for seat in vacant
    ]
    return Panel(_("Seats"), lines, _way(number, "add_seats", _("Add seats")))


def former(terms: Sequence[Term], on: date) -> Panel:
    """Who held them, or will."""
    return Panel(
        _("Past and coming terms"), [_held(term, is_past=True) for term in terms if not _holds(term, on)]
    )


def seats_of_person(person: UUID, _actor: Actor, on: date) -> Panel:
    """The seats a person holds and held."""
    return Panel(_("Seats"), [_in_body(term, on) for term in terms_of([person])[person]])


def seats_of_organisation(organisation: UUID, _actor: Actor, on: date) -> Panel:
    """The seats an organisation holds and held through its delegates."""
    rows = Term.objects.filter(organisation=organisation).select_related("seat__body__ref", "person")
    lines = [_in_body(term, on) for term in rows.order_by(F("starts_on").desc(), "pk")]
    return Panel(_("Seats"), lines)


def _of_term(number: str, term: Term) -> list[Way]:
    return [
        _way(number, "succeed", _("Successor"), term.pk),
        _way(number, "end_term", pgettext("a term", "End"), term.pk),
        _way(number, "change_seat", _("Seat"), term.seat.key),
    ]


def _way(number: str, name: str, label: str, *key: object) -> Way:
    return Way(label, reverse(f"desk_bodies:{name}", args=[number, *key]))


def _held(term: Term, is_past: bool = False, ways: Sequence[Way] = ()) -> Line:
    holder = term.person or term.organisation
    words = [term.get_role_display(), _title(term.seat)]
    if term.person and term.organisation:
        words.append(str(term.organisation))
    address = address_of("person" if term.person else "organisation", holder.ref.number)
    return Line(
        holder, address, " · ".join(filter(None, words)), "", term.starts_on, term.ends_on, is_past, ways
    )


def _in_body(term: Term, on: date) -> Line:
    body = term.seat.body
    words = " · ".join(filter(None, [str(term.get_role_display()), _title(term.seat)]))
    return Line(
        body,
        address_of("body", body.ref.number),
        words,
        "",
        term.starts_on,
        term.ends_on,
        not _holds(term, on),
    )


def _title(seat: Seat) -> str:
    return text(seat, "title")


def _holds(term: Term, on: date) -> bool:
    return term.starts_on <= on and (term.ends_on is None or term.ends_on >= on)
