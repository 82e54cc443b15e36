"""The register of resolutions: entered, published, carried out action by action."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import signed_in
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.ballots.models import Ballot
from secretariat.governance.ballots.showing import picture_of
from secretariat.governance.meetings.documents import download
from secretariat.governance.minutes import actions, forms, queries, rules
from secretariat.governance.minutes.documents import resolution_document
from secretariat.governance.minutes.models import Resolution
from secretariat.governance.minutes.tables import ResolutionsTable, is_late, standing_words
from secretariat.governance.minutes.views.reaching import (
    close,
    closing,
    data_of,
    doing,
    evidence_of,
    keeping,
    registered,
    who,
)
from secretariat.record.tasks.models import Task
from secretariat.registry.refs.timeline import timeline_of


@require_safe
@signed_in
def resolutions(request: HttpRequest) -> HttpResponseBase:
    """Every resolution of the bodies the reader chairs or serves; the desk sees all."""
    if not rules.may_come_in(request.actor):
        raise Http404
    rows = queries.register_of(request.actor)
    return ResolutionsTable(rows).respond(request, "minutes/desk_resolutions.html")


@require_safe
@registered
def resolution(request: HttpRequest, found: Resolution) -> HttpResponse:
    """What was resolved, how, and what becomes of it."""
    tasks = queries.actions_of(found)
    context = {
        "resolution": found, "actions": tasks, "standing": standing_words(found), "is_late": is_late(found),
        "picture": picture_of(found.ballot), "today": timezone.localdate(), "door": "desk", "crumbs": _crumbs(),
        "events": timeline_of([found.pk]), "reads_files": True,
        "minutes": found.item and queries.minutes_of(found.item.meeting_id),
    }  # fmt: skip
    return render(request, "minutes/desk_resolution.html", context)


@require_safe
@registered
def word(request: HttpRequest, found: Resolution, language: str) -> HttpResponse:
    """A resolution as a document."""
    tasks = queries.actions_of(found)
    return download(lambda: resolution_document(found, tasks, language), found.ref.number, language)


@require_safe
@registered
def evidence(request: HttpRequest, found: Resolution, pk: UUID) -> HttpResponseBase:
    """A file that shows that an action was carried out."""
    return evidence_of(request, found, pk)


@signed_in
def enter(request: HttpRequest, number: str) -> HttpResponse:
    """Enter what a ballot about no motion decided."""
    rows = Ballot.objects.filter(ref__number=number).select_related("ref", "body", "result")
    ballot = rows.first()
    if ballot is None or not rules.can_keep(request.actor, ballot.body):
        raise Http404

    def save(form: forms.ResolutionForm) -> str:
        return _path(actions.enter_resolution(ballot=ballot, **form.cleaned_data, **who(request)))

    begun = {"title_en": ballot.question_en, "title_zh": ballot.question_zh}
    form = forms.ResolutionForm(data_of(request), initial=begun)
    back = reverse("desk_minutes:resolutions")
    told = _("Decided by the ballot %(number)s: %(question)s") % {"number": number, "question": ballot}
    page = {"heading": _("Enter a resolution"), "button": _("Enter it"), "text": told}
    return change_page(request, form, save, refusals=REFUSALS, back=back, crumbs=_crumbs(), **page)


@require_POST
@registered
def publish(request: HttpRequest, found: Resolution) -> HttpResponse:
    """Let everybody read it."""
    keeping(found)
    doing(request, lambda: actions.publish_resolution(resolution=found, **who(request)), _("Published."))
    return redirect("desk_minutes:resolution", found.ref.number)


@registered
def new_action(request: HttpRequest, found: Resolution) -> HttpResponse:
    """Say who does what by when."""
    keeping(found)

    def save(form: forms.ActionForm) -> str:
        actions.set_action(resolution=found, **form.cleaned_data, **who(request))
        return _path(found)

    form = _action_form(request, found)
    return _change(
        request, found, form, save, heading=_("Set an action"), button=_("Set it"), text=str(found)
    )


@registered
def action(request: HttpRequest, found: Resolution, task: str, verb: str) -> HttpResponse:
    """Say an action otherwise, close it with what shows it, or drop it with a reason."""
    keeping(found)
    row = Task.objects.filter(origin=found.ref_id, ref__number=task).select_related("ref", "owner").first()
    if row is None or verb not in ("change", "close", "drop"):
        raise Http404
    row.origin = found.ref
    begun = {"title": row.title, "owner": row.owner, "due_on": row.due_on, "note": row.note}
    said = {
        "change": (lambda: _action_form(request, found, initial=begun), actions.change_action, _("Save")),
        "close": (lambda: closing(request), None, _("Close the action")),
        "drop": (lambda: forms.DropForm(data_of(request)), actions.drop_action, _("Drop the action")),
    }  # fmt: skip
    form_of, do, button = said[verb]

    def save(form: Any) -> str:
        if verb == "close":
            close(request, found, row, form)
        else:
            do(resolution=found, task=row, **form.cleaned_data, **who(request))
        return f"{_path(found)}#actions"

    return _change(request, found, form_of(), save, heading=row.title, button=button)


def _action_form(request: HttpRequest, found: Resolution, **named: Any) -> forms.ActionForm:
    today = timezone.localdate()
    owners = queries.action_owners(found, today)
    return forms.ActionForm(data_of(request), owners=owners, today=today, **named)


def _change(request: HttpRequest, found: Resolution, form: Any, save: Any, **page: Any) -> HttpResponse:
    crumbs = [*_crumbs(), {"label": found.code, "path": _path(found)}]
    return change_page(request, form, save, refusals=REFUSALS, back=_path(found), crumbs=crumbs, **page)


def _path(found: Resolution) -> str:
    return reverse("desk_minutes:resolution", args=[found.ref.number])


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Resolutions"), "path": reverse("desk_minutes:resolutions")}]
