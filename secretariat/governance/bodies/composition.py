"""A body as it was composed on a day: who held each seat, which were vacant, who came before and after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from secretariat.governance.bodies.logic import SITTING, turning_days
from secretariat.governance.bodies.models import Body, CallIn, Seat, Term

DAY = timedelta(days=1)
RANKS = {"chair": 0, "vice_chair": 1, "member": 2}
VACANT = 3


@dataclass(frozen=True)
class Holding:
    """A seat on a day with the term that held it, none while it was vacant, and the terms next to it.

    ``called`` is the call of the alternate who acts for it on that day, for a time.
    """

    seat: Seat
    term: Term | None
    before: Term | None
    after: Term | None
    called: CallIn | None = None


@dataclass(frozen=True)
class Composition:
    """A body on a day. It was composed like this from ``since`` to ``until``; None where there is no such day."""

    on: date
    holdings: Sequence[Holding]
    since: date | None
    later: date | None

    @property
    def until(self) -> date | None:
        return self.later - DAY if self.later else None

    @property
    def earlier(self) -> date | None:
        """The last day on which it was composed otherwise."""
        return self.since - DAY if self.since and self.since > date.min else None

    @property
    def held(self) -> int:
        return len({each.seat.pk for each in self.holdings if each.term})

    @property
    def seats(self) -> int:
        return len({each.seat.pk for each in self.holdings})


def composition_of(body: Body, on: date, known_by: date | None = None) -> Composition:
    """Return a body as it was composed on a day, the chair first, vacant seats last. Three statements.

    With ``known_by`` nothing is said of what comes after that day: who will sit is nobody's business before she does.
    """
    rows = Term.objects.filter(seat__body=body, role__in=SITTING).order_by("starts_on", "pk")
    if known_by is not None:
        rows = rows.filter(starts_on__lte=known_by)
    of_seat: dict[object, list[Term]] = {}
    terms = list(rows.select_related("seat", "person__ref", "organisation__ref"))
    for term in terms:
        of_seat.setdefault(term.seat_id, []).append(term)
    calls = _calls(body, known_by)
    acting = {call.term.seat_id: call for call in calls if _covers(call, on)}
    holdings = [
        replace(each, called=acting.get(seat.pk))
        for seat in body.seats.all()
        for each in _on_seat(seat, of_seat.get(seat.pk, []), on)
    ]
    holdings.sort(key=lambda each: RANKS[each.term.role] if each.term else VACANT)
    days = turning_days(
        [*((term.starts_on, term.ends_on) for term in terms), *(_span(call) for call in calls)]
    )
    coming = [day for day in days if day > on and (known_by is None or day <= known_by)]
    return Composition(
        on, holdings, max((day for day in days if day <= on), default=None), min(coming, default=None)
    )


def _calls(body: Body, known_by: date | None) -> list[CallIn]:
    """The calls for a time there have been: those for a meeting are shown there."""
    rows = CallIn.objects.filter(term__seat__body=body, occasion=None, is_void=False)
    if known_by is not None:
        rows = rows.filter(starts_on__lte=known_by)
    return list(rows.select_related("term__seat", "term__person__ref", "term__organisation__ref"))


def _span(call: CallIn) -> tuple[date, date | None]:
    """A call lasts no longer than the alternate's own term does."""
    ends = [day for day in (call.ends_on, call.term.ends_on) if day is not None]
    return call.starts_on, min(ends, default=None)


def _covers(call: CallIn, on: date) -> bool:
    first, last = _span(call)
    return first <= on and (last is None or on <= last)


def _on_seat(seat: Seat, terms: Sequence[Term], on: date) -> list[Holding]:
    """A seat may have a member and a chair at one time: then it stands twice. ``terms`` are in order of their days."""
    found = []
    for term in [t for t in terms if t.starts_on <= on and (t.ends_on is None or t.ends_on >= on)] or [None]:
        first, last = (term.starts_on, term.ends_on) if term else (on, on)
        before = [t for t in terms if t.ends_on is not None and t.ends_on < first]
        after = [t for t in terms if last is not None and t.starts_on > last]
        found.append(
            Holding(seat, term, max(before, key=lambda t: t.ends_on, default=None), next(iter(after), None))
        )
    return found
