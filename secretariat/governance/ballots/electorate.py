"""Who may vote in a body on a day: asked of whoever knows. Higher apps register; bodies with seats answer here."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from secretariat.governance.ballots.logic import Place
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.queries import Acting, acting_in
from secretariat.governance.bodies.states import Role

# (body, day) -> the votes there are, or None where another one knows.
Electorate = Callable[[Body, date], Sequence[Place] | None]
_KNOWN: dict[str, Electorate] = {}
# (person, day) -> the bodies whose matters she follows by a place of that kind.
Belonging = Callable[[UUID, date], Collection[UUID]]
_BELONGING: dict[str, Belonging] = {}
# (ballot, now) -> the places as they stand where it is held, or None where it is held nowhere.
Room = Callable[[Ballot, datetime], Sequence[Place] | None]
_ROOMS: dict[str, Room] = {}


def register_electorate(name: str, electorate: Electorate, belonging: Belonging | None = None) -> None:
    """Add somebody who knows who votes in bodies of a kind: the members in an assembly.

    ``belonging`` answers cheaply for one person, for lists and doors; who votes at last is said by ``electorate``.
    """
    if name in _KNOWN:
        raise ValueError(f"The electorate '{name}' is registered twice.")
    _KNOWN[name] = electorate
    if belonging is not None:
        _BELONGING[name] = belonging


def bodies_of(person: UUID, on: date) -> set[UUID]:
    """Return the bodies in which a person has a place that is no seat on a day. One statement for each who knows."""
    return {body for belonging in _BELONGING.values() for body in belonging(person, on)}


def electorate_of(body: Body, on: date, occasion: UUID | None = None) -> Sequence[Place]:
    """Return the votes there are in a body on a day, in the order of its roll.

    ``occasion`` is the reference of the meeting it is asked for: an alternate may be called in for that alone.
    """
    for electorate in _KNOWN.values():
        if (places := electorate(body, on)) is not None:
            return places
    return seats(body, on, occasion)


def register_room(name: str, room: Room) -> None:
    """Add somebody who knows where ballots are held, and so who is there, by proxy or recused."""
    if name in _ROOMS:
        raise ValueError(f"The room '{name}' is registered twice.")
    _ROOMS[name] = room


def places_of(ballot: Ballot, now: datetime) -> Sequence[Place]:
    """Return the places with which a ballot opens now: those of the room it is held in, or everybody who may vote."""
    for room in _ROOMS.values():
        if (places := room(ballot, now)) is not None:
            return places
    return electorate_of(ballot.body, timezone.localdate(now))


def in_words(make: Callable[[], str]) -> dict[str, str]:
    """Return what ``make`` says in each language a roll is read in."""
    said = {}
    for key, language in (("en", "en"), ("zh", "zh-hans")):
        with translation.override(language):
            said[key] = make()
    return said


def seats(body: Body, on: date, occasion: UUID | None = None) -> list[Place]:
    """Each held seat has one vote, cast by its holder, the organisation's delegate or the alternate called in."""
    return [_place(acting) for acting in acting_in(body, on, occasion)]


def _place(acting: Acting) -> Place:
    term = acting.term
    return Place(
        source=f"bodies.term:{acting.by.pk}",
        why=in_words(lambda: _why(acting)),
        person=None if term.organisation_id else term.person_id,
        organisation=term.organisation_id,
        voter=acting.by.person_id,
        is_chair=acting.by.role == Role.CHAIR,
    )


def _why(acting: Acting) -> str:
    words = f"{acting.term.get_role_display()}: {acting.term.seat.key}"
    if acting.alternate is None:
        return words
    return f"{words} · " + _("alternate called in: %(name)s") % {"name": acting.alternate.person}
