from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.doors import desk_only
from secretariat.registry.organisations import queries
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.tables import OrganisationsTable
from secretariat.registry.refs.panels import panels_of
from secretariat.registry.refs.timeline import timeline_of


@require_safe
@desk_only
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation in the registry."""
    rows = queries.visible_organisations(request.actor)
    return OrganisationsTable(rows).respond(request, "organisations/desk_organisations.html")


@require_safe
@desk_only
def organisation(request: HttpRequest, number: str) -> HttpResponse:
    """One organisation: names and ids, what every wing knows of it, and what was done to the record."""
    try:
        found = queries.get_organisation_for(request.actor, number)
    except Organisation.DoesNotExist:
        raise Http404 from None
    context = {
        "organisation": found,
        "panels": panels_of("organisation", found.pk, request.actor, timezone.localdate()),
        "events": timeline_of([found.pk]),
        "crumbs": [{"label": _("Organisations"), "path": reverse("desk_organisations:organisations")}],
    }
    return render(request, "organisations/desk_organisation.html", context)
