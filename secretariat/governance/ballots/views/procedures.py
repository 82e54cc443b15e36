"""Rules of procedure at the desk: laid down from a day on, and read beside the version before."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting, desk_only
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.ballots import actions, forms, procedures, queries
from secretariat.governance.ballots.models import Procedure
from secretariat.governance.bodies.models import Body


@require_safe
@desk_only
def procedure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One version, rule by rule, with what it changed."""
    found = get_object_or_404(Procedure.objects.select_related("body__ref"), pk=pk)
    versions = procedures.versions_of(found.body_id)
    before = procedures.before(found, versions)
    context = {
        "found": found, "before": before, "rules": procedures.compared(found, before), "crumbs": _crumbs(found.body),
    }  # fmt: skip
    return render(request, "ballots/procedure.html", context)


@admitting("desk.run")
def lay_down(request: HttpRequest, body: UUID) -> HttpResponse:
    """Lay down the next version, starting from the one in force."""
    found = get_object_or_404(Body.objects.select_related("ref"), pk=body)
    current = queries.procedure_of(found, timezone.localdate())

    def save(form: forms.ProcedureForm) -> str:
        made = actions.lay_down_procedure(body=found, **form.said(), actor=request.actor, now=timezone.now())
        return reverse("desk_ballots:procedure", args=[made.pk])

    form = forms.ProcedureForm(request.POST or None, initial=forms.values_of(current))
    page = {
        "heading": _("Rules of procedure of %(body)s") % {"body": found}, "crumbs": _crumbs(found),
        "back": reverse("desk_bodies:body", args=[found.ref.number]), "button": _("Lay them down"),
        "text": _("Those in force until then end on the day before. What is decided by then keeps its own rules."),
    }  # fmt: skip
    return change_page(request, form, save, refusals=REFUSALS, **page)


def _crumbs(body: Body) -> list[dict[str, Any]]:
    return [
        {"label": _("Bodies"), "path": reverse("desk_bodies:bodies")},
        {"label": str(body), "path": reverse("desk_bodies:body", args=[body.ref.number])},
    ]
