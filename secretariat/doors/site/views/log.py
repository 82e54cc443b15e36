from pathlib import Path

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from secretariat.doors.site.pledges import latest_pledges
from secretariat.foundation.audit.queries import latest_head, public_key_line

TEXT = "text/plain; charset=utf-8"
RECOUNT = Path(__file__).parents[1] / "recount.py"


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The sealed log: its newest head, the key that signs it, and what the organisation bound itself to."""
    context = {
        "head": latest_head(),
        "key": _key_or_none(),
        "pledges": latest_pledges(),
        "site_url": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "site/log.html", context)


def _key_or_none() -> str | None:
    try:
        return public_key_line()
    except FileNotFoundError:
        return None


@require_safe
@never_cache
def head(request: HttpRequest) -> HttpResponse:
    """The newest signed head, as a signed note."""
    found = latest_head()
    if found is None:
        raise Http404
    return HttpResponse(found.note, content_type=TEXT)


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The public key that checks the heads."""
    line = _key_or_none()
    if line is None:
        raise Http404
    return HttpResponse(line, content_type=TEXT)


@require_safe
def recount(request: HttpRequest) -> HttpResponse:
    """The program of one file that recounts a bundle, to be read and run."""
    return HttpResponse(RECOUNT.read_bytes(), content_type="text/x-python; charset=utf-8")


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Whether this process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type=TEXT)
