"""Minutes and resolutions for members: read, ask for a correction, say that an action is carried out."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import in_person, signed_in
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.ballots.showing import picture_of
from secretariat.governance.meetings.documents import download
from secretariat.governance.minutes import actions, forms, queries, rules
from secretariat.governance.minutes.documents import minutes_document, resolution_document
from secretariat.governance.minutes.showing import decided_how, sections_of, steps_of
from secretariat.governance.minutes.tables import is_late, standing_words
from secretariat.governance.minutes.views.reaching import (
    close,
    closing,
    data_of,
    doing,
    evidence_of,
    minutes_for,
    paragraph_in,
    resolution_for,
    who,
)
from secretariat.record.tasks.models import Task

PAGE, SHOWN = 50, 50


@require_safe
@signed_in
def minutes(request: HttpRequest) -> HttpResponse:
    """What was circulated to me or my bodies, and what they resolved."""
    page = Paginator(queries.own_minutes(request.actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "minutes": page.object_list, "resolutions": queries.own_resolutions(request.actor)[:SHOWN],
        "previous": page.has_previous() and f"?page={page.previous_page_number()}",
        "next": page.has_next() and f"?page={page.next_page_number()}",
    }  # fmt: skip
    return render(request, "minutes/my_list.html", context)


@require_safe
@signed_in
def one(request: HttpRequest, number: str) -> HttpResponse:
    """The minutes as I may see them, with the corrections I asked for."""
    found, actor = minutes_for(request, number), request.actor
    kept_from = queries.took_no_part(actor, found)
    paragraphs = queries.paragraphs_seen_by(actor, found, kept_from)
    mine = [row for row in queries.corrections_of(found, paragraphs) if row.person_id == actor.person_id]
    is_open = found.state == "circulated" and rules.can_correct(actor, found.meeting)
    context = {
        "minutes": found, "sections": sections_of(paragraphs, mine), "steps": steps_of(found), "door": "my",
        "how": decided_how(found), "may_correct": is_open, "may_keep": rules.can_keep(actor, found.meeting.body),
        "has_read": is_open and queries.has_read(actor, found), "asked": len(mine),
        "kept_from": list(kept_from.values()),
        "resolutions": queries.own_resolutions(actor).filter(item__meeting=found.meeting_id),
    }  # fmt: skip
    return render(request, "minutes/my_minutes.html", context)


@in_person
def correct(request: HttpRequest, number: str, pk: UUID) -> HttpResponse:
    """Ask that a paragraph should read otherwise; its words stand in the form already."""
    found = minutes_for(request, number)
    if found.state != "circulated" or not rules.can_correct(request.actor, found.meeting):
        raise Http404
    row = paragraph_in(request, found, pk)
    back = reverse("my_minutes:one", args=[number])

    def save(form: forms.CorrectionForm) -> str:
        actions.propose_correction(paragraph=row, **form.cleaned_data, **who(request))
        return f"{back}#{row.key}"

    form = forms.CorrectionForm(data_of(request), language=row.language, initial={"text": row.text})
    heading = _("Correct: %(what)s") % {"what": " ".join(filter(None, [row.number, row.heading]))}
    crumbs = [*_crumbs(), {"label": number, "path": back}]
    page = {"heading": heading, "back": back, "crumbs": crumbs, "text": row.get_language_display()}
    return change_page(request, form, save, refusals=REFUSALS, button=_("Ask for it"), **page)


@require_safe
@signed_in
def word(request: HttpRequest, number: str, language: str) -> HttpResponse:
    """The minutes as I may see them, as a document."""
    found = minutes_for(request, number)
    seen = queries.paragraphs_seen_by(request.actor, found)
    return download(lambda: minutes_document(found, seen, language), number, language)


@require_safe
@signed_in
def resolution_word(request: HttpRequest, number: str, language: str) -> HttpResponse:
    """A resolution as a document."""
    found = resolution_for(request, number)
    return download(lambda: resolution_document(found, queries.actions_of(found), language), number, language)


@require_POST
@in_person
def read(request: HttpRequest, number: str) -> HttpResponse:
    """Say that I have read them and want nothing changed."""
    found = minutes_for(request, number)
    if not rules.can_correct(request.actor, found.meeting):
        raise Http404
    doing(request, lambda: actions.mark_read(minutes=found, **who(request)), _("Thank you."))
    return redirect("my_minutes:one", number)


@require_safe
@signed_in
def resolution(request: HttpRequest, number: str) -> HttpResponse:
    """What was resolved, how, and what is mine to do."""
    found, actor = resolution_for(request, number), request.actor
    tasks = queries.actions_of(found)
    context = {
        "resolution": found, "actions": tasks, "standing": standing_words(found),
        "is_late": is_late(found), "picture": picture_of(found.ballot), "today": timezone.localdate(), "door": "my",
        "crumbs": _crumbs(), "me": actor.person_id if rules.is_herself(actor) else None,
        "may_keep": rules.can_keep(actor, found.body), "reads_files": queries.reads_evidence(actor, found, tasks),
    }  # fmt: skip
    return render(request, "minutes/my_resolution.html", context)


@in_person
def done(request: HttpRequest, number: str, task: str) -> HttpResponse:
    """Say that an action of mine is carried out: what came of it, and what shows it."""
    found = resolution_for(request, number)
    rows = Task.objects.filter(origin=found.ref_id, ref__number=task, owner=request.actor.person_id)
    row = rows.select_related("ref").first()
    if row is None or row.state != "open":
        raise Http404
    row.origin, back = found.ref, reverse("my_minutes:resolution", args=[number])

    def save(form: forms.CloseForm) -> str:
        close(request, found, row, form)
        return back

    crumbs = [*_crumbs(), {"label": found.code, "path": back}]
    page = {"heading": row.title, "back": back, "crumbs": crumbs, "text": str(found)}
    return change_page(
        request, closing(request), save, refusals=REFUSALS, button=_("It is carried out"), **page
    )


@require_safe
@signed_in
def evidence(request: HttpRequest, number: str, pk: UUID) -> HttpResponseBase:
    """A file that shows that an action was carried out."""
    return evidence_of(request, resolution_for(request, number), pk)


def _crumbs() -> list[dict[str, str]]:
    return [{"label": pgettext("of a meeting", "Minutes"), "path": reverse("my_minutes:minutes")}]
