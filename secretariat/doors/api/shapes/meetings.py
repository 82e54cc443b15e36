"""Meetings as programs read them: when and where, the agenda, the papers; of the room only numbers."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from ninja import Field, Schema

from secretariat.doors.api.shapes.basic import Words
from secretariat.governance.meetings.models import Meeting, Paper
from secretariat.governance.meetings.queries import RoomPresence
from secretariat.governance.meetings.showing import Row


class MeetingLine(Schema):
    """A meeting: of whom, when, how and where."""

    number: str
    title: Words
    body: str = Field(description="The number of the body that meets.")
    body_name: Words
    state: str
    starts_at: datetime
    ends_at: datetime
    zone: str = Field(description="The time zone of its place.")
    how: str = Field(description="`room`, `hybrid` or `remote`.")
    place: str

    @classmethod
    def of(cls, meeting: Meeting) -> Self:
        return cls(**_line(meeting))


class PaperShape(Schema):
    """A paper and the languages it was handed in in; a withdrawn one keeps its number."""

    number: int
    title: Words
    is_late: bool
    is_withdrawn: bool
    files: dict[str, UUID] = Field(description="The file of the latest version, by language.")

    @classmethod
    def of(cls, paper: Paper) -> Self:
        files = {} if paper.withdrawn else {version.language: version.file_id for version in paper.read}
        return cls(
            number=paper.number, title=Words.of(paper, "title"), is_late=paper.is_late,
            is_withdrawn=bool(paper.withdrawn), files=files,
        )  # fmt: skip


class ItemShape(Schema):
    """An item of an agenda in its place. What is hidden from the reader leaves a gap in the numbers."""

    number: str = Field(description="`1`, `1.1`, `2`.")
    title: Words
    purpose: str
    minutes: int | None
    state: str
    about: str | None = Field(description="The number of the thing it is about.")
    ballots: list[str] = Field(description="The numbers of the ballots held on it.")
    papers: list[PaperShape]

    @classmethod
    def of(cls, row: Row) -> Self:
        item = row.item
        return cls(
            number=row.line.number, title=Words.of(item, "title"), purpose=item.purpose, minutes=item.minutes,
            state=item.state, about=item.subject.number if item.subject else None,
            ballots=[ballot.ref.number for ballot in row.ballots], papers=[PaperShape.of(p) for p in row.papers],
        )  # fmt: skip


class MeetingWhole(MeetingLine):
    """A meeting with its agenda."""

    short_notice: str = Field(description="Why the notice was short; empty where it was kept.")
    agenda: list[ItemShape]

    @classmethod
    def of_rows(cls, meeting: Meeting, rows: list[Row]) -> Self:
        return cls(
            **_line(meeting), short_notice=meeting.short_notice, agenda=[ItemShape.of(row) for row in rows]
        )


class RoomShape(Schema):
    """Who is there, in heads of those who may vote; whoever is recused on the current item is in no number."""

    entitled: int
    in_room: int
    remote: int
    by_proxy: int
    needed: int = Field(description="How many must be there.")
    has_quorum: bool


class MyMeeting(MeetingWhole):
    """A meeting of mine, with how one comes in at a distance and who is there."""

    link: str
    room: RoomShape

    @classmethod
    def of_mine(cls, meeting: Meeting, rows: list[Row], presence: RoomPresence) -> Self:
        names = ("entitled", "in_room", "remote", "by_proxy", "needed", "has_quorum")
        whole = MeetingWhole.of_rows(meeting, rows).dict()
        room = RoomShape(**{name: getattr(presence, name) for name in names})
        return cls(**whole, link=meeting.link, room=room)


def _line(meeting: Meeting) -> dict[str, Any]:
    plain = ("state", "starts_at", "ends_at", "zone", "how", "place")
    return {
        "number": meeting.ref.number, "title": Words.of(meeting, "title"), "body": meeting.body.ref.number,
        "body_name": Words.of(meeting.body, "name"), **{name: getattr(meeting, name) for name in plain},
    }  # fmt: skip
