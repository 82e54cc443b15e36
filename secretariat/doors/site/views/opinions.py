from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat.doors.site.keeping import kept_for_strangers
from secretariat.governance.advice.queries import published_opinions


@require_safe
@kept_for_strangers
def opinion(request: HttpRequest, number: str) -> HttpResponse:
    """An opinion that was published: the question, the one text, and the dissent noted with it."""
    found = published_opinions().filter(ref__number=number).first()
    if found is None:
        raise Http404
    return render(request, "site/opinion.html", {"asked": found})
