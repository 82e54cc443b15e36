"""Answers with the fields that were asked for and no others: ``?fields=number,title``."""

import json
import re
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from secretariat.doors.api.describing import PREFIX
from secretariat.doors.api.describing import description as described
from secretariat.doors.api.problems import invalid
from secretariat.doors.api.reading import fields_of

ASKED = "fields"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
SPELT = r"{\1}"
PAGE = {"items", "next"}


def as_described(pattern: str) -> str:
    """Return the address of a pattern as the description spells it.

    >>> as_described("members/<number>")
    '/api/v1/members/{number}'
    """
    return f"{PREFIX}/{PARAMETER.sub(SPELT, pattern)}"


@cache
def known_fields(path: str) -> frozenset[str]:
    """Return the fields of what a reading of this address answers; of a list, those of its items."""
    told = described()["paths"][path].get("get", {}).get("responses", {}).get("200", {})
    schema = told.get("content", {}).get("application/json", {}).get("schema", {})
    return frozenset(part.name for part in fields_of(schema))


def narrowed(request: HttpRequest, response: HttpResponse, path: str) -> HttpResponse:
    """Return the answer with the fields the reader asked for; all of them where she asked for none."""
    wanted = {name for name in request.GET.get(ASKED, "").split(",") if name}
    if not wanted or request.method != "GET" or response.status_code != 200 or response.streaming:
        return response
    if unknown := sorted(wanted - known_fields(path)):
        told = _("There is no such field: %(names)s.") % {"names": ", ".join(unknown)}
        raise invalid(ASKED, "unknown", told)
    content = json.loads(response.content)
    if set(content) <= PAGE:
        content["items"] = [_only(item, wanted) for item in content["items"]]
    else:
        content = _only(content, wanted)
    response.content = json.dumps(content, ensure_ascii=False)
    return response


def _only(item: dict[str, object], wanted: set[str]) -> dict[str, object]:
    return {name: value for name, value in item.items() if name in wanted}
