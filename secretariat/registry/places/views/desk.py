from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting, desk_only
from secretariat.foundation.ui.changing import change_page
from secretariat.registry.places import actions, queries
from secretariat.registry.places.forms import PlaceForm
from secretariat.registry.places.models import Place
from secretariat.registry.places.tables import PlacesTable
from secretariat.registry.refs.timeline import timeline_of


@require_safe
@desk_only
def places(request: HttpRequest) -> HttpResponse:
    """Every country and region: how it is called, where it stands, and in which group."""
    return PlacesTable(queries.visible_places(request.actor)).respond(request, "places/desk_places.html")


@require_safe
@desk_only
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One country or region: names, order and groups, and what was done to it."""
    found = _get(request, code)
    context = {
        "place": found, "groups": queries.groups_with(found.pk), "events": timeline_of([found.pk]), "crumbs": _crumbs(),
    }  # fmt: skip
    return render(request, "places/desk_place.html", context)


@admitting("desk.run")
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Name, order or group a country or region: all or nothing."""
    found = _get(request, code)

    def save(form: PlaceForm) -> str:
        with transaction.atomic():
            _change(found, form.changes(), form.current, {"actor": request.actor, "now": timezone.now()})
        return _path(code)

    crumbs = [*_crumbs(), {"label": str(found), "path": _path(code)}]
    page = {"heading": _("Name, order and groups"), "back": _path(code), "crumbs": crumbs}
    return change_page(request, PlaceForm(request.POST or None, place=found), save, refusals=REFUSALS, **page)


def _change(place: Place, changes: dict[str, Any], current: dict[str, Any], who: dict[str, Any]) -> None:
    if set(changes) & {"own_en", "own_zh", "further"}:
        said = {**current, **changes}
        names = {"en": said["own_en"], "zh": said["own_zh"], **said["further"]}
        actions.rename_place(place=place, names={key: text for key, text in names.items() if text}, **who)
    if "position" in changes:
        actions.order_place(place=place, position=changes["position"], **who)
    for name, group in changes.items():
        if name.startswith("group_") and group:
            actions.move_place(place=place, group=group, **who)


def _get(request: HttpRequest, code: str) -> Place:
    try:
        return queries.visible_places(request.actor).get(alpha2=code)
    except Place.DoesNotExist:
        raise Http404 from None


def _path(code: str) -> str:
    return reverse("desk_places:place", args=[code])


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Countries and regions"), "path": reverse("desk_places:places")}]
