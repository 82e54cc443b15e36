"""Questions to committees that advise: the opinions that were published, mine, and all of it for the desk."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.operations.registry import READS
from secretariat.doors.api.operations.work import RUNS, known
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.problems import naming
from secretariat.doors.api.shapes.advice import (
    AdviceLine,
    AdviceWhole,
    Asking,
    Contributing,
    OpinionGiven,
    OpinionLine,
    OpinionWhole,
    Withdrawing,
)
from secretariat.doors.api.shapes.basic import Page, answers
from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.advice import actions, queries
from secretariat.governance.advice.models import AdviceRequest
from secretariat.governance.bodies.models import Body

router = Router(tags=["public"])
my = Router(tags=["my"])
desk = Router(tags=["desk"])
KEYS = ["ref__number"]
MINE, AT_DESK = "/my/advice/{number}", "/desk/advice/{number}"
State = Query("", max_length=20)


@router.get("/opinions", response=answers(Page[OpinionLine]))
def list_opinions(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """The opinions that were published, by number."""
    rows = queries.published_opinions()
    return page_of(rows, KEYS, after=after, limit=limit, shape=OpinionLine.of, salt="opinions")


@router.get("/opinions/{number}", response=answers(OpinionWhole, 404))
def read_opinion(request: HttpRequest, number: str) -> Any:
    """One opinion with its text and the dissent noted with it."""
    return OpinionWhole.of_one(found(queries.published_opinions().filter(ref__number=number).first()))


@my.get("/my/advice", auth=needing("my.read"), response=answers(Page[AdviceLine], 403))
def list_my_advice(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """The questions to my committees and of my bodies, by number."""
    rows = queries.visible_requests(request.auth)
    return page_of(rows, KEYS, after=after, limit=limit, shape=AdviceLine.of, salt="my-advice")


@my.get(MINE, auth=needing("my.read"), response=answers(AdviceWhole, 403, 404))
def read_my_advice(request: HttpRequest, number: str) -> Any:
    """One of them with its papers, its opinion, and, for the committee, what members said."""
    return _whole(request.auth, number)


@my.put(f"{MINE}/contribution", auth=needing("my.write"), response=answers(AdviceWhole, 403, 404, 409))
def contribute_to_advice(request: HttpRequest, number: str, said: Contributing) -> Any:
    """Say what I think as a member of the committee, or say it anew; in person, so no token does it."""
    with naming("text", "said"):
        actions.contribute(advice=_get(request.auth, number), text=said.text, **_who(request))
    return _whole(request.auth, number)


@my.post(f"{MINE}/opinion", auth=needing("my.write"), response=answers(AdviceWhole, 403, 404, 409))
def adopt_advice(request: HttpRequest, number: str, given: OpinionGiven) -> Any:
    """Adopt the one opinion as the chair of the committee; in person, so no token does it."""
    with naming("opinion", "languages"):
        actions.adopt_opinion(
            advice=_get(request.auth, number), opinion_en=given.opinion.en, opinion_zh=given.opinion.zh,
            dissent_en=given.dissent.en, dissent_zh=given.dissent.zh, **_who(request),
        )  # fmt: skip
    return _whole(request.auth, number)


@desk.get("/desk/advice", auth=READS, response=answers(Page[AdviceLine], 403))
def list_advice(request: HttpRequest, state: str = State, after: str = After, limit: int = Limit) -> Any:
    """Every request for advice, by number."""
    rows = queries.visible_requests(request.auth)
    rows = rows.filter(state=state) if state else rows
    return page_of(rows, KEYS, after=after, limit=limit, shape=AdviceLine.of, salt=f"advice:{state}")


@desk.get(AT_DESK, auth=READS, response=answers(AdviceWhole, 403, 404))
def read_advice(request: HttpRequest, number: str) -> Any:
    """One request with its papers, what members said, and the opinion."""
    return _whole(request.auth, number)


@desk.post("/desk/advice", auth=RUNS, response=answers(AdviceWhole, 403, 409, status=201))
def ask_advice(request: HttpRequest, asking: Asking) -> Any:
    """Ask a committee that advises, for a body or for the secretariat."""
    committee = known(_body(asking.committee), "committee")
    asked_by = known(_body(asking.asked_by), "asked_by") if asking.asked_by else None
    with naming("committee", "asked"):
        made = actions.ask_advice(
            committee=committee, asked_by=asked_by, question_en=asking.question.en, question_zh=asking.question.zh,
            background=asking.background, due_on=asking.wanted_by, **_who(request),
        )  # fmt: skip
    return Status(201, _whole(request.auth, made.ref.number))


@desk.post(f"{AT_DESK}/publish", auth=RUNS, response=answers(AdviceWhole, 403, 404, 409))
def publish_advice(request: HttpRequest, number: str) -> Any:
    """Let everybody read the opinion that was adopted."""
    actions.publish_opinion(advice=_get(request.auth, number), **_who(request))
    return _whole(request.auth, number)


@desk.post(f"{AT_DESK}/withdraw", auth=RUNS, response=answers(AdviceWhole, 403, 404, 409))
def withdraw_advice(request: HttpRequest, number: str, said: Withdrawing) -> Any:
    """Take a question back before its opinion is adopted, with a reason."""
    with naming("reason", "given"):
        actions.withdraw_request(advice=_get(request.auth, number), reason=said.reason, **_who(request))
    return _whole(request.auth, number)


def _get(actor: Actor, number: str) -> AdviceRequest:
    return found(queries.visible_requests(actor).filter(ref__number=number).first())


def _whole(actor: Actor, number: str) -> AdviceWhole:
    row = _get(actor, number)
    return AdviceWhole.of_one(row, queries.papers_of(row), queries.contributions_for(actor, row))


def _body(number: str) -> Body | None:
    return Body.objects.filter(ref__number=number).first()


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.auth, "now": timezone.now()}
