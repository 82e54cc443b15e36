from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from secretariat.doors.site import entering
from secretariat.doors.site.keeping import kept_for_strangers
from secretariat.doors.site.membership import members_in_numbers
from secretariat.doors.site.selections import public_calls, selections_of


@require_safe
@kept_for_strangers
def front(request: HttpRequest) -> HttpResponse:
    """Who this is, what is open now, how the last lists came about, and how to check them: one screen."""
    now = timezone.now()
    selections = selections_of(public_calls())
    complete = sorted((s for s in selections if s.is_complete), key=lambda s: s.call.key)
    latest = max((s.call.edition.year for s in complete), default=None)
    context = {
        "now": now,
        "open_calls": [s.call for s in selections if s.call.state == "open" and s.call.closes_at > now],
        "running": [s for s in selections if s.is_running],
        "funnels": [s for s in complete if s.call.edition.year == latest],
        "members": members_in_numbers(now.date()),
        "parts": entering.parts_to_play(now.date()) if entering.is_open() else [],
    }
    return render(request, "site/front.html", context)
