"""A request with a key is done once: sent again within a day, it is answered as it was the first time."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from secretariat.doors.api.actions import keep_answer, reserve_key
from secretariat.doors.api.problems import Refused, invalid

HEADER = "Idempotency-Key"
LONGEST = 100


def once(request: HttpRequest, answer: Callable[[], HttpResponse], now: datetime) -> HttpResponse:
    """Return the answer to a request; with a key, the one it had before.

    The key, what is done and the answer are one transaction. A refusal leaves nothing, so the key stays free.
    """
    key = request.headers.get(HEADER, "").strip()
    if request.method != "POST" or not key or request.entry.owner is None:
        return answer()
    if len(key) > LONGEST or not key.isprintable():
        raise invalid(HEADER, "max_length", _("The key has at most 100 characters."))
    asked = hashlib.sha256(b"\n".join([request.path.encode(), request.body])).hexdigest()
    with transaction.atomic():
        kept, is_free = reserve_key(owner=request.entry.owner, key=key, request_digest=asked, now=now)
        if not is_free:
            return _again(kept, asked)
        response = answer()
        if response.status_code < 300:
            keep_answer(kept=kept, status=response.status_code, body=response.content.decode())
        else:
            transaction.set_rollback(True)
    return response


def _again(kept: object, asked: str) -> HttpResponse:
    if kept.request_digest != asked:
        raise Refused("key-used", _("This key was used for another request."))
    return HttpResponse(
        kept.body, status=kept.status, content_type="application/json; charset=utf-8",
        headers={"Idempotent-Replayed": "true"},
    )  # fmt: skip
