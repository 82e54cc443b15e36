"""The description of the API in OpenAPI 3.1, made of the operations themselves."""

import json
from copy import deepcopy
from functools import cache
from typing import Any

from django.conf import settings

from secretariat.doors.api.entering import Bearer
from secretariat.doors.api.offered import api, operations
from secretariat.doors.api.problems import MEDIA_TYPE

PREFIX = "/api/v1"
ABOUT = (
    "What the pages of the organisation show and do, for programs. Words come by language; lists come in pages by "
    "cursor; what is refused comes as a problem (RFC 9457) in the language of Accept-Language."
)
REFUSED = {
    400: "The body is not JSON.",
    401: "No access token or session, or one that does not hold.",
    403: "A scope is missing, or a rule forbids it.",
    404: "There is no such thing, or it is not the actor's to see.",
    409: "Not possible in the state it is in.",
    412: "Changed by somebody else since it was read.",
    413: "The request is too large.",
    422: "A value is not right: `errors` says which and why.",
    429: "Too many requests: `Retry-After` says when to come again.",
    500: "Something broke; `request_id` leads to it.",
}
KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string", "maxLength": 100},
    "description": "A text of the caller's own: sent again within a day, the request is answered and not repeated.",
}  # fmt: skip
MATCH = {
    "name": "If-Match", "in": "header", "required": False, "schema": {"type": "string", "maxLength": 100},
    "description": "The ETag that was read: refused with 412 where somebody else has written since.",
}  # fmt: skip
FIELDS = {
    "name": "fields", "in": "query", "required": False,
    "schema": {"type": "string", "maxLength": 1000, "title": "Fields"},
    "description": "Names of fields with commas between: the answer has these and no others. Of a list, of its items.",
}  # fmt: skip


@cache
def description() -> dict[str, Any]:
    """Return the whole description. It does not depend on who reads it."""
    told = json.loads(json.dumps(api.get_openapi_schema(path_prefix=f"{PREFIX}/"), default=str))
    told["info"] |= {"description": ABOUT, "license": {"name": "Apache-2.0"}}
    told["servers"] = [{"url": settings.SITE_URL}]
    for path, operation in operations():
        for method in operation.methods:
            _complete(told["paths"][f"{PREFIX}{path}"][method.lower()], operation, method)
    return told


def _complete(told: dict[str, Any], operation: Any, method: str) -> None:
    """Say of one operation what the framework does not: its scope, its headers, and that problems have a type."""
    scope = next((a.scope for a in operation.auth_callbacks if isinstance(a, Bearer)), "")
    told["x-scope"] = scope or "public.read"
    if not scope:
        told["security"] = [{}, {"Bearer": []}]
    told["parameters"] = [*told.get("parameters", []), *map(deepcopy, _further(told, method))]
    if method == "GET":
        told["responses"]["304"] = {"description": "Unchanged since the ETag that was sent as If-None-Match."}
    else:
        told["responses"]["413"] = {}
    for status, answer in told["responses"].items():
        if int(status) >= 400:
            answer["description"] = REFUSED[int(status)]
            answer["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def _further(told: dict[str, Any], method: str) -> list[dict[str, Any]]:
    """The parameters that stand around an operation: its key, the tag it matches, the fields it is to answer with."""
    if method == "GET":
        return [FIELDS] if "application/json" in told["responses"]["200"].get("content", {}) else []
    return [KEY] if method == "POST" else [MATCH] if "412" in told["responses"] else []
