"""Calls as the desk follows them: what was handed in, and how it is read, listed and decided."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from secretariat.doors.api.operations.public import After, Limit, found
from secretariat.doors.api.operations.registry import READS
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.shapes.basic import Listed, Page, answers
from secretariat.doors.api.shapes.judged import (
    AssignmentShape,
    CallOfDesk,
    ConflictShape,
    FrozenList,
    StageShape,
    SubmissionOfDesk,
    SubmissionOfDeskWhole,
)
from secretariat.summit.calls import queries as calls
from secretariat.summit.calls.models import Receipt
from secretariat.summit.review import queries

router = Router(tags=["desk"])
STAGE = "/desk/calls/{key}/stages/{stage}"


@router.get("/desk/calls", auth=READS, response=answers(Listed[CallOfDesk], 403))
def list_calls_of_desk(request: HttpRequest) -> Any:
    """Every call with its numbers, the latest first."""
    return {"items": [CallOfDesk.of(call) for call in calls.calls_counted(request.auth)]}


@router.get("/desk/calls/{key}/submissions", auth=READS, response=answers(Page[SubmissionOfDesk], 403, 404))
def list_submissions(
    request: HttpRequest, key: str, state: str = Query("", max_length=20), topic: str = Query("", max_length=60),
    country: str = Query("", max_length=2, description="Two letters: of the applicant."),
    after: str = After, limit: int = Limit,
) -> Any:  # fmt: skip
    """What was handed in to a call, by number."""
    rows = calls.handed_in(request.auth, calls.call_by_key(key)).defer("draft")
    asked = {"state": state, "topic__key": topic, "organisation__country__alpha2": country.upper()}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    salt = f"submissions:{key}"
    return page_of(rows, ["ref__number"], after=after, limit=limit, shape=SubmissionOfDesk.of, salt=salt)


@router.get("/desk/submissions/{number}", auth=READS, response=answers(SubmissionOfDeskWhole, 403, 404))
def read_submission(request: HttpRequest, number: str) -> Any:
    """One submission with what was handed in last."""
    rows = calls.handed_in(request.auth).select_related("screening", "call")
    row = found(rows.filter(ref__number=number).first())
    receipts = Receipt.objects.filter(version__submission=row).select_related("version")
    content = dict(calls.content_for(request.auth, row, now=timezone.now()))
    return SubmissionOfDeskWhole.of_one(row, content, list(receipts.order_by("version__number")))


@router.get("/desk/calls/{key}/stages", auth=READS, response=answers(Listed[StageShape], 403, 404))
def list_stages(request: HttpRequest, key: str) -> Any:
    """The stages of a call in order, and where each stands."""
    call = queries.get_followed_call(request.auth, key)
    return {"items": [StageShape.of(row) for row in queries.stage_states([call])[call.pk]]}


@router.get(f"{STAGE}/readings", auth=READS, response=answers(Page[AssignmentShape], 403, 404))
def list_readings(
    request: HttpRequest, key: str, stage: str, state: str = Query("", max_length=20), after: str = After,
    limit: int = Limit,
) -> Any:  # fmt: skip
    """Who reads what in a stage, by item; of what is handed in, the scores and words."""
    call = queries.get_followed_call(request.auth, key)
    rows = queries.assignments_of(request.auth, queries.stage_by_key(call, stage))
    rows = rows.filter(state=state) if state else rows
    keys, salt = ["submission__ref__number", "pk"], f"readings:{key}:{stage}"
    return page_of(rows, keys, after=after, limit=limit, shape=AssignmentShape.of, salt=salt)


@router.get(f"{STAGE}/list", auth=READS, response=answers(FrozenList, 403, 404))
def read_list(request: HttpRequest, key: str, stage: str) -> Any:
    """The list of a stage as it was frozen, with the decision on it. Not there before.

    Items you are recused from are left out; then no place and no outcome is told, since they would tell theirs.
    """
    call = queries.get_followed_call(request.auth, key)
    asked = queries.stage_by_key(call, stage)
    ranked = queries.frozen_ranking(asked, recused=queries.recused_on(request.auth, asked))
    return FrozenList.of(key, stage, found(ranked))


@router.get("/desk/calls/{key}/conflicts", auth=READS, response=answers(Page[ConflictShape], 403, 404))
def list_conflicts(
    request: HttpRequest, key: str,
    waiting: bool = Query(False, description="Those that wait for the chair, rather than those resolved."),
    after: str = After, limit: int = Limit,
) -> Any:  # fmt: skip
    """The relations between the committee and the items of a call, by item."""
    call = queries.get_followed_call(request.auth, key)
    recused = queries.recused_items(request.auth, call)
    told = queries.conflicts_of_call(call, waiting=waiting, recused=recused)
    rows = told.select_related("submission__ref", "person__ref")
    keys, salt = ["submission__ref__number", "pk"], f"conflicts:{key}:{waiting}"
    return page_of(rows, keys, after=after, limit=limit, shape=ConflictShape.of, salt=salt)
