"""Announcing editions, and leading them on, at the desk."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting
from secretariat.foundation.ui.changing import change_page
from secretariat.registry.editions import actions, forms, queries
from secretariat.registry.editions.models import Edition, Milestone
from secretariat.registry.editions.states import EDITION_TRANSITIONS
from secretariat.registry.editions.tables import parts_of

ACTS: dict[str, tuple[str, Callable[..., Edition], Any, Any]] = {
    "open": ("open", actions.open_edition, gettext_lazy("Open the edition"), gettext_lazy("Its parts begin.")),
    "close": ("closed", actions.close_edition, gettext_lazy("Close the edition"), gettext_lazy("It has been held.")),
    "archive": ("archived", actions.archive_edition, gettext_lazy("Put it into the archive"),
                gettext_lazy("Its days and parts are fixed; published figures may still be added.")),
    "cancel": ("cancelled", actions.cancel_edition, gettext_lazy("Call the edition off"),
               gettext_lazy("It will not be held. Its record stays.")),
}  # fmt: skip


@admitting("desk.run")
def new(request: HttpRequest) -> HttpResponse:
    """Announce an edition that is like no earlier one."""

    def save(form: forms.NewEditionForm) -> str:
        return _path(actions.announce_edition(**form.changes(), **_who(request)))

    page = {"heading": _("New edition"), "back": reverse("desk_editions:editions"), "crumbs": _crumbs()}
    return change_page(request, forms.NewEditionForm(request.POST or None), save, refusals=REFUSALS, **page)


@admitting("desk.run")
def following(request: HttpRequest, number: str) -> HttpResponse:
    """Announce the next edition like this one: first what will come, then it comes."""
    edition = _get(request, number)
    form = forms.NextEditionForm(request.POST or None, initial={"starts_on": queries.a_year_after(edition)})
    page = {"edition": edition, "form": form, **_page(edition, _("The next edition like this one"))}
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = actions.next_edition_from(previous=edition, **_asked(form), **_who(request))
                page |= {
                    "coming": made,
                    "parts": parts_of(made),
                    "moved": queries.moved_milestones(edition, made),
                }
                transaction.set_rollback("make" not in request.POST)
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            if "make" in request.POST:
                return redirect(_path(made))
    return render(request, "editions/desk_next.html", page, status=422 if form.errors else 200)


@admitting("desk.run")
def change(request: HttpRequest, number: str) -> HttpResponse:
    """Correct title, days, venue and place."""
    edition = _get(request, number)

    def save(form: forms.EditionForm) -> str:
        if changes := form.changes():
            actions.change_edition(edition=edition, **changes, **_who(request))
        return _path(edition)

    form = forms.EditionForm(request.POST or None, current=forms.values_of(edition))
    return change_page(request, form, save, refusals=REFUSALS, **_page(edition, _("Change the edition")))


@admitting("desk.run")
def parts(request: HttpRequest, number: str) -> HttpResponse:
    """Switch the parts of an edition on and off."""
    edition = _get(request, number)

    def save(form: forms.PartsForm) -> str:
        actions.switch_parts(edition=edition, **form.cleaned_data, **_who(request))
        return _path(edition)

    posted = request.POST if request.method == "POST" else None
    form = forms.PartsForm(posted, initial={"parts": edition.parts})
    return change_page(request, form, save, refusals=REFUSALS, **_page(edition, _("Parts of the edition")))


@admitting("desk.run")
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Open, close, archive or call off: said once more, then done."""
    edition = _get(request, number)
    if act not in ACTS:
        raise Http404
    _state, action, label, text = ACTS[act]

    def save(_form: Any) -> str:
        return _path(action(edition=edition, **_who(request)))

    form = forms.forms.Form(request.POST if request.method == "POST" else None)
    page = {"text": text, "button": label, **_page(edition, label)}
    return change_page(request, form, save, refusals=REFUSALS, **page)


@admitting("desk.run")
def milestone(request: HttpRequest, number: str, key: str = "") -> HttpResponse:
    """Set a milestone, move it, or say that it has been reached."""
    edition = _get(request, number)
    found = get_object_or_404(Milestone, edition=edition, key=key) if key else None

    def save(form: forms.MilestoneForm) -> str:
        values = dict(form.cleaned_data)
        values.pop("was"), values.setdefault("key", key)
        reached = values.pop("reached_on", None)
        with transaction.atomic():
            row = found
            if not found or set(form.changes()) - {"reached_on"}:
                row = actions.set_milestone(edition=edition, **values, **_who(request))
            if reached and reached != row.reached_on:
                actions.reach_milestone(milestone=row, reached_on=reached, **_who(request))
        return _path(edition)

    form = forms.MilestoneForm(request.POST or None, current=forms.milestone_values(found) if found else None)
    page = _page(edition, str(found) if found else _("New milestone"))
    return change_page(request, form, save, refusals=REFUSALS, **page)


def ways_of(edition: Edition) -> list[dict[str, Any]]:
    """Return what an edition in its present state may be led to."""
    number = edition.ref.number
    return [
        {"label": label, "path": reverse("desk_editions:act", args=[number, act])}
        for act, (state, _action, label, _text) in ACTS.items()
        if state in EDITION_TRANSITIONS[edition.state]
    ]


def _asked(form: forms.NextEditionForm) -> dict[str, Any]:
    values = form.cleaned_data
    return {
        "starts_on": values["starts_on"],
        "title_en": values["title_en"] or None,
        "title_zh": values["title_zh"] or None,
    }


def _get(request: HttpRequest, number: str) -> Edition:
    try:
        return queries.get_edition_for(request.actor, number)
    except Edition.DoesNotExist:
        raise Http404 from None


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _path(edition: Edition) -> str:
    return reverse("desk_editions:edition", args=[edition.ref.number])


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Editions"), "path": reverse("desk_editions:editions")}]


def _page(edition: Edition, heading: Any) -> dict[str, Any]:
    path = _path(edition)
    return {"heading": heading, "back": path, "crumbs": [*_crumbs(), {"label": str(edition), "path": path}]}
