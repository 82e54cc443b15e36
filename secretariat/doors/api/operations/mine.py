"""What is mine: my submissions, and those of whom I represent. Each write is the action the page would call."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Status

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.public import After, Limit
from secretariat.doors.api.paging import page_of
from secretariat.doors.api.problems import Refused, invalid
from secretariat.doors.api.shapes.basic import Page, answers
from secretariat.doors.api.shapes.mine import (
    Beginning,
    Draft,
    Reason,
    ReceiptShape,
    SubmissionLine,
    SubmissionWhole,
)
from secretariat.foundation.accounts.actor import Actor, require
from secretariat.foundation.audit.ids import uuid7
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.people.models import Person
from secretariat.summit.calls import actions, queries
from secretariat.summit.calls.models import Submission

router = Router(tags=["my"])
TAG = re.compile(r'"(\d{1,9})\.\d+\.[a-z_]+"')


def tag_of(row: Submission) -> str:
    """Return the entity tag of a submission: whatever changes of it changes one of these."""
    return f'"{row.revision}.{row.version}.{row.state}"'


def told(row: Submission, response: HttpResponse) -> SubmissionWhole:
    response["ETag"] = tag_of(row)
    return SubmissionWhole.of_one(row)


@router.get("/my/submissions", auth=needing("my.read"), response=answers(Page[SubmissionLine], 403))
def list_my_submissions(request: HttpRequest, after: str = After, limit: int = Limit) -> Any:
    """What I, or an organisation I represent, have begun or handed in; the latest call first."""
    rows = queries.mine(request.auth).defer("draft")
    keys = ["-call__opens_at", "ref__number"]
    return page_of(rows, keys, after=after, limit=limit, shape=SubmissionLine.of, salt="my-submissions")


@router.get("/my/submissions/{number}", auth=needing("my.read"), response=answers(SubmissionWhole, 403, 404))
def read_my_submission(request: HttpRequest, response: HttpResponse, number: str) -> Any:
    """One of mine with its draft and receipts. Its `ETag` is what `If-Match` asks for when the draft is saved."""
    return told(queries.get_own_submission(request.auth, number), response)


@router.post(
    "/my/submissions", auth=needing("my.write"), response=answers(SubmissionWhole, 403, 404, 409, status=201)
)
def start_my_submission(request: HttpRequest, response: HttpResponse, beginning: Beginning) -> Any:
    """Begin to answer an open call. Beginning again before a word is written is the same beginning."""
    actor, now = request.auth, timezone.now()
    person = Person.objects.filter(pk=actor.person_id).first()
    require(person is not None, _("answer this call"))
    row = actions.start_submission(
        call=queries.call_for_applicants(beginning.call), organisation=_organisation(actor, beginning.organisation),
        person=person, actor=actor, now=now,
    )  # fmt: skip
    return Status(201, told(queries.get_own_submission(actor, row.ref.number), response))


def _organisation(actor: Actor, number: str | None) -> Organisation | None:
    if number is None:
        return None
    mine = queries.applies_for(actor, timezone.now().date())
    found = Organisation.objects.filter(pk__in=mine, ref__number=number).first()
    if found is None:
        raise invalid("organisation", "yours", _("There is no such thing, or it is not yours to see."))
    return found


@router.put(
    "/my/submissions/{number}/draft", auth=needing("my.write"),
    response=answers(SubmissionWhole, 403, 404, 409, 412),
)  # fmt: skip
def save_my_draft(request: HttpRequest, response: HttpResponse, number: str, draft: Draft) -> Any:
    """Save the draft as a whole. Files are handed in on the page; here they stay as they are, whatever is sent."""
    row = queries.get_own_submission(request.auth, number)
    revision = row.revision
    if (given := request.headers.get("If-Match", "*")) != "*":
        if (tag := TAG.fullmatch(given)) is None:
            raise Refused("changed-meanwhile", _("This is not an entity tag of this thing."))
        revision = int(tag[1])
    files = {spec.key for spec in queries.field_specs(row.call) if spec.kind == "file"}
    content = {key: value for key, value in draft.content.items() if key not in files}
    content |= {key: row.draft[key] for key in files & set(row.draft)}
    # A writer of its own for each saving: nobody's open page is taken for this one.
    actions.save_draft(
        submission=row, content=content, actor=request.auth, now=timezone.now(),
        seen=actions.Seen(revision, uuid7()),
    )  # fmt: skip
    return told(queries.get_own_submission(request.auth, number), response)


@router.post(
    "/my/submissions/{number}/submit", auth=needing("my.write"), response=answers(ReceiptShape, 403, 404, 409)
)
def submit_my_submission(request: HttpRequest, number: str) -> Any:
    """Hand in the draft as a new version. The same text again is no second version: its receipt comes again."""
    row = queries.get_own_submission(request.auth, number)
    return ReceiptShape.of(actions.submit(submission=row, actor=request.auth, now=timezone.now()))


@router.post(
    "/my/submissions/{number}/withdraw", auth=needing("my.write"),
    response=answers(SubmissionWhole, 403, 404, 409),
)  # fmt: skip
def withdraw_my_submission(request: HttpRequest, response: HttpResponse, number: str, said: Reason) -> Any:
    """Take a submission back. It stays in the record."""
    row = queries.get_own_submission(request.auth, number)
    actions.withdraw(submission=row, reason=said.reason, actor=request.auth, now=timezone.now())
    return told(queries.get_own_submission(request.auth, number), response)
