from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat.doors.site.keeping import kept_for_strangers
from secretariat.doors.site.motions import motion_page
from secretariat.governance.motions.queries import published_motions

PAGE = 50


@require_safe
@kept_for_strangers
def motions(request: HttpRequest) -> HttpResponse:
    """What bodies have adopted, the latest first."""
    page = Paginator(published_motions(), PAGE).get_page(request.GET.get("page"))
    context = {
        "motions": page.object_list,
        "previous": page.has_previous() and f"?page={page.previous_page_number()}",
        "next": page.has_next() and f"?page={page.next_page_number()}",
    }
    return render(request, "site/motions.html", context)


@require_safe
@kept_for_strangers
def motion(request: HttpRequest, number: str) -> HttpResponse:
    """An adopted motion with the way it took: movers, amendments and their fate, ballot, digest."""
    page = motion_page(number)
    if page is None:
        raise Http404
    return render(request, "site/motion.html", {"page": page, "motion": page.motion})
