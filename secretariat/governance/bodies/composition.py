"""A body as it was composed on a day: who held each seat, which were vacant, who came before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from secretariat.governance.bodies.logic import SITTING, turning_days
from secretariat.governance.bodies.models import Body, Seat, Term

DAY = timedelta(days=1)
RANKS = {"chair": 0, "vice_chair": 1, "member": 2}
VACANT = 3


@dataclass(frozen=True)
class Holding:
    """A seat on a day with the term that held it, none while it was vacant, and the terms next to it."""

    seat: Seat
    term: Term | None
    before: Term | None
    after: Term | None


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
    """Return a body as it was composed on a day, the chair first, vacant seats last. Two statements.

    With ``known_by`` nothing is said of what comes after that day: who will sit is nobody's business before she does.
    """
    rows = Term.objects.filter(seat__body=body, role__in=SITTING).order_by("starts_on", "pk")
    if known_by is not None:
        rows = rows.filter(starts_on__lte=known_by)
    of_seat: dict[object, list[Term]] = {}
    terms = list(rows.select_related("seat", "person__ref", "organisation__ref"))
    for term in terms:
        of_seat.setdefault(term.seat_id, []).append(term)
    holdings = [each for seat in body.seats.all() for each in _on_seat(seat, of_seat.get(seat.pk, []), on)]
    holdings.sort(key=lambda each: RANKS[each.term.role] if each.term else VACANT)
    days = turning_days((term.starts_on, term.ends_on) for term in terms)
    coming = [day for day in days if day > on and (known_by is None or day <= known_by)]
    return Composition(
        on, holdings, max((day for day in days if day <= on), default=None), min(coming, default=None)
    )


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
