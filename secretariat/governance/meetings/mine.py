"""What somebody has to do with a meeting herself: her votes, her presence, her proxies, her place on the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.logic import Place
from secretariat.governance.meetings import queries
from secretariat.governance.meetings.models import Attendance, Meeting, Proxy, Recusal, Speech
from secretariat.governance.meetings.queries import Alternate, Room
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Person

LISTED = 200  # to whom a proxy may be given, on one page; a longer list is searched


@dataclass(frozen=True)
class Vote:
    """One vote that is hers to cast: her own or an organisation's, and to whom she has given it."""

    place: Place
    holder: Any
    proxy: Proxy | None


@dataclass(frozen=True)
class Part:
    """Everything that is hers in a meeting. ``others`` are those she could give a proxy to."""

    belongs: bool
    votes: list[Vote]
    attendance: Attendance | None
    speeches: list[Speech]
    recusal: Recusal | None
    offered: list[Proxy]
    held: list[Proxy]
    proxies_each: int
    others: list[Person]
    many_others: bool
    asked: str


def part_of(actor: Actor, room: Room, electorate: Sequence[Place], asked: str = "") -> Part:
    """Return what an actor has to do with a meeting. A fixed number of statements."""
    meeting, item = room.meeting, room.item
    own = [place for place in electorate if place.voter is not None and place.voter == actor.person_id]
    live = queries.proxies_of(meeting)
    given = {(proxy.person_id, proxy.organisation_id): proxy for proxy in live}
    organisations = Organisation.objects.in_bulk({place.organisation for place in own if place.organisation})
    each = room.procedure.proxies_each
    others = _others(own, electorate, asked) if own and each else []
    here = Attendance.objects.filter(meeting=meeting, person=actor.person_id, left_at=None).first()
    received = [proxy for proxy in live if proxy.holder_id == actor.person_id]
    return Part(
        belongs=bool(own) or meeting.body_id in queries.bodies_belonged_to(actor),
        votes=[Vote(p, organisations.get(p.organisation), given.get((p.person, p.organisation))) for p in own],
        attendance=here if actor.person_id else None,
        speeches=[s for s in queries.speakers_of(item) if s.person_id == actor.person_id] if item else [],
        recusal=room.recused.get(actor.person_id),
        offered=[proxy for proxy in received if proxy.state == "offered"],
        held=[proxy for proxy in received if proxy.state == "accepted"],
        proxies_each=each, others=others[:LISTED], many_others=len(others) > LISTED or bool(asked), asked=asked,
    )  # fmt: skip


def _others(own: list[Place], electorate: Sequence[Place], asked: str) -> list[Person]:
    voters = {place.voter for place in electorate if place.voter} - {place.voter for place in own}
    people = Person.objects.filter(pk__in=voters).order_by("sort_key", "pk")
    return [person for person in people if asked.casefold() in str(person).casefold()]


def alternates_of(actor: Actor, meeting: Meeting) -> list[Alternate]:
    """Return the alternates of the seats that somebody holds in the body that meets, and her own part as one."""
    if actor.person_id is None:
        return []
    return [
        one
        for one in queries.alternates_in(meeting)
        if one.term.person_id == actor.person_id or any(t.person_id == actor.person_id for t in one.holders)
    ]
