from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat.doors.site.keeping import kept_for_strangers
from secretariat.doors.site.resolutions import resolution_page
from secretariat.governance.minutes.queries import published_resolutions

PAGE = 50


@require_safe
@kept_for_strangers
def resolutions(request: HttpRequest) -> HttpResponse:
    """What bodies have resolved and published, the latest first; of one body where that is asked."""
    rows = published_resolutions()
    if body := request.GET.get("body", ""):
        rows = rows.filter(body__key=body)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    kept = f"&body={body}" if rows and body else ""
    context = {
        "resolutions": page.object_list, "body": page.object_list[0].body if body and page.object_list else None,
        "previous": page.has_previous() and f"?page={page.previous_page_number()}{kept}",
        "next": page.has_next() and f"?page={page.next_page_number()}{kept}",
    }  # fmt: skip
    return render(request, "site/resolutions.html", context)


@require_safe
@kept_for_strangers
def resolution(request: HttpRequest, number: str) -> HttpResponse:
    """A resolution with how it was decided, and what becomes of it."""
    page = resolution_page(number)
    if page is None:
        raise Http404
    return render(request, "site/resolution.html", {"page": page, "resolution": page.resolution})
