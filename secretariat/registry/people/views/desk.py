from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.doors import desk_only
from secretariat.registry.people import queries
from secretariat.registry.people.models import Person
from secretariat.registry.people.tables import PeopleTable
from secretariat.registry.people.timeline import timeline_of


@require_safe
@desk_only
def people(request: HttpRequest) -> HttpResponse:
    """Everybody in the registry."""
    rows = queries.listed_people(request.actor, timezone.localdate())
    return PeopleTable(rows).respond(request, "people/desk_people.html")


@require_safe
@desk_only
def person(request: HttpRequest, number: str) -> HttpResponse:
    """One person: names, where she works and worked, what she has a part in, and what was done to the record."""
    found = _get(request, number)
    context = {
        "person": found,
        "affiliations": queries.every_affiliation_of(found.pk),
        "parts": queries.parts_of(found.pk),
        "events": timeline_of([found.pk]),
        "today": timezone.localdate(),
    }
    return render(request, "people/desk_person.html", context)


def _get(request: HttpRequest, number: str) -> Person:
    try:
        return queries.get_person_for(request.actor, number)
    except Person.DoesNotExist:
        raise Http404 from None
