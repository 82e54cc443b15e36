"""The agenda and its papers, as they are prepared."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS, Actor
from secretariat.foundation.files.actions import store_file
from secretariat.foundation.files.models import File
from secretariat.foundation.files.queries import open_file
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.meetings import actions, forms, queries
from secretariat.governance.meetings.models import AgendaItem, Meeting, Paper
from secretariat.governance.meetings.views.desk import crumbs, path_of, who
from secretariat.governance.meetings.views.entering import doing, item_in, running, told_wrong

LARGEST = 50 * 1024 * 1024  # bytes


@running
def new_item(request: HttpRequest, found: Meeting) -> HttpResponse:
    """Put an item on the agenda; ``?under=`` names what it stands under."""
    under = request.GET.get("under", "")
    parent = item_in(found, _key(under)) if under else None

    def save(form: forms.ItemForm) -> str:
        actions.add_item(meeting=found, parent=parent, **form.changes(), **who(request))
        return path_of(found)

    form = forms.ItemForm(request.POST or None, initial={"purpose": "discussion", "audience": found.audience})
    heading = _("New item under “%(item)s”") % {"item": parent} if parent else _("New item")
    return change_page(
        request, form, save, heading=heading, back=path_of(found), refusals=REFUSALS, crumbs=crumbs(found)
    )


@running
def change_item(request: HttpRequest, found: Meeting, pk: UUID) -> HttpResponse:
    """Change an item."""
    item = item_in(found, pk)

    def save(form: forms.ItemForm) -> str:
        if changes := form.changes():
            actions.change_item(item=item, **changes, **who(request))
        return path_of(found)

    form = forms.ItemForm(request.POST or None, current=forms.item_values(item))
    page = {"heading": _("Change the item"), "back": path_of(found), "crumbs": crumbs(found)}
    return change_page(request, form, save, refusals=REFUSALS, **page)


@require_POST
@running
def move_item(request: HttpRequest, found: Meeting, pk: UUID, verb: str) -> HttpResponse:
    """Move an item up or down, under the one above it or out from under it, or take it off."""
    item = item_in(found, pk)
    if verb not in MOVES and verb != "remove":
        raise Http404
    if verb == "remove":
        doing(request, lambda: actions.remove_item(item=item, **who(request)))
    elif (to := MOVES[verb](item)) is not None:
        doing(request, lambda: actions.place_item(item=item, parent=to[0], position=to[1], **who(request)))
    return redirect(f"{path_of(found)}#agenda")


def _beside(item: AgendaItem) -> tuple[list[AgendaItem], int]:
    rows = list(AgendaItem.objects.filter(meeting=item.meeting, parent=item.parent).order_by("position"))
    return rows, [row.pk for row in rows].index(item.pk)


def _shifted(by: int) -> Callable[[AgendaItem], tuple[AgendaItem | None, int] | None]:
    def move(item: AgendaItem) -> tuple[AgendaItem | None, int] | None:
        rows, at = _beside(item)
        return (item.parent, at + by + 1) if 0 <= at + by < len(rows) else None

    return move


def _inward(item: AgendaItem) -> tuple[AgendaItem | None, int] | None:
    rows, at = _beside(item)
    return (rows[at - 1], 999) if at else None


def _outward(item: AgendaItem) -> tuple[AgendaItem | None, int] | None:
    if item.parent is None:
        return None
    above = AgendaItem.objects.select_related("parent").get(pk=item.parent_id)
    above.meeting = item.meeting
    _rows, at = _beside(above)
    return above.parent, at + 2


MOVES = {"up": _shifted(-1), "down": _shifted(1), "in": _inward, "out": _outward}


@running
def new_paper(request: HttpRequest, found: Meeting, pk: UUID) -> HttpResponse:
    """Announce a paper for an item."""
    item = item_in(found, pk)

    def save(form: forms.PaperForm) -> str:
        actions.add_paper(item=item, **form.cleaned_data, **who(request))
        return f"{path_of(found)}#agenda"

    page = {
        "heading": _("New paper for “%(item)s”") % {"item": item},
        "back": path_of(found),
        "crumbs": crumbs(found),
    }
    return change_page(request, forms.PaperForm(request.POST or None), save, refusals=REFUSALS, **page)


@running
def new_version(request: HttpRequest, found: Meeting, paper: int) -> HttpResponse:
    """Hand in a paper in a language, for the first time or anew."""
    row = _paper(request, found, paper)

    def save(form: forms.VersionForm) -> str:
        told = form.cleaned_data
        file = kept(told["file"], request)
        actions.add_paper_version(paper=row, language=told["language"], file=file, **who(request))
        return f"{path_of(found)}#agenda"

    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.VersionForm(*posted, actor=request.actor)
    page = {
        "heading": _("Hand in “%(paper)s”") % {"paper": row},
        "back": path_of(found),
        "crumbs": crumbs(found),
    }
    return change_page(request, form, save, refusals=REFUSALS, **page)


def kept(handed_in: Any, request: HttpRequest) -> File:
    """Return the file that was handed in, kept unless it was sent in pieces before."""
    if isinstance(handed_in, File):
        return handed_in
    return store_file(stream=handed_in, name=handed_in.name, allowed_types=(), limit=LARGEST, **who(request))


@require_POST
@running
def withdraw_paper(request: HttpRequest, found: Meeting, paper: int) -> HttpResponse:
    form = forms.ReasonForm(request.POST)
    if not told_wrong(request, form):
        row = _paper(request, found, paper)
        doing(request, lambda: actions.withdraw_paper(paper=row, **form.cleaned_data, **who(request)))
    return redirect(f"{path_of(found)}#agenda")


@require_safe
@running
def file(request: HttpRequest, found: Meeting, paper: int, language: str) -> HttpResponseBase:
    """A paper as it reads in a language."""
    return file_of(request.actor, found, paper, language)


def file_of(actor: Actor, found: Meeting, number: int, language: str) -> FileResponse:
    """Answer with the latest version of a paper that the actor may read; else there is no such page."""
    for paper in queries.papers_seen_by(actor, found):
        for version in paper.read:
            if paper.number == number and version.language == language and not paper.withdrawn:
                stream = open_file(actor, version.file)
                return FileResponse(
                    stream,
                    as_attachment=True,
                    filename=version.file.name,
                    content_type=version.file.media_type,
                )
    raise Http404


def _paper(request: HttpRequest, found: Meeting, number: int) -> Paper:
    paper = Paper.objects.filter(meeting=found, number=number).select_related("item").first()
    if paper is None or paper.item_id in queries.items_kept_from(request.actor, found):
        raise Http404
    paper.meeting = found
    return paper


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
