from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.doors import desk_only, signed_in
from secretariat.record.search.pages import search_for

QUICK = 8
BOX = "masthead-found"


@require_safe
@signed_in
def my(request: HttpRequest) -> HttpResponse:
    """What I may find: what is public, and what is mine or my organisation's."""
    return _searched(request, "my")


@require_safe
@desk_only
def desk(request: HttpRequest) -> HttpResponse:
    """What the desk may find."""
    return _searched(request, "desk")


def _searched(request: HttpRequest, door: str) -> HttpResponse:
    """The whole page; while somebody writes into the box of the masthead, the first lines below it."""
    if request.htmx.target == BOX:
        search = search_for(request.actor, request.GET, door, limit=QUICK)
        return render(request, "search/quick.html", {"search": search})
    return render(request, "search/search.html", {"search": search_for(request.actor, request.GET, door)})
