from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting, desk_only
from secretariat.foundation.files.actions import FileRefused, store_file
from secretariat.foundation.files.models import File
from secretariat.foundation.files.queries import open_file
from secretariat.foundation.ui.changing import change_page
from secretariat.registry.imports import actions, queries
from secretariat.registry.imports.forms import FileForm, MatchForm
from secretariat.registry.imports.importers import importers
from secretariat.registry.imports.models import Import
from secretariat.registry.imports.states import AT_WORK
from secretariat.registry.imports.tables import ImportsTable, RowsTable, label_of
from secretariat.registry.refs.timeline import timeline_of

LIMIT = 100 * 1024 * 1024
ACTS: dict[str, Callable[..., Import]] = {"apply": actions.start_apply, "undo": actions.start_undo}


@require_safe
@desk_only
def imports(request: HttpRequest) -> HttpResponse:
    """Every import, the latest first."""
    return ImportsTable(queries.visible_imports(request.actor)).respond(request, "imports/desk_imports.html")


@admitting("desk.run")
def new(request: HttpRequest) -> HttpResponse:
    """Hand in a file; ``?what=`` chooses what it brings in."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FileForm(*posted, actor=request.actor, initial={"importer": request.GET.get("what", "")})

    def save(form: FileForm) -> str:
        found = _handed_in(request, form.cleaned_data["importer"], form.cleaned_data["file"])
        return reverse("desk_imports:match", args=[found.ref.number])

    page = {"heading": _("New import"), "back": reverse("desk_imports:imports"), "crumbs": _crumbs()}
    text = _("Nothing is changed before you have seen what each row will do.")
    return change_page(
        request, form, save, refusals=(*REFUSALS, FileRefused), text=text, button=_("Hand in"),
        below="imports/fields.html", importers=importers(), **page,
    )  # fmt: skip


@admitting("desk.run")
def match(request: HttpRequest, number: str) -> HttpResponse:
    """Say which column is which, and have every row tried."""
    found = _get(request, number)
    rows, wrong = _first_rows(found)
    form = MatchForm(
        request.POST or None,
        found=found,
        importer=queries.known_importer(found),
        heads=rows[0] if rows else [],
    )

    def save(form: MatchForm) -> str:
        actions.start_check(found=found, **form.asked(), **_who(request))
        return _path(number)

    page = {"heading": _("Match the columns"), "back": _path(number), "crumbs": [*_crumbs(), _crumb(found)]}
    return change_page(
        request, form, save, refusals=REFUSALS, button=_("Check every row"), below="imports/first_rows.html",
        rows=rows, wrong=wrong, **page,
    )  # fmt: skip


@require_safe
@desk_only
def import_(request: HttpRequest, number: str) -> HttpResponse:
    """One import: where it stands, and what each row did or will do."""
    found = _get(request, number)
    done, total = queries.progress_of(found.pk)
    context = {
        "found": found, "label": label_of(found), "is_at_work": found.state in AT_WORK, "done": done, "total": total,
        "events": timeline_of([found.pk]), "crumbs": _crumbs(), "counts": found.counts,
        "may_apply": found.state == "checked" and not (found.mode == "whole" and found.counts.get("refused")),
        "to_do": found.counts.get("new", 0) + found.counts.get("changed", 0),
    }  # fmt: skip
    return RowsTable(queries.rows_in(found)).respond(request, "imports/desk_import.html", context)


@require_POST
@admitting("desk.run")
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Bring in what was checked, or take it back; what is refused is said on the import's page."""
    found = _get(request, number)
    if act not in ACTS:
        raise Http404
    try:
        ACTS[act](found=found, **_who(request))
    except REFUSALS as refused:
        messages.error(request, str(refused))
    return redirect("desk_imports:import", number)


def _handed_in(request: HttpRequest, importer: str, given: Any) -> Import:
    file = given
    if not isinstance(given, File):
        file = store_file(stream=given, name=given.name, allowed_types=(), limit=LIMIT, **_who(request))
    with open_file(request.actor, file) as stream:
        return actions.hand_in(importer=importer, file=file, stream=stream, **_who(request))


def _first_rows(found: Import) -> tuple[list[list[str]], str]:
    try:
        return queries.first_rows(found), ""
    except ValueError as wrong:
        return [], str(wrong)


def _get(request: HttpRequest, number: str) -> Import:
    found = queries.get_import_for(request.actor, number)
    if found is None:
        raise Http404
    return found


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _path(number: str) -> str:
    return reverse("desk_imports:import", args=[number])


def _crumb(found: Import) -> dict[str, str]:
    return {"label": found.ref.number, "path": _path(found.ref.number)}


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Imports"), "path": reverse("desk_imports:imports")}]
