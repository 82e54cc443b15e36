"""Meetings: the public ones for everybody, and those of my own bodies."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.shapes.basic import Page, answers
from secretariat.doors.api.shapes.meetings import MeetingLine, MeetingWhole, MyMeeting
from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.meetings import queries
from secretariat.governance.meetings.showing import agenda_rows

public = Router(tags=["public"])
mine = Router(tags=["my"])
ORDER = ["-starts_at", "-pk"]


@public.get("/meetings", response=answers(Page[MeetingLine]))
def list_meetings(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """Every public meeting that was called, the latest first."""
    rows = queries.public_meetings()
    return page_of(rows, ORDER, after=after, limit=limit, shape=MeetingLine.of, salt="meetings")


@public.get("/meetings/{number}", response=answers(MeetingWhole, 404))
def read_meeting(request: HttpRequest, number: str) -> Any:
    """A public meeting with the items and papers that everybody may see."""
    meeting = found(queries.public_meetings().filter(ref__number=number).first())
    return MeetingWhole.of_rows(meeting, agenda_rows(Actor(), meeting))


@mine.get("/my/meetings", auth=needing("my.read"), response=answers(Page[MeetingLine], 403))
def list_my_meetings(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """The meetings of the bodies I sit or vote in, the latest first."""
    rows = queries.own_meetings(request.auth, timezone.now())
    return page_of(rows, ORDER, after=after, limit=limit, shape=MeetingLine.of, salt="my-meetings")


@mine.get("/my/meetings/{number}", auth=needing("my.read"), response=answers(MyMeeting, 403, 404))
def read_my_meeting(request: HttpRequest, number: str) -> Any:
    """One of mine with its agenda as I see it, its papers, and who is there."""
    meeting = queries.own_meetings(request.auth, timezone.now()).filter(ref__number=number).first()
    if meeting is None:
        raise Http404
    return MyMeeting.of_mine(meeting, agenda_rows(request.auth, meeting), queries.presence_in(meeting))
