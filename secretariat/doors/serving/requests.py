"""One line of the log for each request, and a number that leads from a reader's page to it."""

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from secretariat.doors.serving.logs import route_of

logger = logging.getLogger("secretariat.requests")
HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")


def log_middleware(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Number every request and log it: who (the account), which route, what came of it, how long it took."""

    def logged(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        given = request.headers.get(HEADER, "")
        request.id = given if _GIVEN.fullmatch(given) else uuid4().hex
        response = answer(request)
        response[HEADER] = request.id
        if not request.path.startswith(settings.STATIC_URL):
            _log(request, response, time.perf_counter() - started)
        return response

    return logged


def _log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    logger.info(
        "request",
        extra={
            "request_id": request.id, "account": account_of(request), "method": request.method,
            "route": route_of(request), "status": response.status_code, "ms": round(seconds * 1000, 1),
        },
    )  # fmt: skip


def account_of(request: HttpRequest) -> str | None:
    """Return the account's id if it is known by now: the log asks the database for nothing."""
    user = getattr(request, "_cached_user", None)
    return str(user.pk) if user is not None and user.is_authenticated else None
