"""What the views of this feature share: what is not found, and what is refused and said in place."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from secretariat.foundation.accounts.actor import NotAllowed, WrongState, require
from secretariat.foundation.accounts.doors import signed_in
from secretariat.summit.calls.queries import NotFound
from secretariat.summit.review.actions.engine import Infeasible

REFUSALS = (NotAllowed, WrongState, ValueError, Infeasible)
View = Callable[..., HttpResponse]


def found_or_404(view: View) -> View:
    """Answer 404 where a query finds nothing for this reader; a stranger is sent to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except NotFound:
            raise Http404 from None

    return signed_in(guarded)


def told_no(request: HttpRequest, what: str, page: str, *address: str) -> HttpResponse:
    """Lead back to the page she came from, which says that she may not: before she is asked to mend a form."""
    attempt(request, lambda: require(False, what), "")
    return redirect(page, *address)


def attempt(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Act, and say that it is done, or why it was refused. Returns whether it was done."""
    try:
        act()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True
