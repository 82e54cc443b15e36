"""Applications at the desk: checked, asked about, refused, put to the ballot."""

from datetime import timedelta
from typing import Any

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
from secretariat.governance.admissions.models import Application
from secretariat.governance.admissions.tables import ApplicationsTable
from secretariat.governance.admissions.views.my import certificate_of
from secretariat.governance.membership.forms import NothingForm
from secretariat.registry.refs.timeline import timeline_of

# What may be done with an application in which state: the action, and its words.
ACTS: dict[str, tuple[Any, Any, Any, tuple[str, ...]]] = {
    "ballot": (actions.put_to_ballot, gettext_lazy("Put to the ballot"),
               gettext_lazy("The ballot opens at once. Whoever is tied to the applicant is recused on its roll."),
               ("screening",)),
    "ask": (actions.ask_applicant, gettext_lazy("Ask the applicant"),
            gettext_lazy("The application rests until the answer is there."), ("screening", "asked")),
    "sponsor": (actions.ask_sponsor, gettext_lazy("Ask a sponsor"),
                gettext_lazy("Whoever speaks for the member is told, and answers in person."), ("screening", "asked")),
    "refuse": (actions.refuse, gettext_lazy("Refuse"),
               gettext_lazy("The application does not reach the Council. The applicant reads the reason."),
               ("screening", "asked")),
    "letter": (actions.draft_letter_of_admission, gettext_lazy("Draft the letter"),
               gettext_lazy("A draft in the applicant's language; somebody else signs it."),
               ("admitted", "rejected", "refused")),
}  # fmt: skip


@require_safe
@desk_only
def applications(request: HttpRequest) -> HttpResponse:
    """Every application, the newest first."""
    rows = queries.visible_applications(request.actor)
    return ApplicationsTable(rows).respond(request, "admissions/desk_applications.html")


@require_safe
@desk_only
def application(request: HttpRequest, number: str) -> HttpResponse:
    """One application: who, why, its sponsors, the due diligence, what was asked, and what happened."""
    found = _get(request, number)
    ways = [
        {"label": ACTS[name][1], "path": reverse("desk_admissions:act", args=[number, name])}
        for name in ACTS if found.state in ACTS[name][3]
    ]  # fmt: skip
    context = {
        "application": found, "missing": queries.still_missing(found) if found.state == "screening" else [],
        "ways": ways, "events": timeline_of([found.pk]), "crumbs": _crumbs(),
        "certificate": getattr(found, "certificate", None), "may_check": found.state in ("screening", "asked"),
    }  # fmt: skip
    return render(request, "admissions/desk_application.html", context)


@require_safe
@desk_only
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    return certificate_of(request, _get(request, number))


@admitting("desk.run")
def check(request: HttpRequest, number: str, point: str) -> HttpResponse:
    """Say how a point of the due diligence came out."""
    found = _get(request, number)
    row = get_object_or_404(found.checks.all(), point=point)

    def save(form: forms.CheckForm) -> str:
        actions.record_check(check=row, **form.cleaned_data, **_who(request))
        return _path(number)

    begun = {"state": row.state, "note": row.note}
    form = forms.CheckForm(request.POST if request.method == "POST" else None, initial=begun)
    return change_page(request, form, save, refusals=REFUSALS, **_page(found, row.get_point_display()))


@admitting("desk.run")
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Ask, refuse, put to the ballot, draft the letter; what is refused stands above the form."""
    found = _get(request, number)
    if act not in ACTS:
        raise Http404
    action, label, text, _states = ACTS[act]

    def save(form: Any) -> str:
        action(application=found, **form.cleaned_data, **_who(request))
        return _path(number)

    form = _form(act, request.POST if request.method == "POST" else None)
    return change_page(request, form, save, refusals=REFUSALS, text=text, button=label, **_page(found, label))


def _form(act: str, data: Any) -> Any:
    today = timezone.localdate()
    match act:
        case "ballot":
            closes = (timezone.now() + timedelta(days=7)).replace(second=0, microsecond=0)
            return forms.BallotForm(data, bodies=queries.deciding_bodies(), initial={"closes_at": closes})
        case "ask":
            return forms.InquiryForm(data, initial={"due_on": today + timedelta(days=14)})
        case "sponsor":
            return forms.AskSponsorForm(data, members=queries.possible_sponsors(today))
        case "refuse":
            return forms.RefuseForm(data)
        case _:
            return NothingForm(data)


def _get(request: HttpRequest, number: str) -> Application:
    try:
        return queries.get_application_for(request.actor, number)
    except Application.DoesNotExist:
        raise Http404 from None


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _path(number: str) -> str:
    return reverse("desk_admissions:application", args=[number])


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Applications"), "path": reverse("desk_admissions:applications")}]


def _page(found: Application, heading: Any) -> dict[str, Any]:
    path = _path(found.ref.number)
    return {"heading": heading, "back": path, "crumbs": [*_crumbs(), {"label": str(found), "path": path}]}
