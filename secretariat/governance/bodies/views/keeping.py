"""Establishing bodies, and giving their seats, at the desk."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.bodies import actions, forms, queries
from secretariat.governance.bodies.models import Body, CallIn, Seat, Term


@admitting("desk.run")
def new(request: HttpRequest) -> HttpResponse:
    """Establish a body."""

    def save(form: forms.NewBodyForm) -> str:
        return _path(actions.establish_body(**form.changes(), **_who(request)))

    page = {"heading": _("New body"), "back": reverse("desk_bodies:bodies"), "crumbs": _crumbs()}
    return change_page(request, forms.NewBodyForm(request.POST or None), save, refusals=REFUSALS, **page)


@admitting("desk.run")
def change(request: HttpRequest, number: str) -> HttpResponse:
    """Change what a body is called, is and does."""
    body = _get(request, number)

    def save(form: forms.BodyForm) -> str:
        if changes := form.changes():
            actions.change_body(body=body, **changes, **_who(request))
        return _path(body)

    form = forms.BodyForm(request.POST or None, current=forms.body_values(body))
    return change_page(request, form, save, refusals=REFUSALS, **_page(body, _("Change the body")))


@admitting("desk.run")
def add_seats(request: HttpRequest, number: str) -> HttpResponse:
    """Add one seat, or several alike: all or none."""
    body = _get(request, number)

    def save(form: forms.NewSeatsForm) -> str:
        values = dict(form.cleaned_data)
        with transaction.atomic():
            for _seat in range(values.pop("number")):
                actions.add_seat(body=body, **values, **_who(request))
        return _path(body)

    form = forms.NewSeatsForm(request.POST or None)
    return change_page(request, form, save, refusals=REFUSALS, **_page(body, _("New seats")))


@admitting("desk.run")
def change_seat(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Change what a seat is called."""
    body = _get(request, number)
    seat = get_object_or_404(Seat, body=body, key=key)

    def save(form: forms.SeatForm) -> str:
        if changes := form.changes():
            actions.change_seat(seat=seat, **changes, **_who(request))
        return _path(body)

    form = forms.SeatForm(request.POST or None, current=forms.seat_values(seat))
    return change_page(
        request, form, save, refusals=REFUSALS, **_page(body, _("Seat %(key)s") % {"key": key})
    )


@admitting("desk.run")
def appoint(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Give a seat to somebody."""
    body = _get(request, number)
    seat = get_object_or_404(Seat, body=body, key=key)

    def save(form: forms.TermForm) -> str:
        actions.appoint(seat=seat, **form.cleaned_data, **_who(request))
        return _path(body)

    form = forms.TermForm(request.POST or None, seat=seat)
    page = _page(body, _("Appoint to the seat %(key)s") % {"key": key})
    return change_page(request, form, save, refusals=REFUSALS, button=_("Appoint"), **page)


@admitting("desk.run")
def end_term(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """Say on which day a term ends."""
    body = _get(request, number)
    term = _term(body, pk)

    def save(form: forms.EndTermForm) -> str:
        actions.end_term(term=term, **form.cleaned_data, **_who(request))
        return _path(body)

    form = forms.EndTermForm(request.POST or None, today=timezone.localdate())
    page = _page(body, _("End the term of %(name)s") % {"name": term.person or term.organisation})
    return change_page(request, form, save, refusals=REFUSALS, button=_("End the term"), **page)


@admitting("desk.run")
def succeed(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """Give the seat of a term to a successor; the term before ends the day before."""
    body = _get(request, number)
    term = _term(body, pk)

    def save(form: forms.TermForm) -> str:
        actions.succeed(term=term, **form.cleaned_data, **_who(request))
        return _path(body)

    form = forms.TermForm(request.POST or None, seat=term.seat, role=term.role)
    page = _page(body, _("Successor of %(name)s") % {"name": term.person or term.organisation})
    text = _("The present term ends on the day before the new one begins.")
    return change_page(request, form, save, refusals=REFUSALS, text=text, button=_("Appoint"), **page)


@admitting("desk.run")
def call_in(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """Call the alternate of a seat in for a time."""
    body = _get(request, number)
    term = _term(body, pk)

    def save(form: forms.CallInForm) -> str:
        actions.call_in(term=term, **form.cleaned_data, **_who(request))
        return _path(body)

    form = forms.CallInForm(request.POST or None)
    page = _page(body, _("Call in %(name)s") % {"name": term.person or term.organisation})
    text = _("She acts for the seat, and its holder does not: the vote, the quorum and the papers are hers.")
    return change_page(request, form, save, refusals=REFUSALS, text=text, button=_("Call in"), **page)


@admitting("desk.run")
def call_off(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """End the call of an alternate, or make it void."""
    body = _get(request, number)
    rows = CallIn.objects.select_related("term__seat__body", "term__person", "term__organisation")
    call = get_object_or_404(rows, pk=pk, term__seat__body=body, occasion=None)

    def save(form: forms.CallOffForm) -> str:
        actions.call_off(call=call, **form.cleaned_data, **_who(request))
        return _path(body)

    form = forms.CallOffForm(request.POST or None)
    page = _page(body, _("Call off %(name)s") % {"name": call.term.person or call.term.organisation})
    return change_page(request, form, save, refusals=REFUSALS, button=_("Call off"), **page)


def _get(request: HttpRequest, number: str) -> Body:
    try:
        return queries.get_body_for(request.actor, number, timezone.localdate())
    except Body.DoesNotExist:
        raise Http404 from None


def _term(body: Body, pk: UUID) -> Term:
    rows = Term.objects.select_related("seat__body", "person", "organisation")
    return get_object_or_404(rows, pk=pk, seat__body=body)


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _path(body: Body) -> str:
    return reverse("desk_bodies:body", args=[body.ref.number])


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Bodies"), "path": reverse("desk_bodies:bodies")}]


def _page(body: Body, heading: str) -> dict[str, Any]:
    path = _path(body)
    return {"heading": heading, "back": path, "crumbs": [*_crumbs(), {"label": str(body), "path": path}]}
