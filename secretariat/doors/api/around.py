"""What stands around every operation: who asks, the limit, text a database can keep, problems, and the entity tag."""

import hashlib
import json
import math
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _

from secretariat.doors.api.entering import PERIOD, SAFE, count, enter
from secretariat.doors.api.keeping import once
from secretariat.doors.api.problems import Refused, invalid, problem_for
from secretariat.doors.api.sparse import narrowed
from secretariat.foundation.accounts.actions.limits import Verdict

View = Callable[..., HttpResponse]
PIECE = ("PUT", "/api/v1/my/uploads/{upload}")  # the one operation whose body is no JSON


def around(view: View, path: str) -> View:
    """Wrap the view of an address. Whatever happens, the answer is JSON or a file and carries a number to ask about it.

    ``path`` is the address as the description spells it.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        now, verdict = timezone.now(), None
        try:
            request.entry = enter(request, now)
            verdict = count(request.entry.counted, request.entry.limit, now)
            check_text(request, path)
            response = once(request, lambda: view(request, *args, **named), now)
            if response.status_code == 405:
                raise Refused("wrong-method", headers={"Allow": response["Allow"]})
            response = narrowed(request, response, path)
        except Exception as problem:
            response = problem_for(request, problem)
        return finished(request, response, verdict)

    answered.csrf_exempt = True  # entering.py asks for the token where a session comes in
    return answered


def check_text(request: HttpRequest, path: str) -> None:
    """Refuse what no database keeps: a zero character, half a character, a number without end."""
    if "\0" in unquote(request.path):
        raise Refused("not-found")
    if any("\0" in value for name, values in request.GET.lists() for value in [name, *values]):
        raise invalid("query", "text", _("A zero character is not text."))
    if request.method in SAFE or (request.method, path) == PIECE or not request.body:
        return
    try:
        content = json.loads(request.body, parse_constant=_refuse, parse_float=_finite)
        text = json.dumps(content, ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:
        raise invalid("body", "text", _("Half a character is not text.")) from None
    except (ValueError, RecursionError):
        raise Refused("unreadable", _("The body is not JSON.")) from None
    if "\\u0000" in text:
        raise invalid("body", "text", _("A zero character is not text."))


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _refuse(digits)


def finished(request: HttpRequest, response: HttpResponse, verdict: Verdict | None) -> HttpResponse:
    """Add the headers every answer has, and leave the body away where the reader has it already."""
    if request.method == "GET" and response.status_code == 200 and not response.streaming:
        if not response.has_header("ETag"):
            response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response = get_conditional_response(request, etag=response["ETag"], response=response)
    if verdict is not None:
        entry, left = request.entry, max(0, request.entry.limit - verdict.count)
        wait = max(0, round((verdict.until - timezone.now()).total_seconds()))
        response["RateLimit-Policy"] = f'"requests";q={entry.limit};w={round(PERIOD.total_seconds())}'
        response["RateLimit"] = f'"requests";r={left};t={wait}'
    stranger = verdict is not None and request.entry.owner is None
    response["Cache-Control"] = "no-cache" if stranger else "private, no-store"
    patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
    return response
