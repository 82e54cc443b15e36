from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.electorate import in_words
from secretariat.governance.ballots.logic import Place, quorum_of
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.meetings.logic import spoken
from secretariat.governance.meetings.models import (
    AgendaItem,
    Attendance,
    ItemBallot,
    Meeting,
    Proxy,
    Recusal,
    Speech,
)
from secretariat.governance.meetings.presence import Room, electorate_in, recusals_on, room_of
from secretariat.governance.meetings.queries.meetings import meeting_in_session
from secretariat.governance.meetings.states import Stance
from secretariat.registry.conflicts.queries import Finding, PartySet, conflict_matrix
from secretariat.registry.people.models import Person
from secretariat.registry.refs.models import RefParty

PlaceKey = tuple[UUID | None, UUID | None]


@dataclass(frozen=True)
class RoomPresence:
    """Who is there, in heads: of all who may vote, so many in the room, at a distance and by proxy."""

    entitled: int
    in_room: int
    remote: int
    by_proxy: int
    recused: int
    needed: int

    @property
    def there(self) -> int:
        return self.in_room + self.remote + self.by_proxy

    @property
    def has_quorum(self) -> bool:
        return self.there >= self.needed


@dataclass(frozen=True)
class Proposed:
    """Somebody who may have to be recused on an item, and what was found."""

    person: Person
    finding: Finding


def places_for(
    meeting: Meeting, item: AgendaItem | None = None, *, electorate: Sequence[Place] | None = None,
    room: Room | None = None,
) -> list[Place]:  # fmt: skip
    """Return the places of a body as they stand in this meeting now: who is there, who votes for whom, who is recused.

    Whoever is absent without a proxy votes nowhere: her place stands with nobody to cast its vote. A proxy is of no
    effect while its giver is there, or while its holder is absent or recused. A fixed number of statements.
    """
    room = room or room_of(meeting, item)
    held = proxies_in_force(meeting)
    places = electorate_in(meeting) if electorate is None else electorate
    return [_place(place, room, held) for place in places]


def _place(place: Place, room: Room, held: dict[PlaceKey, Proxy]) -> Place:
    there, recused, chair = room.there, room.recused, room.chair
    why_not = recused.get(place.voter) or recused.get(place.person)
    if why_not is not None:
        told = {"en": why_not.reason, "zh": why_not.reason}
        return replace(place, recusal=told, is_present=place.voter in there, is_chair=False)
    if place.voter in there:
        return replace(place, is_present=True, is_chair=chair is not None and place.voter == chair.pk)
    proxy = held.get((place.person, place.organisation))
    # A proxy is of who gave it: it does not bind the alternate who is called in for her.
    ours = proxy is not None and proxy.giver_id == place.voter
    if ours and proxy.holder_id in there and proxy.holder_id not in recused:
        by = in_words(lambda: _("by proxy given to %(holder)s") % {"holder": proxy.holder})
        why = {key: f"{words} · {by.get(key, '')}" for key, words in place.why.items()}
        return replace(place, why=why, voter=proxy.holder_id, by_proxy=True, is_present=True, is_chair=False)
    return replace(place, voter=None, is_present=False, is_chair=False)


def proxies_in_force(meeting: Meeting) -> dict[PlaceKey, Proxy]:
    """Return the accepted proxies of a meeting by the place they are of. One statement."""
    rows = Proxy.objects.filter(meeting=meeting, state="accepted").select_related("holder")
    return {(row.person_id, row.organisation_id): row for row in rows}


def proxies_held(meeting: Meeting, holder: UUID) -> int:
    """Return how many proxies somebody has accepted for a meeting."""
    return Proxy.objects.filter(meeting=meeting, holder=holder, state="accepted").count()


def places_of_person(meeting: Meeting, person: UUID) -> list[Place]:
    """Return the places whose votes a person casts by herself in the body on the day of a meeting."""
    return [place for place in electorate_in(meeting) if place.voter == person]


def places_in_session(ballot: Ballot, now: datetime) -> list[Place] | None:
    """Return the places of a ballot that is opened in a meeting now; None where the body does not meet."""
    meeting = meeting_in_session(ballot, now)
    return None if meeting is None else places_for(meeting)


def presence_in(
    meeting: Meeting, item: AgendaItem | None = None, places: Sequence[Place] | None = None,
    room: Room | None = None,
) -> RoomPresence:  # fmt: skip
    """Return how many are there of how many, and how many must be. Recused places are in none of the numbers."""
    room = room or room_of(meeting, item)
    places = places_for(meeting, item, room=room) if places is None else places
    counted = [place for place in places if place.recusal is None]
    own = [room.there.get(place.voter) for place in counted if place.is_present and not place.by_proxy]
    return RoomPresence(
        entitled=len(counted), in_room=own.count("room"), remote=own.count("remote"),
        by_proxy=sum(place.by_proxy for place in counted), recused=len(places) - len(counted),
        needed=quorum_of(room.procedure).needed(len(counted)),
    )  # fmt: skip


