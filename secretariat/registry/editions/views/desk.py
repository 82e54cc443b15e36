from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.doors import desk_only
from secretariat.registry.editions import queries
from secretariat.registry.editions.actions import IN_PREPARATION
from secretariat.registry.editions.models import Edition
from secretariat.registry.editions.tables import EditionsTable, figures_of, parts_of
from secretariat.registry.editions.views.keeping import ways_of
from secretariat.registry.places.rules import keeps_registry
from secretariat.registry.refs.panels import panels_of
from secretariat.registry.refs.timeline import timeline_of


@require_safe
@desk_only
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition of every series, past ones too."""
    return EditionsTable(queries.visible_editions(request.actor)).respond(
        request, "editions/desk_editions.html"
    )


@require_safe
@desk_only
def edition(request: HttpRequest, number: str) -> HttpResponse:
    """One edition: its days, milestones and published figures, and what was done to it."""
    today, found = timezone.localdate(), _get(request, number)
    milestones, facts = list(found.milestones.all()), queries.facts_of([found.pk])[found.pk]
    context = {
        "edition": found,
        "parts": parts_of(found),
        "milestones": [(milestone, milestone.is_late(today)) for milestone in milestones],
        "facts": figures_of(found, facts),
        "panels": panels_of("edition", found.pk, request.actor, today),
        "events": timeline_of([found.pk, *(milestone.pk for milestone in milestones)]),
        "ways": ways_of(found),
        "can_change": keeps_registry(request.actor) and found.state in IN_PREPARATION,
        "crumbs": [{"label": _("Editions"), "path": reverse("desk_editions:editions")}],
    }
    return render(request, "editions/desk_edition.html", context)


def _get(request: HttpRequest, number: str) -> Edition:
    try:
        return queries.get_edition_for(request.actor, number)
    except Edition.DoesNotExist:
        raise Http404 from None
