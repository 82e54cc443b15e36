from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.doors import desk_only
from secretariat.registry.people import queries
from secretariat.registry.people.models import Person
from secretariat.registry.people.tables import PeopleTable
from secretariat.registry.people.timeline import timeline_of
from secretariat.registry.refs.panels import panels_of


@require_safe
@desk_only
def people(request: HttpRequest) -> HttpResponse:
    """Everybody in the registry."""
    rows = queries.listed_people(request.actor, timezone.localdate())
    return PeopleTable(rows).respond(request, "people/desk_people.html")


@require_safe
@desk_only
def person(request: HttpRequest, number: str) -> HttpResponse:
    """One person: names, what every wing knows of her, and what was done to the record."""
    found, today = _get(request, number), timezone.localdate()
    context = {
        "person": found,
        "panels": panels_of("person", found.pk, request.actor, today),
        "events": timeline_of([found.pk]),
        "crumbs": [{"label": _("People"), "path": reverse("desk_people:people")}],
    }
    return render(request, "people/desk_person.html", context)


def _get(request: HttpRequest, number: str) -> Person:
    try:
        return queries.get_person_for(request.actor, number)
    except Person.DoesNotExist:
        raise Http404 from None
