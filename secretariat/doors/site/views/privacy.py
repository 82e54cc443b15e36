from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat.doors.site.keeping import kept_for_strangers
from secretariat.foundation.privacy.keeping import retention_by_app


@require_safe
@kept_for_strangers
def kept(request: HttpRequest) -> HttpResponse:
    """What is kept of people, why, for how long, and what becomes of it."""
    return render(request, "site/privacy.html", {"chapters": retention_by_app()})
