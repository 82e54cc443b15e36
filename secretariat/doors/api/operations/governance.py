"""Motions and ballots: what is published, what concerns me, and all of it for the desk."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.operations.registry import READS
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.problems import invalid, naming
from secretariat.doors.api.shapes.basic import Page, answers
from secretariat.doors.api.shapes.governance import (
    BallotAct,
    BallotActing,
    BallotLine,
    BallotWhole,
    MotionLine,
    MotionWhole,
    Voting,
)
from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots import actions
from secretariat.governance.ballots import queries as ballots
from secretariat.governance.ballots.electorate import places_of
from secretariat.governance.ballots.subjects import subject_of
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


@my.get("/my/motions/{number}", auth=needing("my.read"), response=answers(MotionWhole, 403, 404))
def read_my_motion(request: HttpRequest, number: str) -> Any:
    """A motion of one of my bodies with every version of its text and the amendments to it."""
    rows = motions.visible_motions(request.auth, timezone.localdate())
    return _whole(found(rows.filter(ref__number=number).first()))


@my.get("/my/ballots", auth=needing("my.read"), response=answers(Page[BallotLine], 403))
def list_my_ballots(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """The ballots on whose roll I vote, by number. No program votes."""
    rows = ballots.visible_ballots(request.auth).select_related("result")
    rows = rows.filter(roll__voter=request.auth.person_id).distinct()
    return page_of(rows, ["ref__number"], after=after, limit=limit, shape=BallotLine.of, salt="my-ballots")


@my.get("/my/ballots/{number}", auth=needing("my.read"), response=answers(BallotWhole, 403, 404))
def read_my_ballot(request: HttpRequest, number: str) -> Any:
    """A ballot in which I vote: what it is about, and each vote that is mine to cast, with what I said."""
    return _mine(request.auth, number)


def _mine(actor: Actor, number: str) -> BallotWhole:
    rows = (
        ballots.visible_ballots(actor).select_related("result").filter(roll__voter=actor.person_id).distinct()
    )
    row = found(rows.filter(ref__number=number).first())
    lines = ballots.lines_of(row, actor.person_id)
    said = {vote.line_id: vote for vote in ballots.latest_votes(row).filter(line__in=lines)}
    return BallotWhole.of_one(row, subject_of(row), [(line, said.get(line.pk)) for line in lines])


@my.post("/my/ballots/{number}/votes", auth=needing("my.write"), response=answers(BallotWhole, 403, 404, 409))
def vote(request: HttpRequest, number: str, said: Voting) -> Any:
    """Cast a vote of mine, in person: with the session of a browser. No access token votes, whatever its scopes."""
    line = found(ballots.line_to_cast(request.auth, number, said.position))
    with naming("choice", "possible"):
        actions.cast_vote(
            line=line, choice=said.choice, reason=said.reason, actor=request.auth, now=timezone.now()
        )
    return _mine(request.auth, number)


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


@desk.post(
    "/desk/ballots/{number}/{act}", auth=needing("desk.run"), response=answers(BallotLine, 403, 404, 409)
)
def act_on_ballot(request: HttpRequest, number: str, act: BallotAct, said: BallotActing) -> Any:
    """Open a ballot with the roll of today, count hands, give it more time, cancel it, or close and count it."""
    row, now = found(ballots.visible_ballots(request.auth).filter(ref__number=number).first()), timezone.now()
    given = {"ballot": row, "actor": request.auth, "now": now}
    with naming("act", "possible"):
        match act:
            case "open":
                actions.open_ballot(places=places_of(row, now), **given)
            case "hands":
                actions.count_hands(yes=said.yes, no=said.no, abstain=said.abstain, **given)
            case "extend":
                if said.closes_at is None:
                    raise invalid("closes_at", "required", _("This must not be empty."))
                actions.extend_ballot(closes_at=said.closes_at, reason=said.reason, **given)
            case "cancel":
                actions.cancel_ballot(reason=said.reason, **given)
            case "close":
                actions.close_ballot(casting=said.casting, **given)
    return read_ballot(request, number)


def _whole(row: Motion) -> MotionWhole:
    return MotionWhole.of_one(row, motions.versions_of(row), motions.amendments_of(row))
