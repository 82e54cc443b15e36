"""Around every request: the device's cookie, the time a session was last used, and the page for too many tries."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from secretariat.foundation.accounts.actions.limits import TooMany
from secretariat.foundation.accounts.origin import DEVICE_COOKIE

YEAR = timedelta(days=365)
# How old "last used" may be before the session is written again.
SEEN_EVERY = timedelta(minutes=10)
Answer = Callable[[HttpRequest], HttpResponse]


def account_middleware(answer: Answer) -> Answer:
    """Keep what belongs to accounts with each request. A stranger costs nothing."""

    def around(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if key := getattr(request, "new_device_key", ""):
            response.set_cookie(
                DEVICE_COOKIE, key, max_age=YEAR, httponly=True, samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
        if request.session.accessed:
            _touch(request)
        return response

    def process_exception(request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return too_many(request, problem) if isinstance(problem, TooMany) else None

    around.process_exception = process_exception
    return around


def _touch(request: HttpRequest) -> None:
    """Write the session again where it was not for a while; its time runs from its last use."""
    signed_in = request.session.get("signed_in")
    now = timezone.now()
    if signed_in and now.timestamp() - signed_in["seen"] > SEEN_EVERY.total_seconds():
        request.session["signed_in"] = {**signed_in, "seen": now.timestamp()}


def too_many(request: HttpRequest, problem: TooMany) -> HttpResponse:
    """Say when to come again."""
    wait = max(1, round((problem.until - timezone.now()).total_seconds()))
    minutes = max(1, -(-wait // 60))
    response = render(
        request, "accounts/too_many.html", {"until": problem.until, "minutes": minutes}, status=429
    )
    response.headers["Retry-After"] = str(wait)
    return response
