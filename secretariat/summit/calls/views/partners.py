from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secretariat.foundation.accounts.doors import signed_in
from secretariat.registry.organisations.actions import register_organisation
from secretariat.registry.organisations.models import Organisation
from secretariat.registry.organisations.queries import search_organisations
from secretariat.registry.organisations.states import OrganisationKind
from secretariat.registry.places.queries import places_by_code, places_in_order
from secretariat.summit.calls import actions
from secretariat.summit.calls.forms import PartnerForm
from secretariat.summit.calls.models import Submission
from secretariat.summit.calls.rules import represents
from secretariat.summit.calls.views.reaching import own_submission, refusals_told

FOUND = 8


@signed_in
@refusals_told
def partners(request: HttpRequest, number: str) -> HttpResponse:
    """Who applies together with the first one: found in the registry, or entered anew."""
    found, asked = own_submission(request, number), request.GET.get("q", "").strip()
    places = [(place.alpha2, str(place)) for place in places_in_order()]
    is_new = request.POST.get("do") == "enter"
    form = PartnerForm(
        request.POST if is_new else None, kinds=OrganisationKind.choices, places=places,
        initial={"name_en": asked},
    )  # fmt: skip
    if request.method == "POST" and (not is_new or form.is_valid()):
        _change(request, found, form)
        return redirect("my_calls:partners", number)
    context = {
        "submission": found,
        "call": found.call,
        "partners": found.applicants.select_related("organisation__country", "organisation__ref"),
        "asked": asked,
        "results": search_organisations(asked, limit=FOUND) if asked else (),
        "form": form,
    }
    return render(request, "calls/partners.html", context)


def _change(request: HttpRequest, found: Submission, form: PartnerForm) -> None:
    now, actor = timezone.now(), request.actor
    if request.POST.get("do") == "enter":
        values = form.cleaned_data
        organisation = register_organisation(
            name_en=values["name_en"], name_zh=values["name_zh"], kind=values["kind"],
            country=places_by_code()[values["country"]], actor=actor, now=now,
        )  # fmt: skip
    else:
        organisation = get_object_or_404(
            Organisation, ref__number=request.POST.get("organisation"), canonical=None
        )
    if request.POST.get("do") == "remove":
        actions.remove_applicant(submission=found, organisation=organisation, actor=actor, now=now)
        messages.success(
            request, _("%(organisation)s no longer applies with you.") % {"organisation": organisation}
        )
    else:
        actions.add_applicants(submission=found, organisations=[organisation], actor=actor, now=now)
        messages.success(request, _("%(organisation)s applies with you.") % {"organisation": organisation})


@require_POST
@signed_in
def approvals(request: HttpRequest, organisation: str) -> HttpResponse:
    """Switch whether a second representative approves what this organisation hands in."""
    found = get_object_or_404(Organisation, ref__number=organisation)
    if not represents(request.actor, found.pk):
        raise Http404
    wanted = request.POST.get("wanted") == "yes"
    actions.want_approval(organisation=found, wanted=wanted, actor=request.actor, now=timezone.now())
    messages.success(request, _("Kept."))
    return redirect("my_calls:submissions")
