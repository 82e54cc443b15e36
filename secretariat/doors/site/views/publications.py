from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from secretariat.doors.site.books import book_by_key
from secretariat.foundation.files.queries import open_file


@require_safe
def book(request: HttpRequest, key: str) -> FileResponse:
    """A set book as PDF. One in proof is not there."""
    actor = request.actor
    found = book_by_key(actor, key)
    if found is None:
        raise Http404
    return FileResponse(open_file(actor, found.file), content_type="application/pdf", filename=f"{key}.pdf")
