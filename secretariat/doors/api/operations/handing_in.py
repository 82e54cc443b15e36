"""Files: handed in piece by piece, put to a question of a draft, read by whoever may."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from ninja import Router, Status

from secretariat.doors.api.entering import needing
from secretariat.doors.api.operations.mine import told as told_submission
from secretariat.doors.api.problems import invalid, naming
from secretariat.doors.api.shapes.basic import FileShape, answers
from secretariat.doors.api.shapes.inbox import FileChosen, Finishing, UploadBeginning, UploadShape
from secretariat.doors.api.shapes.mine import SubmissionWhole
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.files import actions, queries
from secretariat.foundation.files.logic import PIECE, content_range
from secretariat.foundation.files.models import File, Upload
from secretariat.summit.calls.actions import attach_file, detach_file
from secretariat.summit.calls.queries import get_own_submission

router = Router(tags=["my"])
desk = Router(tags=["desk"])
UPLOAD, ATTACHED = "/my/uploads/{upload}", "/my/submissions/{number}/files/{key}"
BINARY = {"schema": {"type": "string", "format": "binary"}}
SENT = {
    "requestBody": {"required": True, "content": {"application/octet-stream": BINARY}},
    "parameters": [
        {
            "name": "Content-Range", "in": "header", "required": True, "schema": {"type": "string"},
            "description": "`bytes FIRST-LAST/SIZE`, as in RFC 9110.",
        }
    ],
}  # fmt: skip
READ = {"responses": {200: {"description": "The content, in its media type.", "content": {"*/*": BINARY}}}}


@router.post("/my/uploads", auth=needing("my.write"), response=answers(UploadShape, 403, 409, status=201))
def begin_upload(request: HttpRequest, beginning: UploadBeginning) -> Any:
    """Begin to hand in a file, or go on with the same one."""
    with naming("size", "file"):
        upload = actions.begin_upload(**beginning.dict(), actor=request.auth, now=timezone.now())
    return Status(201, shown(upload))


@router.get(UPLOAD, auth=needing("my.read"), response=answers(UploadShape, 403, 404))
def read_upload(request: HttpRequest, upload: UUID) -> Any:
    """How far an upload of mine is."""
    return shown(own(request.auth, upload))


@router.put(
    UPLOAD, auth=needing("my.write"), response=answers(UploadShape, 403, 404, 409), openapi_extra=SENT,
)  # fmt: skip
def send_piece(request: HttpRequest, upload: UUID) -> Any:
    """Send the next piece. One that came before, or too early, changes nothing: `received` says where to go on."""
    found, piece = own(request.auth, upload), request.read(PIECE + 1)
    span = content_range(request.headers.get("Content-Range", ""))
    if span is None or span[2] != found.size or span[1] - span[0] + 1 != len(piece) or len(piece) > PIECE:
        raise invalid("Content-Range", "range", _("This piece is not what it says it is."))
    with naming("Content-Range", "range"):
        sent = actions.append_piece(
            pk=found.pk, first=span[0], piece=piece, actor=request.auth, now=timezone.now()
        )
    return shown(sent)


@router.post(f"{UPLOAD}/finish", auth=needing("my.write"), response=answers(FileShape, 403, 404, 409))
def finish_upload(request: HttpRequest, upload: UUID, finishing: Finishing) -> Any:
    """Keep the whole file. Asked twice it is the same file."""
    found = own(request.auth, upload)
    with naming("sha256", "damaged"):
        file = actions.finish_upload(
            pk=found.pk, sha256=finishing.sha256, actor=request.auth, now=timezone.now()
        )
    return FileShape.of(file)


@router.put(ATTACHED, auth=needing("my.write"), response=answers(SubmissionWhole, 403, 404, 409))
def attach_my_file(
    request: HttpRequest, response: HttpResponse, number: str, key: str, chosen: FileChosen
) -> Any:
    """Answer a question with a file I handed in; it takes the place of an earlier one."""
    row, file = get_own_submission(request.auth, number), queries.own_file(request.auth, chosen.file)
    if file is None:
        raise invalid("file", "yours", _("There is no such thing, or it is not yours to see."))
    attach_file(submission=row, key=key, file=file, actor=request.auth, now=timezone.now())
    return told_submission(get_own_submission(request.auth, number), response)


@router.delete(ATTACHED, auth=needing("my.write"), response=answers(SubmissionWhole, 403, 404, 409))
def detach_my_file(request: HttpRequest, response: HttpResponse, number: str, key: str) -> Any:
    """Take a file out of the draft. What was handed in with it keeps it."""
    row = get_own_submission(request.auth, number)
    detach_file(submission=row, key=key, actor=request.auth, now=timezone.now())
    return told_submission(get_own_submission(request.auth, number), response)


@router.get("/my/files/{file}", auth=needing("my.read"), response=answers(FileShape, 403, 404))
def read_my_file(request: HttpRequest, file: UUID) -> Any:
    """A file that I may read: my own, of an item I read, or a public one."""
    return FileShape.of(readable(request.auth, file))


@router.get(
    "/my/files/{file}/content", auth=needing("my.read"), response=answers(Any, 403, 404), openapi_extra=READ
)
def download_my_file(request: HttpRequest, file: UUID) -> Any:
    """The content of a file that I may read."""
    return content_of(request, file)


@desk.get("/desk/files/{file}", auth=needing("desk.read"), response=answers(FileShape, 403, 404))
def read_file_of_desk(request: HttpRequest, file: UUID) -> Any:
    """Any file that was handed in or made."""
    return FileShape.of(readable(request.auth, file))


@desk.get(
    "/desk/files/{file}/content", auth=needing("desk.read"), response=answers(Any, 403, 404), openapi_extra=READ
)  # fmt: skip
def download_file_of_desk(request: HttpRequest, file: UUID) -> Any:
    """The content of any file."""
    return content_of(request, file)


def own(actor: Actor, upload: UUID) -> Upload:
    if (found := queries.own_upload(actor, upload)) is None:
        raise Http404
    return found


def shown(upload: Upload) -> UploadShape:
    return UploadShape.of(upload, queries.received(upload))


def readable(actor: Actor, pk: UUID) -> File:
    """Return a file that the actor may read; any other is not there."""
    found = queries.readable_files(actor, list(File.objects.filter(pk=pk)))
    if not found:
        raise Http404
    return found[0]


def content_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the content, or that the reader has it already: its hash is its tag."""
    file = readable(request.auth, pk)
    tag = f'"{file.sha256}"'
    if (same := get_conditional_response(request, etag=tag)) is not None:
        return same
    stream = queries.open_file(request.auth, file)
    return FileResponse(
        stream, as_attachment=True, filename=file.name, content_type=file.media_type, headers={"ETag": tag}
    )
