from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.doors.desk.trail import DOORS, TrailTable, changes_of, kind_in_words
from secretariat.foundation.accounts.doors import admitting
from secretariat.foundation.audit.models import Act
from secretariat.foundation.audit.words import in_words

reading = admitting("audit.read")


@require_safe
@reading
def trail(request: HttpRequest) -> HttpResponse:
    """Everything that was done."""
    return TrailTable(Act.objects.all()).respond(request, "desk/trail.html")


@require_safe
@reading
def act(request: HttpRequest, number: int) -> HttpResponse:
    """One act: who, what, when, and every row it changed."""
    found = get_object_or_404(Act, pk=number)
    TrailTable(Act.objects.none()).prepare([found])
    context = {
        "act": found,
        "words": in_words(found.verb),
        "door_words": dict(DOORS).get(found.door, found.door),
        "kind": kind_in_words(found.subject_kind),
        "detail": sorted(found.detail.items()),
        "changes": changes_of(found),
        "crumbs": [{"label": _("Audit trail"), "path": reverse("desk:trail")}],
    }
    return render(request, "desk/act.html", context)
