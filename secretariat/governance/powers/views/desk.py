"""Writing down what bodies may decide, and what they delegate, at the desk."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.bodies.models import Body
from secretariat.governance.powers import actions, forms
from secretariat.governance.powers.models import Delegation, Power


@admitting("desk.run")
def new(request: HttpRequest, body: UUID) -> HttpResponse:
    """Write down a power that the rules give to a body."""
    found = get_object_or_404(Body.objects.select_related("ref"), pk=body)

    def save(form: forms.PowerForm) -> str:
        actions.reserve_power(body=found, **form.cleaned_data, **_who(request))
        return _path(found)

    page = _page(found, _("A power of %(body)s") % {"body": found})
    return change_page(request, forms.PowerForm(request.POST or None), save, refusals=REFUSALS, **page)


@admitting("desk.run")
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say until when the rules gave a power to its body."""
    power = _power(pk)

    def save(form: forms.EndPowerForm) -> str:
        actions.end_power(power=power, **form.cleaned_data, **_who(request))
        return _path(power.body)

    page = _page(power.body, _("End the power “%(power)s”") % {"power": power})
    text = _("What was delegated of it ends with it.")
    form = forms.EndPowerForm(request.POST or None)
    return change_page(request, form, save, refusals=REFUSALS, text=text, **page)


@admitting("desk.run")
def delegate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep that a power was delegated to another body."""
    power = _power(pk)

    def save(form: forms.DelegationForm) -> str:
        actions.delegate(power=power, **form.cleaned_data, **_who(request))
        return _path(power.body)

    page = _page(power.body, _("Delegate the power “%(power)s”") % {"power": power})
    form = forms.DelegationForm(request.POST or None, body=power.body)
    return change_page(request, form, save, refusals=REFUSALS, button=pgettext("verb", "Delegate"), **page)


@admitting("desk.run")
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a delegated power back."""
    rows = Delegation.objects.select_related("power__body__ref", "to")
    delegation = get_object_or_404(rows, pk=pk)
    power = delegation.power

    def save(form: forms.RevokeForm) -> str:
        actions.revoke(delegation=delegation, **form.cleaned_data, **_who(request))
        return _path(power.body)

    said = {"power": power, "body": delegation.to}
    page = _page(power.body, _("Revoke the power “%(power)s” of %(body)s") % said)
    form = forms.RevokeForm(request.POST or None)
    return change_page(request, form, save, refusals=REFUSALS, button=_("Revoke"), **page)


def _power(pk: UUID) -> Power:
    return get_object_or_404(Power.objects.select_related("body__ref"), pk=pk)


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _path(body: Body) -> str:
    return reverse("desk_bodies:body", args=[body.ref.number])


def _page(body: Body, heading: str) -> dict[str, Any]:
    crumbs = [
        {"label": _("Bodies"), "path": reverse("desk_bodies:bodies")}, {"label": str(body), "path": _path(body)},
    ]  # fmt: skip
    return {"heading": heading, "back": _path(body), "crumbs": crumbs}
