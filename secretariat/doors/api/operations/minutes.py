"""Minutes and resolutions: what is published, what is of my bodies, and all of it for the desk."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.operations.registry import READS
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.shapes.basic import Page, answers
from secretariat.doors.api.shapes.minutes import MinutesLine, MinutesWhole, ResolutionLine, ResolutionWhole
from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.minutes import queries
from secretariat.governance.minutes.models import Minutes, Resolution

public = Router(tags=["public"])
my = Router(tags=["my"])
desk = Router(tags=["desk"])
State = Query("", max_length=20)
MINE = needing("my.read")
KEYS = ["ref__number"]


@public.get("/resolutions", response=answers(Page[ResolutionLine]))
def list_resolutions(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """What bodies have resolved and published, by number."""
    rows = queries.published_resolutions()
    return page_of(rows, KEYS, after=after, limit=limit, shape=ResolutionLine.of, salt="resolutions")


@public.get("/resolutions/{number}", response=answers(ResolutionWhole, 404))
def read_resolution(request: HttpRequest, number: str) -> Any:
    """A published resolution with its text, how it was decided, and what becomes of it."""
    row = found(queries.published_resolutions().filter(ref__number=number).first())
    return _resolution(row, inside=False)


@my.get("/my/minutes", auth=MINE, response=answers(Page[MinutesLine], 403))
def list_my_minutes(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """The minutes that were circulated to me or my bodies, by number."""
    rows = queries.own_minutes(request.auth)
    return page_of(rows, KEYS, after=after, limit=limit, shape=MinutesLine.of, salt="my-minutes")


@my.get("/my/minutes/{number}", auth=MINE, response=answers(MinutesWhole, 403, 404))
def read_my_minutes(request: HttpRequest, number: str) -> Any:
    """Minutes of mine with the paragraphs I may see."""
    return _minutes(request.auth, found(queries.own_minutes(request.auth).filter(ref__number=number).first()))


@my.get("/my/resolutions", auth=MINE, response=answers(Page[ResolutionLine], 403))
def list_my_resolutions(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """The resolutions of my bodies and those with an action of mine, by number."""
    rows = queries.own_resolutions(request.auth)
    return page_of(rows, KEYS, after=after, limit=limit, shape=ResolutionLine.of, salt="my-resolutions")


@my.get("/my/resolutions/{number}", auth=MINE, response=answers(ResolutionWhole, 403, 404))
def read_my_resolution(request: HttpRequest, number: str) -> Any:
    """One of them with its text, how it was decided, and its actions."""
    row = found(queries.own_resolutions(request.auth).filter(ref__number=number).first())
    return _resolution(row, inside=True)


@desk.get("/desk/minutes", auth=READS, response=answers(Page[MinutesLine], 403))
def list_minutes(request: HttpRequest, state: str = State, after: str = After, limit: int = Limit) -> Any:
    """Every minutes, by number."""
    rows = queries.visible_minutes(request.auth)
    rows = rows.filter(state=state) if state else rows
    return page_of(rows, KEYS, after=after, limit=limit, shape=MinutesLine.of, salt=f"minutes:{state}")


@desk.get("/desk/minutes/{number}", auth=READS, response=answers(MinutesWhole, 403, 404))
def read_minutes(request: HttpRequest, number: str) -> Any:
    """Minutes with their paragraphs."""
    return _minutes(
        request.auth, found(queries.visible_minutes(request.auth).filter(ref__number=number).first())
    )


@desk.get("/desk/resolutions", auth=READS, response=answers(Page[ResolutionLine], 403))
def list_resolutions_of_desk(
    request: HttpRequest, year: int | None = None, after: str = After, limit: int = Limit
) -> Any:
    """The register, by number. An action is set as a task (`POST /desk/tasks`) that comes from the resolution."""
    rows = queries.visible_resolutions(request.auth)
    rows = rows.filter(year=year) if year is not None else rows
    salt = f"desk-resolutions:{year}"
    return page_of(rows, KEYS, after=after, limit=limit, shape=ResolutionLine.of, salt=salt)


@desk.get("/desk/resolutions/{number}", auth=READS, response=answers(ResolutionWhole, 403, 404))
def read_resolution_of_desk(request: HttpRequest, number: str) -> Any:
    """A resolution with its text, how it was decided, and its actions."""
    row = found(queries.visible_resolutions(request.auth).filter(ref__number=number).first())
    return _resolution(row, inside=True)


def _minutes(actor: Actor, row: Minutes) -> MinutesWhole:
    return MinutesWhole.of_one(row, queries.paragraphs_seen_by(actor, row))


def _resolution(row: Resolution, *, inside: bool) -> ResolutionWhole:
    return ResolutionWhole.of_one(row, queries.actions_of(row), inside=inside)
