from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from secretariat.doors.site.editions import edition_page
from secretariat.doors.site.keeping import kept_for_strangers


@require_safe
@kept_for_strangers
def edition(request: HttpRequest, number: str) -> HttpResponse:
    """One edition: what was held, what is recorded of it with sources, its calls and selections."""
    page = edition_page(number)
    if page is None:
        raise Http404
    context = {"page": page, "edition": page.edition, "now": timezone.now()}
    return render(request, "site/edition.html", {**context, "simulated": page.edition.simulated})
