"""What an action refuses, as a page: the rule or the state that stands in the way, in the reader's language."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from secretariat.foundation.accounts.actor import NotAllowed, WrongState

STATUS = {NotAllowed: 403, WrongState: 409}


class RefusalMiddleware:
    """Answer 403 where a rule forbids and 409 where a state does. The action's transaction is undone by then."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        status = next((s for kind, s in STATUS.items() if isinstance(exception, kind)), None)
        if status is None:
            return None
        context = {"reason": str(exception), "status": status}
        return render(request, "site/refused.html", context, status=status)
