"""The way of a file in pieces: begin, send pieces with ``Content-Range``, finish. Every answer says how far it is."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from secretariat.foundation.accounts.actor import WrongState
from secretariat.foundation.accounts.doors import signed_in
from secretariat.foundation.files import actions, queries
from secretariat.foundation.files.actions import FileRefused
from secretariat.foundation.files.logic import PIECE, content_range
from secretariat.foundation.files.models import File, Upload


def refusals(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer what an action refuses with its words."""

    @wraps(view)
    def answer(*args: object, **named: object) -> HttpResponse:
        try:
            return view(*args, **named)
        except (FileRefused, WrongState) as refused:
            return JsonResponse({"message": str(refused)}, status=422)

    return answer


@require_POST
@signed_in
@refusals
def begin(request: HttpRequest) -> HttpResponse:
    """Open an upload, or go on with the same file's."""
    told = [request.POST.get(name, "") for name in ("size", "modified")]
    size, modified = (int(number) if number.isascii() and number.isdigit() else 0 for number in told)
    upload = actions.begin_upload(
        name=request.POST.get("name", ""), size=min(size, 1 << 60), modified=min(modified, 1 << 60),
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return JsonResponse(_state(upload), status=201)


@require_http_methods(["GET", "PUT", "POST"])
@signed_in
@refusals
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """GET: how far it is. PUT: one piece more. POST: that was all."""
    found = queries.own_upload(request.actor, pk)
    if found is None:
        raise Http404
    if request.method == "PUT":
        return _append(request, found)
    if request.method == "POST":
        file = actions.finish_upload(
            pk=pk, sha256=request.POST.get("sha256", ""), actor=request.actor, now=timezone.now()
        )
        return JsonResponse(_kept(file))
    return JsonResponse(_state(found))


def _append(request: HttpRequest, found: Upload) -> HttpResponse:
    span = content_range(request.headers.get("Content-Range", ""))
    piece = request.read(PIECE + 1)
    if span is None or span[2] != found.size or span[1] - span[0] + 1 != len(piece) or len(piece) > PIECE:
        return JsonResponse({"message": _("This piece is not what it says it is.")}, status=400)
    before = queries.received(found)
    found = actions.append_piece(
        pk=found.pk, first=span[0], piece=piece, actor=request.actor, now=timezone.now()
    )
    # A piece that came twice, or too early: the answer says where to go on.
    return JsonResponse(_state(found), status=200 if span[0] == before else 409)


def _state(upload: Upload) -> dict[str, object]:
    path = reverse("my_files:upload", args=[upload.pk])
    return {"path": path, "received": queries.received(upload), "size": upload.size, "piece": PIECE}


def _kept(file: File) -> dict[str, object]:
    return {"file": str(file.pk), "name": file.name, "size": file.size, "sha256": file.sha256}
