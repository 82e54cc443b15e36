"""A meeting as pages draw it: the agenda with its papers, who is there, who speaks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.audit.words import in_words
from secretariat.governance.ballots.logic import Place
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.meetings import queries
from secretariat.governance.meetings.logic import Line, notice_lacking, spoken
from secretariat.governance.meetings.models import AgendaItem, Meeting, Paper, Speech
from secretariat.governance.meetings.queries import Room, RoomPresence
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Person
from secretariat.registry.people.timeline import Event


@dataclass(frozen=True)
class Row:
    """An item on a page: its line of the agenda, its papers and the ballots held on it."""

    line: Line[AgendaItem]
    papers: list[Paper] = field(default_factory=list)
    ballots: list[Ballot] = field(default_factory=list)

    @property
    def item(self) -> AgendaItem:
        return self.line.item


def agenda_rows(actor: Any, meeting: Meeting, may_run: bool | None = None) -> list[Row]:
    """Return the agenda as an actor sees it."""
    lines = queries.agenda_seen_by(actor, meeting, may_run)
    papers: dict[UUID, list[Paper]] = {}
    for paper in queries.papers_seen_by(actor, meeting, lines):
        papers.setdefault(paper.item_id, []).append(paper)
    ballots = queries.ballots_by_item(meeting) if meeting.opened_at else {}
    return [Row(line, papers.get(line.item.pk, []), ballots.get(line.item.pk, [])) for line in lines]


@dataclass(frozen=True)
class Bar:
    """One part of those who are there, and where it stands on a bar a hundred wide."""

    kind: str
    start: str
    length: str


@dataclass(frozen=True)
class Quorum:
    """Who is there against who must be, drawn."""

    presence: RoomPresence
    bars: list[Bar]
    needed_at: str


def quorum_of(presence: RoomPresence) -> Quorum:
    """Return who is there as a bar of all who may vote, with the line that must be reached."""
    whole, start, bars = max(1, presence.entitled), 0, []
    for kind in ("in_room", "remote", "by_proxy"):
        share = getattr(presence, kind)
        bars.append(Bar(kind, _percent(start, whole), _percent(share, whole)))
        start += share
    return Quorum(presence, bars, _percent(min(presence.needed, whole), whole))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.3f}%"


@dataclass(frozen=True)
class Speaking:
    """A speech as it stands: seconds spoken so far, and those left of the time given."""

    speech: Speech
    seconds: int

    @property
    def is_over(self) -> bool:
        return self.speech.limit is not None and self.seconds > self.speech.limit

    @property
    def clock(self) -> str:
        return f"{self.seconds // 60}:{self.seconds % 60:02d}"

    @property
    def limit(self) -> str:
        limit = self.speech.limit or 0
        return f"{limit // 60}:{limit % 60:02d}"


def speaking_on(item: AgendaItem | None, now: datetime) -> list[Speaking]:
    """Return the list of speakers of an item with their time."""
    if item is None:
        return []
    return [
        Speaking(s, round(spoken(s.started_at, s.ended_at, s.paused_at, s.paused, now).total_seconds()))
        for s in queries.speakers_of(item)
    ]


@dataclass(frozen=True)
class Seated:
    """A place as the attendance shows it: whose it is, who votes by herself, and how it stands now."""

    holder: Any
    voter: Person | None
    place: Place
    mode: str = ""


def seated_in(room: Room, electorate: Sequence[Place], places: Sequence[Place]) -> list[Seated]:
    """Return every place with its names. Two statements."""
    people = Person.objects.select_related("ref").in_bulk(
        {key for place in electorate for key in (place.person, place.voter) if key}
    )
    organisations = Organisation.objects.in_bulk({p.organisation for p in electorate if p.organisation})
    return [
        Seated(
            organisations.get(own.organisation) or people.get(own.person), people.get(own.voter), now,
            room.there.get(own.voter, ""),
        )
        for own, now in zip(electorate, places, strict=True)
    ]  # fmt: skip


def notice_of(room: Room, now: datetime) -> dict[str, Any]:
    """Return how the notice of a meeting stands: the days the rules ask for, and those missing."""
    meeting, days = room.meeting, room.procedure.notice_days
    given = meeting.convened_at or now
    return {"days": days, "lacking": notice_lacking(meeting.day_of(given), meeting.day, days)}


# What fills the record of a meeting without being looked for on its page: the minutes are made of it.
SMALL = ("person_", "floor_", "speakers_", "item_moved", "item_changed", "item_added")


def record_of(meeting: Meeting, most: int = 15) -> list[Event]:
    """Return the latest of what happened in a meeting, as lines of a timeline, without the coming and going."""
    happened = [one for one in queries.events_of(meeting) if not one.what.startswith(SMALL)]
    return [
        Event(
            one.at, in_words(one.what), one.by,
            " · ".join(filter(None, [one.who, one.item and _("item %(number)s") % {"number": one.item},
                                     str(one.detail.get("reason") or "")])),
        )
        for one in reversed(happened[-most:])
    ]  # fmt: skip
