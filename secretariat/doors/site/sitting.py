"""Who sits in a public body, as everybody reads it: an organisation's delegate is not named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from secretariat.foundation.ui.templatetags.ui import day, text
from secretariat.governance.bodies.composition import Composition, Holding
from secretariat.governance.bodies.models import CallIn, Term


@dataclass(frozen=True)
class SeatLine:
    """One seat: who held it, empty while vacant; as what; since when, and who held it before and after."""

    name: str
    role: str
    days: str
    succession: Sequence[str]


def lines_of(composed: Composition, today: date) -> list[SeatLine]:
    """Return the seats of a body as it was composed on a day. A last day still to come is not told."""
    return [_line(each, today) for each in composed.holdings]


def _line(held: Holding, today: date) -> SeatLine:
    title, term = text(held.seat, "title"), held.term
    if term is None:
        return SeatLine("", title or held.seat.key, "", _succession(held))
    role = " · ".join(filter(None, [str(term.get_role_display()), title]))
    return SeatLine(_name(term), role, _days(term, today), _succession(held))


def _days(term: Term, today: date) -> str:
    if term.ends_on is None or term.ends_on >= today:
        return _("since %(day)s") % {"day": day(term.starts_on)}
    return _("from %(first)s to %(last)s") % {"first": day(term.starts_on), "last": day(term.ends_on)}


def _succession(held: Holding) -> list[str]:
    said = [_acting(held.called)] if held.called else []
    if held.before:
        form = _("before: %(name)s, until %(day)s")
        said.append(form % {"name": _name(held.before), "day": day(held.before.ends_on)})
    if held.after:
        form = _("after: %(name)s, from %(day)s")
        said.append(form % {"name": _name(held.after), "day": day(held.after.starts_on)})
    return said


def _acting(call: CallIn) -> str:
    """Since when an alternate acts for the seat. A last day still to come is not told, nor why."""
    said = {"name": _name(call.term), "first": day(call.starts_on)}
    if call.term.organisation_id:
        return _("an alternate acts for it since %(first)s") % said
    return _("its alternate %(name)s acts for it since %(first)s") % said


def _name(term: Term) -> str:
    return str(term.organisation or term.person)
