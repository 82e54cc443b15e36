"""What is refused, in the form of RFC 9457: a kind, a status, a sentence in the reader's language, values at fault."""

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as WrongShape

from secretariat.foundation.accounts.actions.limits import TooMany
from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.summit.calls.actions import DraftConflict, InvalidContent
from secretariat.summit.calls.queries import NotFound
from secretariat.summit.review.actions import DraftChanged

logger = logging.getLogger("django.request")
MEDIA_TYPE = "application/problem+json"
DOCS = "/api/v1/docs/"


@dataclass(frozen=True)
class Kind:
    """A kind of refusal; its address is a place on the page of the API's documentation."""

    status: int
    title: str | Promise


KINDS = {
    "unreadable": Kind(400, gettext_lazy("The request cannot be read")),
    "unauthenticated": Kind(401, gettext_lazy("An access token or a session is needed")),
    "not-allowed": Kind(403, gettext_lazy("Not allowed")),
    "in-person": Kind(403, gettext_lazy("Somebody must do this in person")),
    "scope-missing": Kind(403, gettext_lazy("A scope is missing")),
    "not-found": Kind(404, gettext_lazy("Not found")),
    "wrong-method": Kind(405, gettext_lazy("This method is not possible here")),
    "wrong-state": Kind(409, gettext_lazy("Not possible in this state")),
    "changed-meanwhile": Kind(412, gettext_lazy("Changed by somebody else meanwhile")),
    "too-large": Kind(413, gettext_lazy("The request is too large")),
    "invalid": Kind(422, gettext_lazy("Something in the request is not right")),
    "key-used": Kind(422, gettext_lazy("This key belongs to another request")),
    "too-many": Kind(429, gettext_lazy("Too many requests")),
    "broken": Kind(500, gettext_lazy("Something broke on our side")),
}


@dataclass
class Refused(Exception):
    """The API itself refuses; features raise exceptions of their own."""

    kind: str
    detail: str = ""
    errors: Sequence[dict[str, str]] = ()
    headers: dict[str, str] = field(default_factory=dict)


def invalid(name: str, rule: str, message: str) -> Refused:
    """A refusal of one field."""
    return Refused("invalid", message, [{"field": name, "rule": rule, "message": message}])


@contextmanager
def naming(name: str, rule: str) -> Iterator[None]:
    """Say of which field it is, and which rule, where an action refuses a value."""
    try:
        yield
    except ValueError as problem:
        raise invalid(name, rule, str(problem)) from problem


def in_person(actor: Actor) -> None:
    """Refuse a program that comes for nobody where something is done in somebody's name."""
    if actor.person_id is None:
        raise Refused(
            "in-person",
            _("This is done in somebody's name: come with a token of your own, or do it on the pages."),
        )


def problem_for(request: HttpRequest, problem: Exception) -> HttpResponse:
    """Return the answer to a request that was refused, whoever refused it."""
    found = problem if isinstance(problem, Refused) else _translated(problem)
    if found.kind == "broken":
        logger.error("API: %s", request.path, exc_info=problem)
    kind = KINDS[found.kind]
    content: dict[str, Any] = {
        "type": f"{DOCS}#{found.kind}", "title": str(kind.title), "status": kind.status,
        "detail": found.detail or str(kind.title), "instance": request.path, "request_id": request.id,
    }  # fmt: skip
    if found.errors:
        content["errors"] = list(found.errors)
    body = json.dumps(content, ensure_ascii=False)
    return HttpResponse(body, status=kind.status, content_type=MEDIA_TYPE, headers=found.headers)


def _translated(problem: Exception) -> Refused:
    """What the exceptions of features, of Django and of the framework mean here."""
    match problem:
        case NotAllowed():
            return Refused("not-allowed", str(problem))
        case WrongState():
            return Refused("wrong-state", str(problem))
        case DraftConflict() | DraftChanged():
            return Refused("changed-meanwhile", str(problem))
        case InvalidContent():
            errors = [{"field": p.field, "rule": "content", "message": p.message} for p in problem.problems]
            return Refused("invalid", "", errors)
        case NotFound():
            return Refused("not-found", str(problem))
        case Http404() | ObjectDoesNotExist():
            return Refused("not-found", _("There is no such thing, or it is not yours to see."))
        case TooMany():
            return _too_many(problem.until, timezone.now())
        case WrongShape():
            return Refused("invalid", "", [_of_field(error) for error in problem.errors])
        case AuthenticationError():
            return Refused("unauthenticated", headers={"WWW-Authenticate": 'Bearer realm="api"'})
        case RequestDataTooBig():
            return Refused("too-large")
        case HttpError(status_code=400):
            return Refused("unreadable", _("The body is not JSON."))
    return Refused("broken", _("It has been noted under the number of this request."))


def _too_many(until: datetime, now: datetime) -> Refused:
    wait = max(1, round((until - now).total_seconds()))
    told = ngettext("Come again in %(n)d second.", "Come again in %(n)d seconds.", wait) % {"n": wait}
    return Refused("too-many", told, headers={"Retry-After": str(wait)})


def _of_field(error: dict[str, Any]) -> dict[str, str]:
    """A finding about one value: where it is, which rule it breaks, and in words."""
    _where, *names = error["loc"]
    # The first name in a body is that of our own parameter, which nobody outside knows.
    path = names[1:] if _where == "body" and len(names) > 1 else names
    missing = error["type"] == "missing"
    message = _("This is needed.") if missing else _("This value is not right.")
    return {"field": ".".join(map(str, path)), "rule": error["type"], "message": message}
