from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat.doors.site.keeping import kept_for_strangers
from secretariat.doors.site.topics import topic_page, topics_by_scheme


@require_safe
@kept_for_strangers
def index(request: HttpRequest) -> HttpResponse:
    """The topics of all calls and events."""
    return render(request, "site/topics.html", {"schemes": topics_by_scheme()})


@require_safe
@kept_for_strangers
def topic(request: HttpRequest, key: str) -> HttpResponse:
    """One topic: what it belongs to, the calls it is a field of, the honours in it."""
    page = topic_page(key)
    if page is None:
        raise Http404
    return render(request, "site/topic.html", {"page": page})
