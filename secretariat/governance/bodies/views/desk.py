from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.doors import desk_only
from secretariat.governance.bodies import queries
from secretariat.governance.bodies.composition import composition_of
from secretariat.governance.bodies.forms import AsOfForm
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.panels import panels_of_body
from secretariat.governance.bodies.sessions import line_of, sessions_of
from secretariat.governance.bodies.tables import BodiesTable, flags_of
from secretariat.registry.refs.timeline import timeline_of


@require_safe
@desk_only
def bodies(request: HttpRequest) -> HttpResponse:
    """Every body, lasting ones and those of one edition."""
    rows = queries.visible_bodies(request.actor, timezone.localdate())
    return BodiesTable(rows).respond(request, "bodies/desk_bodies.html")


@require_safe
@desk_only
def body(request: HttpRequest, number: str) -> HttpResponse:
    """One body: who sits in it today or sat in it on a day, who else did, what it may do, and what was done to it."""
    today = timezone.localdate()
    asked = AsOfForm(request.GET or None, today=today)
    on = asked.day
    try:
        found = queries.get_body_for(request.actor, number, on)
    except Body.DoesNotExist:
        raise Http404 from None
    terms, composed = queries.every_term_of(found), composition_of(found, on)
    calls = queries.calls_of(found)
    line = line_of(found, sessions_of([found.pk])[found.pk], today) if found.meets_every_years else None
    rows = [found.pk, *(row.pk for row in (*terms, *calls)), *{term.seat_id for term in terms}]
    context = {
        "body": found, "flags": flags_of(found), "asked": asked, "composed": composed, "today": today, "line": line,
        "panels": panels_of_body(found, composed, terms, calls, request.actor, today), "events": timeline_of(rows),
        "crumbs": [{"label": _("Bodies"), "path": reverse("desk_bodies:bodies")}],
    }  # fmt: skip
    return render(request, "bodies/desk_body.html", context)
