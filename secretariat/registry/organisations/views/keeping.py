"""Adding and correcting organisations at the desk."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting
from secretariat.foundation.ui.changing import change_page
from secretariat.registry.organisations import actions, queries
from secretariat.registry.organisations.forms import OrganisationForm, values_of
from secretariat.registry.organisations.models import Organisation


@admitting("desk.run")
def new(request: HttpRequest) -> HttpResponse:
    """Enter a new organisation."""

    def save(form: OrganisationForm) -> str:
        made = actions.register_organisation(**form.changes(), actor=request.actor, now=timezone.now())
        return _path(made.ref.number)

    page = {"heading": _("New organisation"), "back": reverse("desk_organisations:organisations")}
    form = OrganisationForm(request.POST or None)
    return change_page(request, form, save, refusals=REFUSALS, crumbs=_crumbs(), **page)


@admitting("desk.run")
def change(request: HttpRequest, number: str) -> HttpResponse:
    """Correct what is recorded of an organisation."""
    try:
        found = queries.get_organisation_for(request.actor, number)
    except Organisation.DoesNotExist:
        raise Http404 from None

    def save(form: OrganisationForm) -> str:
        if changes := form.changes():
            actions.update_organisation(
                organisation=found, **changes, actor=request.actor, now=timezone.now()
            )
        return _path(number)

    form = OrganisationForm(request.POST or None, current=values_of(found))
    crumbs = [*_crumbs(), {"label": str(found), "path": _path(number)}]
    page = {"heading": _("Change the record"), "back": _path(number), "crumbs": crumbs}
    return change_page(request, form, save, refusals=REFUSALS, **page)


def _path(number: str) -> str:
    return reverse("desk_organisations:organisation", args=[number])


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Organisations"), "path": reverse("desk_organisations:organisations")}]
