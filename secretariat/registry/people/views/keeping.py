"""Adding and correcting people at the desk."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting
from secretariat.foundation.ui.changing import change_page
from secretariat.registry.people import actions, queries
from secretariat.registry.people.forms import (
    AccountForm,
    AffiliationForm,
    PersonForm,
    affiliation_values,
    values_of,
)
from secretariat.registry.people.models import Affiliation, Person


@admitting("desk.run")
def new(request: HttpRequest) -> HttpResponse:
    """Enter somebody new."""
    form = PersonForm(request.POST or None)

    def save(form: PersonForm) -> str:
        person = actions.register_person(**form.changes(), **_who(request))
        return reverse("desk_people:person", args=[person.ref.number])

    page = {"heading": _("New person"), "back": reverse("desk_people:people"), "crumbs": _crumbs()}
    return change_page(request, form, save, refusals=REFUSALS, **page)


@admitting("desk.run")
def change(request: HttpRequest, number: str) -> HttpResponse:
    """Correct what is recorded of a person."""
    person = _get(request, number)
    form = PersonForm(request.POST or None, current=values_of(person))

    def save(form: PersonForm) -> str:
        if changes := form.changes():
            actions.update_person(person=person, **changes, **_who(request))
        return _path(number)

    return change_page(request, form, save, refusals=REFUSALS, **_page(person, _("Change the record")))


@admitting("desk.run")
def add_affiliation(request: HttpRequest, number: str) -> HttpResponse:
    """Say where a person works, from a day on."""
    person = _get(request, number)
    form = AffiliationForm(request.POST or None)

    def save(form: AffiliationForm) -> str:
        actions.add_affiliation(person=person, **form.changes(), **_who(request))
        return _path(number)

    return change_page(request, form, save, refusals=REFUSALS, **_page(person, _("New affiliation")))


@admitting("desk.run")
def change_affiliation(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """Correct an affiliation, or say when it ended."""
    person = _get(request, number)
    rows = Affiliation.objects.filter(Q(person=person) | Q(person__canonical=person))
    found = get_object_or_404(rows.select_related("organisation", "person"), pk=pk)
    form = AffiliationForm(request.POST or None, current=affiliation_values(found))

    def save(form: AffiliationForm) -> str:
        changes = form.changes()
        if set(changes) == {"ends_on"} and changes["ends_on"]:
            actions.end_affiliation(affiliation=found, ends_on=changes["ends_on"], **_who(request))
        elif changes:
            actions.correct_affiliation(affiliation=found, **changes, **_who(request))
        return _path(number)

    return change_page(request, form, save, refusals=REFUSALS, **_page(person, str(found.organisation)))


@admitting("desk.run")
def link_account(request: HttpRequest, number: str) -> HttpResponse:
    """Say which account is this person's."""
    person = _get(request, number)

    def save(form: AccountForm) -> str:
        actions.link_account(person=person, account=form.cleaned_data["email"], **_who(request))
        return _path(number)

    text = _("Whoever signs in with this account is this person from now on. It cannot be taken back here.")
    page = {"text": text, "button": _("Link the account"), **_page(person, _("Link an account"))}
    return change_page(request, AccountForm(request.POST or None), save, refusals=REFUSALS, **page)


def _get(request: HttpRequest, number: str) -> Person:
    try:
        return queries.get_person_for(request.actor, number)
    except Person.DoesNotExist:
        raise Http404 from None


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _path(number: str) -> str:
    return reverse("desk_people:person", args=[number])


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("People"), "path": reverse("desk_people:people")}]


def _page(person: Person, heading: str) -> dict[str, Any]:
    path = _path(person.ref.number)
    return {"heading": heading, "back": path, "crumbs": [*_crumbs(), {"label": str(person), "path": path}]}
