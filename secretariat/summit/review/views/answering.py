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
from secretariat.summit.review.queries import NotSigned

REFUSALS = (NotAllowed, WrongState, ValueError, Infeasible)
View = Callable[..., HttpResponse]


def found_or_404(view: View) -> View:
    """Answer 404 where a query finds nothing for this reader; a stranger is sent to sign in.

    Who has not declared and signed is led to where she does.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except NotFound:
            raise Http404 from None
        except NotSigned as refusal:
            if request.method == "POST":
                messages.error(request, str(refusal))
            return redirect("my_review:declare", refusal.call)

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