def accounts_of(meeting: Meeting) -> list[UUID]:
    """Return the accounts of those who cast the votes of a body on the day of a meeting, each once."""
    voters = {place.voter for place in electorate_in(meeting) if place.voter}
    people = Person.objects.filter(pk__in=voters, account__isnull=False)
    return list(people.order_by("pk").values_list("account", flat=True))


def proposed_recusals(
    item: AgendaItem, people: Sequence[UUID] | None = None, recused: Mapping[UUID, Recusal] | None = None
) -> list[Proposed]:
    """Return who of those who vote has a relation to the parties of what an item is about, and is not yet recused.

    Relations that bar come first, then those to be shown; each person with the first that was found.
    """
    if item.subject_id is None:
        return []
    meeting = item.meeting
    if people is None:
        people = [place.voter for place in electorate_in(meeting) if place.voter]
    parties = RefParty.objects.filter(ref=item.subject_id).values_list("person_id", "organisation_id")
    about = PartySet(
        item.subject_id, frozenset(p for p, _o in parties if p), frozenset(o for _p, o in parties if o)
    )
    recused = recusals_on(item) if recused is None else recused
    found: dict[UUID, Finding] = {}
    findings = conflict_matrix(people, [about], meeting.day)
    for finding in sorted(findings, key=lambda finding: finding.strength != "bars"):
        if finding.person_id not in recused:
            found.setdefault(finding.person_id, finding)
    who = Person.objects.in_bulk(found)
    return [Proposed(who[person], finding) for person, finding in found.items()]


def speakers_of(item: AgendaItem) -> list[Speech]:
    """Return who speaks, is paused or waits on an item, in that order: points of order first, then as they asked."""
    rows = Speech.objects.filter(item=item, state__in=["speaking", "paused", "waiting"]).select_related(
        "person"
    )
    order = {"speaking": 0, "paused": 1, "waiting": 2}
    return sorted(rows, key=lambda row: (order[row.state], row.stance != Stance.ORDER, row.asked_at, row.pk))


def speech_totals(meeting: Meeting, now: datetime) -> list[tuple[Person, int, timedelta]]:
    """Return who spoke how often and how long, the longest first. One statement."""
    rows = Speech.objects.filter(item__meeting=meeting, started_at__isnull=False).select_related("person")
    found: dict[UUID, tuple[Person, int, timedelta]] = {}
    for row in rows.order_by("started_at"):
        person, times, long = found.get(row.person_id, (row.person, 0, timedelta()))
        length = spoken(row.started_at, row.ended_at, row.paused_at, row.paused, now)
        found[row.person_id] = (person, times + 1, long + length)
    return sorted(found.values(), key=lambda each: -each[2])


def may_attend(actor: Actor, meeting: Meeting) -> bool:
    """Whether somebody has a place, a seat or a service in the body that meets."""
    if actor.person_id is None:
        return False
    if actor.holds_seat_in(meeting.body_id) or actor.has("body.serve", meeting.body_id):
        return True
    return bool(places_of_person(meeting, actor.person_id))


def attendances_in(meeting: Meeting) -> list[Attendance]:
    """Return who is there now, with her name, in the order of names. One statement."""
    rows = Attendance.objects.filter(meeting=meeting, left_at=None).select_related("person")
    return list(rows.order_by("person__sort_key", "pk"))


def proxies_of(meeting: Meeting) -> list[Proxy]:
    """Return the proxies of a meeting that were not declined or taken back. One statement."""
    rows = Proxy.objects.filter(meeting=meeting, state__in=["offered", "accepted"])
    return list(rows.select_related("giver", "holder", "organisation").order_by("created_at"))


def open_ballots_in(meeting: Meeting) -> list[Ballot]:
    """Return the ballots that are open in a meeting. One statement."""
    held = ItemBallot.objects.filter(item__meeting=meeting).values("ballot")
    return list(Ballot.objects.filter(pk__in=held, state="open").select_related("ref", "body"))


def ballots_by_item(meeting: Meeting) -> dict[UUID, list[Ballot]]:
    """Return the ballots that were held in a meeting, by the item. One statement."""
    found: dict[UUID, list[Ballot]] = {}
    rows = ItemBallot.objects.filter(item__meeting=meeting).select_related("ballot__ref", "ballot__result")
    for row in rows.order_by("created_at"):
        found.setdefault(row.item_id, []).append(row.ballot)
    return found
