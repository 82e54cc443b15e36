"""What is mine to judge, in person: declarations, the queue, a reading with its draft, and handing it in."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router

from secretariat.doors.api.entering import needing
from secretariat.doors.api.problems import Refused, naming
from secretariat.doors.api.shapes.basic import Listed, Words, answers
from secretariat.doors.api.shapes.reviewing import (
    Aside,
    CallToJudge,
    DeclarationWhole,
    Declaring,
    ItemToJudge,
    Judgement,
    ReadingLine,
    ReadingWhole,
    Relation,
)
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files.models import File
from secretariat.summit.calls.queries import content_for
from secretariat.summit.review import actions, queries
from secretariat.summit.review.models import Assignment

router = Router(tags=["my"])
READING = "/my/readings/{call}/{stage}/{number}"
TAG = re.compile(r'"(\d{1,17})\.[a-z]+"')
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@router.get("/my/declarations", auth=needing("my.read"), response=answers(Listed[CallToJudge], 403))
def list_my_declarations(request: HttpRequest) -> Any:
    """The calls that a committee of mine judges now; whoever has not gone through the items and signed reads none."""
    return {"items": [CallToJudge.of(call) for call in queries.calls_to_judge(request.auth)]}


@router.get("/my/declarations/{call}", auth=needing("my.read"), response=answers(DeclarationWhole, 403, 404))
def read_my_declaration(request: HttpRequest, call: str) -> Any:
    """The items of a call that I have to go through, and what stands between me and some of them."""
    found = queries.get_call_to_judge(request.auth, call)
    return DeclarationWhole(
        **CallToJudge.of(found).dict(), undertaking=Words(**found.undertaking),
        undertaking_digest=found.undertaking_digest,
        items=[ItemToJudge.of(item) for item in queries.items_to_judge(found)],
        relations=[Relation.of(row) for row in queries.my_relations(request.auth, found)],
    )  # fmt: skip


@router.post(
    "/my/declarations/{call}", auth=needing("my.write"), response=answers(DeclarationWhole, 403, 404, 409)
)
def declare(request: HttpRequest, call: str, declaring: Declaring) -> Any:
    """Say of all items of a call that I have gone through them and from which I stand aside, and sign."""
    found = queries.get_call_to_judge(request.auth, call)
    with naming("aside", "reason"):
        actions.declare_conflicts(
            call=found, reasons=declaring.aside, signs=declaring.undertaking, actor=request.auth,
            now=timezone.now(),
        )  # fmt: skip
    return read_my_declaration(request, call)


@router.get("/my/readings", auth=needing("my.read"), response=answers(Listed[ReadingLine], 403))
def list_my_readings(
    request: HttpRequest, call: str = Query("", max_length=60),
    state: str = Query("", max_length=20, description="`assigned` or `done`."),
) -> Any:  # fmt: skip
    """What is mine to read, in my own order, drawn by lot; what I have handed in stands last in its stage."""
    rows = [row for queue in queries.my_queues(request.auth) for row in (*queue.waiting, *queue.done)]
    return {
        "items": [
            ReadingLine.of(row) for row in rows
            if call in ("", row.stage.call.key) and state in ("", row.state)
        ]
    }  # fmt: skip


@router.get(READING, auth=needing("my.read"), response=answers(ReadingWhole, 403, 404, 409))
def read_my_reading(request: HttpRequest, response: HttpResponse, call: str, stage: str, number: str) -> Any:
    """An item as its reader sees it, with my draft. Its `ETag` is what `If-Match` asks for when the draft is saved."""
    return told(queries.get_reading(request.auth, call, stage, number), request.auth, response)


@router.put(f"{READING}/draft", auth=needing("my.write"), response=answers(ReadingWhole, 403, 404, 409, 412))
def save_my_review(
    request: HttpRequest, response: HttpResponse, call: str, stage: str, number: str, judgement: Judgement
) -> Any:  # fmt: skip
    """Keep what I have so far, for me alone. It takes the place of the draft as it stands."""
    row = queries.get_reading(request.auth, call, stage, number)
    with naming("scores", "scale"):
        actions.save_review_draft(
            assignment=row, **judgement.dict(), actor=request.auth, now=timezone.now(), seen=_seen(request)
        )
    return told(queries.get_reading(request.auth, call, stage, number), request.auth, response)


@router.post(f"{READING}/hand-in", auth=needing("my.write"), response=answers(ReadingWhole, 403, 404, 409))
def hand_in_my_review(
    request: HttpRequest, response: HttpResponse, call: str, stage: str, number: str, judgement: Judgement
) -> Any:  # fmt: skip
    """Hand in my review: a score for each criterion, and words. It is not changed afterwards."""
    row = queries.get_reading(request.auth, call, stage, number)
    with naming("scores", "scale"):
        actions.hand_in_review(assignment=row, **judgement.dict(), actor=request.auth, now=timezone.now())
    return told(queries.get_reading(request.auth, call, stage, number), request.auth, response)


@router.post(f"{READING}/step-aside", auth=needing("my.write"), response=answers(Relation, 403, 404, 409))
def step_aside(request: HttpRequest, call: str, stage: str, number: str, aside: Aside) -> Any:
    """Declare that I may not judge an item after all: it leaves my queue at once."""
    row = queries.get_reading(request.auth, call, stage, number)
    declared = actions.declare_conflict(
        submission=row.submission, explanation=aside.reason, actor=request.auth, now=timezone.now()
    )
    return Relation.of(declared)


def told(row: Assignment, actor: Actor, response: HttpResponse) -> ReadingWhole:
    response["ETag"] = tag_of(row)
    item = row.submission
    # What a reader may see of it; that she may see more elsewhere does not count here.
    content = dict(content_for(Actor(actor.account_id), item, reviewer=True, now=timezone.now()))
    attached = list(item.attachments.values_list("file", flat=True))
    files = File.objects.filter(pk__in=set(queries.files_of_readers(actor, attached))).order_by("pk")
    criteria = list(row.stage.call.criterions.order_by("position"))
    return ReadingWhole.of_one(row, content, list(files), criteria)


def tag_of(row: Assignment) -> str:
    """Return the entity tag of a reading: the moment its draft was saved, and its state."""
    draft = getattr(row, "draft", None)
    saved = (draft.saved_at - BEGINNING) // timedelta(microseconds=1) if draft else 0
    return f'"{saved}.{row.state}"'


def _seen(request: HttpRequest) -> datetime | None:
    """The moment of the draft that was read; None where it does not matter."""
    if (given := request.headers.get("If-Match", "*")) == "*":
        return None
    if (tag := TAG.fullmatch(given)) is None:
        raise Refused("changed-meanwhile", _("This is not an entity tag of this thing."))
    return BEGINNING + timedelta(microseconds=int(tag[1]))
