"""What every view of calls begins with: the object the reader may see, or 404; and refusals told in words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from secretariat.foundation.accounts.actor import REFUSALS, Actor, NotAllowed, WrongState
from secretariat.summit.calls import queries
from secretariat.summit.calls.models import Approval, Call, Submission

View = Callable[..., HttpResponse]


def own_submission(request: HttpRequest, number: str) -> Submission:
    """The submission the reader answers for; 404 for any other."""
    try:
        return queries.get_own_submission(request.actor, number)
    except queries.NotFound as error:
        raise Http404 from error


def own_draft(request: HttpRequest, number: str) -> Submission:
    """The same with its call alone, for a saving by the page itself."""
    try:
        return queries.get_own_draft(request.actor, number)
    except queries.NotFound as error:
        raise Http404 from error


def asked_approval(actor: Actor, submission: Submission) -> Approval:
    """The approval of the draft as it stands that was asked for; 404 where nobody has asked."""
    approval = queries.approval_of(actor, submission)["approval"]
    if approval is None:
        raise Http404
    return approval


def announced_call(key: str) -> Call:
    """The call, once it was announced."""
    try:
        return queries.call_for_applicants(key)
    except queries.NotFound as error:
        raise Http404 from error


def who(request: HttpRequest) -> dict[str, Any]:
    """Return who does something at this moment."""
    return {"actor": request.actor, "now": timezone.now()}


@contextmanager
def told(request: HttpRequest) -> Iterator[None]:
    """Tell what an action refuses on the page that comes next."""
    try:
        yield
    except REFUSALS as refused:
        messages.error(request, str(refused))


def refusals_told(view: View) -> View:
    """Tell what an action refuses above the submission's own page."""

    @wraps(view)
    def telling(request: HttpRequest, number: str, **named: object) -> HttpResponse:
        try:
            return view(request, number, **named)
        except (NotAllowed, WrongState) as refused:
            messages.error(request, str(refused))
            return redirect("my_calls:submission", number)

    return telling
