from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from secretariat.governance.bodies.models import CallIn, Term
from secretariat.governance.bodies.queries import alternates_of, calls_on, holders_of_seats
from secretariat.governance.meetings.models import Meeting


@dataclass(frozen=True)
class Alternate:
    """The alternate of a seat in a meeting: who holds the seat, and the call by which she acts for it, if any.

    A call for a time is ended where bodies are kept; one for this meeting may be called off in it.
    """

    term: Term
    holders: Collection[Term] = ()
    call: CallIn | None = None

    @property
    def is_for_this(self) -> bool:
        return self.call is not None and self.call.occasion_id is not None


def alternates_in(meeting: Meeting) -> list[Alternate]:
    """Return the alternates of the body that meets, seat by seat. Three statements; one where there are none."""
    terms = [term for term in alternates_of(meeting.body, meeting.day) if term.person_id]
    if not terms:
        return []
    calls = {call.term_id: call for call in calls_on(meeting.day, meeting.ref_id).filter(term__in=terms)}
    holders: dict[UUID, list[Term]] = {}
    for term in holders_of_seats(meeting.body, meeting.day):
        holders.setdefault(term.seat_id, []).append(term)
    return [Alternate(term, holders.get(term.seat_id, ()), calls.get(term.pk)) for term in terms]
