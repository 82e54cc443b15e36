"""Motions and ballots: what is published, what concerns me, and all of it for the desk."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.operations.registry import READS
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.shapes.basic import Page, answers
from secretariat.doors.api.shapes.governance import BallotLine, MotionLine, MotionWhole
from secretariat.governance.ballots import queries as ballots
from secretariat.governance.motions import queries as motions
from secretariat.governance.motions.models import Motion

router = Router(tags=["public"])
my = Router(tags=["my"])
desk = Router(tags=["desk"])
State = Query("", max_length=20)


@router.get("/motions", response=answers(Page[MotionLine]))
def list_motions(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """What bodies have adopted and published, by number."""
    rows = motions.published_motions()
    return page_of(rows, ["ref__number"], after=after, limit=limit, shape=MotionLine.of, salt="motions")


@router.get("/motions/{number}", response=answers(MotionWhole, 404))
def read_motion(request: HttpRequest, number: str) -> Any:
    """An adopted motion with every version of its text and the amendments to it."""
    return _whole(found(motions.published_motions().filter(ref__number=number).first()))


@my.get("/my/motions", auth=needing("my.read"), response=answers(Page[MotionLine], 403))
def list_my_motions(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """The motions of my bodies, by number."""
    rows = motions.visible_motions(request.auth, timezone.localdate())
    return page_of(rows, ["ref__number"], after=after, limit=limit, shape=MotionLine.of, salt="my-motions")


@my.get("/my/ballots", auth=needing("my.read"), response=answers(Page[BallotLine], 403))
def list_my_ballots(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """The ballots on whose roll I vote, by number. No program votes."""
    rows = ballots.visible_ballots(request.auth).select_related("result")
    rows = rows.filter(roll__voter=request.auth.person_id).distinct()
    return page_of(rows, ["ref__number"], after=after, limit=limit, shape=BallotLine.of, salt="my-ballots")


@desk.get("/desk/motions", auth=READS, response=answers(Page[MotionLine], 403))
def list_motions_of_desk(
    request: HttpRequest, state: str = State, after: str = After, limit: int = Limit
) -> Any:
    """Every motion that was submitted, by number."""
    rows = motions.visible_motions(request.auth, timezone.localdate())
    rows = rows.filter(state=state) if state else rows
    salt = f"desk-motions:{state}"
    return page_of(rows, ["ref__number"], after=after, limit=limit, shape=MotionLine.of, salt=salt)


@desk.get("/desk/motions/{number}", auth=READS, response=answers(MotionWhole, 403, 404))
def read_motion_of_desk(request: HttpRequest, number: str) -> Any:
    """One motion with every version of its text and the amendments to it."""
    rows = motions.visible_motions(request.auth, timezone.localdate())
    return _whole(found(rows.filter(ref__number=number).first()))


@desk.get("/desk/ballots", auth=READS, response=answers(Page[BallotLine], 403))
def list_ballots(request: HttpRequest, state: str = State, after: str = After, limit: int = Limit) -> Any:
    """Every question that was put to a body, by number."""
    rows = ballots.visible_ballots(request.auth).select_related("result")
    rows = rows.filter(state=state) if state else rows
    salt = f"ballots:{state}"
    return page_of(rows, ["ref__number"], after=after, limit=limit, shape=BallotLine.of, salt=salt)


@desk.get("/desk/ballots/{number}", auth=READS, response=answers(BallotLine, 403, 404))
def read_ballot(request: HttpRequest, number: str) -> Any:
    """One ballot with its rules and its result."""
    rows = ballots.visible_ballots(request.auth).select_related("result")
    return BallotLine.of(found(rows.filter(ref__number=number).first()))


def _whole(row: Motion) -> MotionWhole:
    return MotionWhole.of_one(row, motions.versions_of(row), motions.amendments_of(row))
