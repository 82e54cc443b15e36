"""Opinions that were published."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.shapes.advice import OpinionLine, OpinionWhole
from secretariat.doors.api.shapes.basic import Page, answers
from secretariat.governance.advice.queries import published_opinions

router = Router(tags=["public"])


@router.get("/opinions", response=answers(Page[OpinionLine]))
def list_opinions(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """The opinions that were published, by number."""
    rows = published_opinions()
    return page_of(rows, ["ref__number"], after=after, limit=limit, shape=OpinionLine.of, salt="opinions")


@router.get("/opinions/{number}", response=answers(OpinionWhole, 404))
def read_opinion(request: HttpRequest, number: str) -> Any:
    """One opinion with its text and the dissent noted with it."""
    return OpinionWhole.of_one(found(published_opinions().filter(ref__number=number).first()))
