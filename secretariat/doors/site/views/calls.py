from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from secretariat.doors.site.calls import call_page, takes_answers
from secretariat.doors.site.keeping import kept_for_strangers
from secretariat.doors.site.selections import public_calls, selections_of


@require_safe
@kept_for_strangers
def calls(request: HttpRequest) -> HttpResponse:
    """The calls: what is open, and what was."""
    now, selections = timezone.now(), selections_of(public_calls())
    context = {
        "now": now,
        "open": [s for s in selections if takes_answers(s.call, now)],
        "past": [s for s in selections if not takes_answers(s.call, now)],
    }
    return render(request, "site/calls.html", context)


@require_safe
@kept_for_strangers
def call(request: HttpRequest, key: str) -> HttpResponse:
    """What a call asks, of whom, how it is judged and until when; from here one applies."""
    now, page = timezone.now(), call_page(key)
    if page is None:
        raise Http404
    context = {
        "now": now, "page": page, "call": page.call, "selection": page.selection,
        "is_open": takes_answers(page.call, now), "simulated": page.call.edition.simulated,
        "contact": settings.DEFAULT_FROM_EMAIL, "signs_up": settings.SIGN_UP == "open",
    }  # fmt: skip
    return render(request, "site/call.html", context)
