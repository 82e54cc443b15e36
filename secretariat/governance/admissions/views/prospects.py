"""Whom the secretariat would like to win as a member."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting, desk_only
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.admissions import actions, forms, queries
from secretariat.governance.admissions.states import PROSPECT_TRANSITIONS
from secretariat.governance.admissions.tables import ProspectsTable
from secretariat.registry.refs.timeline import timeline_of

ACTS = {
    "invite": (actions.invite_prospect, forms.InviteForm, gettext_lazy("Invited"), "invited"),
    "decline": (actions.decline_prospect, forms.DeclineForm, gettext_lazy("Does not apply"), "declined"),
}


@require_safe
@desk_only
def prospects(request: HttpRequest) -> HttpResponse:
    """Every organisation that is sought, what is to be followed up first."""
    rows = queries.visible_prospects(request.actor)
    return ProspectsTable(rows).respond(request, "admissions/desk_prospects.html")


@require_safe
@desk_only
def prospect(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One prospect, and what was done to win it."""
    found = get_object_or_404(queries.visible_prospects(request.actor), pk=pk)
    ways = [
        {"label": label, "path": reverse("desk_admissions:act_on_prospect", args=[pk, name])}
        for name, (_action, _form, label, state) in ACTS.items() if state in PROSPECT_TRANSITIONS[found.state]
    ]  # fmt: skip
    context = {"prospect": found, "ways": ways, "events": timeline_of([found.pk]), "crumbs": _crumbs()}
    return render(request, "admissions/desk_prospect.html", context)


@admitting("desk.run")
def note(request: HttpRequest) -> HttpResponse:
    """Note an organisation that is to be won; ``?organisation=NUMBER`` says which."""

    def save(form: forms.ProspectForm) -> str:
        made = actions.note_prospect(**form.cleaned_data, actor=request.actor, now=timezone.now())
        return reverse("desk_admissions:prospect", args=[made.pk])

    begun = {"organisation": request.GET.get("organisation", "")}
    form = forms.ProspectForm(request.POST if request.method == "POST" else None, initial=begun)
    page = {
        "heading": _("Note a prospect"),
        "back": reverse("desk_admissions:prospects"),
        "crumbs": _crumbs(),
    }
    return change_page(request, form, save, refusals=REFUSALS, **page)


@admitting("desk.run")
def act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Invited, or does not apply."""
    found = get_object_or_404(queries.visible_prospects(request.actor), pk=pk)
    if act not in ACTS:
        raise Http404
    action, asked, label, _state = ACTS[act]
    back = reverse("desk_admissions:prospect", args=[pk])

    def save(form: Any) -> str:
        action(prospect=found, **form.cleaned_data, actor=request.actor, now=timezone.now())
        return back

    form = asked(request.POST if request.method == "POST" else None)
    crumbs = [*_crumbs(), {"label": str(found), "path": back}]
    return change_page(request, form, save, refusals=REFUSALS, heading=label, back=back, crumbs=crumbs)


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Prospects"), "path": reverse("desk_admissions:prospects")}]
