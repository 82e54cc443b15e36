"""What bodies say on their own page and on those of people and organisations."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.templatetags.ui import day, text
from secretariat.governance.bodies.composition import Composition, Holding
from secretariat.governance.bodies.logic import SITTING
from secretariat.governance.bodies.models import Body, CallIn, Seat, Term
from secretariat.governance.bodies.queries import terms_of
from secretariat.governance.bodies.states import Role
from secretariat.governance.bodies.tables import holder_of
from secretariat.registry.refs.panels import Line, Panel, Way, address_of, panels_of, title_of


def panels_of_body(
    body: Body,
    composed: Composition,
    terms: Sequence[Term],
    calls: Sequence[CallIn],
    actor: Actor,
    today: date,
) -> list[Panel]:
    """Return the panels of a body's page at the desk as of a day: its seats, and what other apps know of it."""
    number, on = body.ref.number, composed.on
    own = (sitting(number, composed, terms, on == today), called_in(number, calls, today), former(terms, on))
    return [*(panel for panel in own if panel.lines or panel.way), *panels_of("body", body.pk, actor, on)]


def sitting(number: str, composed: Composition, terms: Sequence[Term], is_today: bool) -> Panel:
    """Who held the seats of the body with this number on a day, and which were vacant; today with what can be done."""
    lines = [_seated(number, each, is_today) for each in composed.holdings if each.term]
    for term in terms:
        if term.role not in SITTING and _holds(term, composed.on):
            ways = _of_alternate(number, term) if term.role == Role.ALTERNATE else _of_term(number, term)
            lines.append(_held(term, ways=ways if is_today else ()))
    for each in composed.holdings:
        if each.term is None:
            ways = [_way(number, "appoint", _("Appoint"), each.seat.key)] if is_today else []
            words = " · ".join(filter(None, [_title(each.seat), neighbours(each)]))
            lines.append(Line(_("vacant"), "", words, each.seat.key, ways=ways))
    return Panel(_("Seats"), lines, _way(number, "add_seats", _("Add seats")) if is_today else None)


def _seated(number: str, held: Holding, is_today: bool) -> Line:
    return _held(held.term, ways=_of_term(number, held.term) if is_today else (), said=neighbours(held))


def neighbours(held: Holding) -> str:
    """Who held the seat before, and who will or did after: the succession, in words."""
    said = []
    if held.called:
        said.append(acting_words(held.called))
    if held.before:
        name = holder_of(held.before)
        text = _("after %(name)s, until %(day)s") if held.term else _("last held by %(name)s, until %(day)s")
        said.append(text % {"name": name, "day": day(held.before.ends_on)})
    elif held.term is None:
        said.append(_("not held before"))
    if held.after:
        text = _("then %(name)s, from %(day)s")
        said.append(text % {"name": holder_of(held.after), "day": day(held.after.starts_on)})
    return " · ".join(said)


def acting_words(call: CallIn) -> str:
    """Say who acts for a seat, and until when."""
    name = holder_of(call.term)
    if call.ends_on is None:
        return _("%(name)s acts for the seat since %(first)s") % {"name": name, "first": day(call.starts_on)}
    form = _("%(name)s acts for the seat from %(first)s to %(last)s")
    return form % {"name": name, "first": day(call.starts_on), "last": day(call.ends_on)}


def called_in(number: str, calls: Sequence[CallIn], today: date) -> Panel:
    """The alternates who were, are and will be called in, for a time or a meeting, and why."""
    lines = []
    for call in calls:
        is_past = call.is_void or (call.ends_on is not None and call.ends_on < today)
        words = [_("called off") if call.is_void else "", call.term.seat.key]
        words += [title_of(call.occasion) if call.occasion else "", call.reason, call.called_off]
        # A call to a meeting is called off in the meeting: the chair may pass with it.
        ways = () if is_past or call.occasion else [_way(number, "call_off", _("Call off"), call.pk)]
        lines.append(
            Line(
                call.term.person or call.term.organisation, "", " · ".join(filter(None, words)), "",
                call.starts_on, call.ends_on, is_past, ways,
            )
        )  # fmt: skip
    return Panel(_("Alternates called in"), lines)


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


def _of_alternate(number: str, term: Term) -> list[Way]:
    called = [_way(number, "call_in", _("Call in"), term.pk)] if term.person_id else []
    return [*called, *_of_term(number, term)]


def _way(number: str, name: str, label: str, *key: object) -> Way:
    return Way(label, reverse(f"desk_bodies:{name}", args=[number, *key]))


def _held(term: Term, is_past: bool = False, ways: Sequence[Way] = (), said: str = "") -> Line:
    holder = term.person or term.organisation
    words = [term.get_role_display(), _title(term.seat)]
    if term.person and term.organisation:
        words.append(str(term.organisation))
    words.append(said)
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
