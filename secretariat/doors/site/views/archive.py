from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat.doors.site.archive import past_editions
from secretariat.doors.site.keeping import kept_for_strangers


@require_safe
@kept_for_strangers
def archive(request: HttpRequest) -> HttpResponse:
    """What was published about past editions, every figure with its sources. Nothing on this page is simulated."""
    tables, members, notes, sources = past_editions()
    context = {
        "tables": tables,
        "members": members,
        "notes": notes,
        "sources": sources.listed,
        "simulated": False,
    }
    return render(request, "site/archive.html", context)
