"""Keeping minutes: drafted, edited, circulated, corrected, adopted."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import signed_in
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.meetings.documents import download
from secretariat.governance.meetings.models import Meeting
from secretariat.governance.meetings.queries import rules_of
from secretariat.governance.minutes import actions, forms, queries, rules
from secretariat.governance.minutes.documents import minutes_document
from secretariat.governance.minutes.models import Correction, Minutes
from secretariat.governance.minutes.showing import decided_how, sections_of, steps_of
from secretariat.governance.minutes.tables import MinutesTable
from secretariat.governance.minutes.views.reaching import (
    data_of,
    doing,
    keeping,
    kept,
    paragraph_in,
    who,
)
from secretariat.registry.refs.timeline import timeline_of

USUAL_DAYS = 14  # to read minutes, where the rules of procedure say nothing
TO_DRAFT = 50


@require_safe
@signed_in
def minutes(request: HttpRequest) -> HttpResponseBase:
    """The minutes of the bodies the reader chairs or serves, and the meetings that want some; the desk sees all."""
    if not rules.may_come_in(request.actor):
        raise Http404
    rows = queries.kept_minutes(request.actor)
    wanting = queries.meetings_without_minutes(request.actor)[:TO_DRAFT]
    return MinutesTable(rows).respond(request, "minutes/desk_list.html", {"wanting": wanting})


@signed_in
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Draft the minutes of a meeting; drafted again, what somebody has edited stays."""
    meeting = Meeting.objects.filter(ref__number=number).select_related("ref", "body").first()
    if meeting is None or not rules.can_keep(request.actor, meeting.body):
        raise Http404
    there = queries.minutes_of(meeting.pk)
    back = reverse("desk_minutes:one", args=[there.ref.number]) if there else reverse("desk_minutes:minutes")
    if request.method == "POST":
        doing(request, lambda: actions.draft_minutes(meeting=meeting, **who(request)), _("Drafted."))
        found = queries.minutes_of(meeting.pk)
        return redirect("desk_minutes:one", found.ref.number) if found else redirect(back)
    context = {"meeting": meeting, "there": there, "back": back}
    return render(request, "minutes/draft.html", context)


@require_safe
@kept
def one(request: HttpRequest, found: Minutes) -> HttpResponse:
    """The minutes with what waits in them, and the next thing to do above."""
    kept_from = queries.took_no_part(request.actor, found)
    paragraphs = queries.paragraphs_seen_by(request.actor, found, kept_from)
    sections = sections_of(paragraphs, queries.corrections_of(found, paragraphs))
    waiting = [section for section in sections if section.waiting]
    context = {
        "minutes": found, "sections": sections, "waiting": waiting,
        "asked": sum(len(section.waiting) for section in waiting), "steps": steps_of(found), "door": "desk",
        "how": decided_how(found), "is_over": _is_over(found), "events": timeline_of([found.pk]),
        "crumbs": _crumbs(), "kept_from": list(kept_from.values()),
        "readings": queries.readers_of(found) if found.state != "draft" else [],
        "ballots": queries.adopted_ballots_of(found) if found.may_keep else [],
        "resolutions": queries.resolutions_of_meeting(found.meeting_id),
    }  # fmt: skip
    return render(request, "minutes/desk_minutes.html", context)


@require_safe
@kept
def word(request: HttpRequest, found: Minutes, language: str) -> HttpResponse:
    """The minutes as a document."""
    seen = queries.paragraphs_seen_by(request.actor, found)
    return download(lambda: minutes_document(found, seen, language), found.ref.number, language)


def _is_over(found: Minutes) -> bool:
    return found.silence_ends_at is not None and found.silence_ends_at <= timezone.now()


@kept
def edit(request: HttpRequest, found: Minutes, pk: UUID) -> HttpResponse:
    """Write a paragraph otherwise; every text it has had stays below."""
    keeping(found)
    row = paragraph_in(request, found, pk)

    def save(form: forms.ParagraphForm) -> str:
        actions.edit_paragraph(paragraph=row, **form.cleaned_data, **who(request))
        return f"{_path(found)}#{row.key}"

    begun = {"seen": row.revision, "text": row.text}
    form = forms.ParagraphForm(data_of(request), language=row.language, initial=begun)
    heading = " ".join(filter(None, [row.number, row.heading]))
    page = {"heading": heading, "text": row.get_language_display(), "below": "minutes/versions.html"}
    return _change(request, found, form, save, versions=queries.versions_of(row), **page)


def _circulating(request: HttpRequest, found: Minutes) -> tuple[Any, dict[str, Any]]:
    days = rules_of(found.meeting).minutes_days
    until = timezone.now() + timedelta(days=days or USUAL_DAYS, minutes=5)
    return forms.CirculateForm(data_of(request), by=until, days=days), {
        "heading": _("Circulate the minutes"), "button": _("Circulate"),
        "text": _("Whoever was at the meeting is told, and can ask for corrections."),
    }  # fmt: skip


def _adopting(request: HttpRequest, found: Minutes) -> tuple[Any, dict[str, Any]]:
    silent = rules_of(found.meeting).minutes_days is not None
    return forms.AdoptForm(data_of(request), decisions=queries.decisions_on(found), silent=silent), {
        "heading": _("Adopt the minutes"), "button": _("Adopt"),
        "text": _("Nothing in them changes any more; their digest is sealed."),
    }  # fmt: skip


@kept
def act(request: HttpRequest, found: Minutes, verb: str) -> HttpResponse:
    """Circulate them, or say by what they are adopted."""
    keeping(found)
    if verb not in ("circulate", "adopt"):
        raise Http404
    form, page = (_circulating if verb == "circulate" else _adopting)(request, found)

    def save(form: Any) -> str:
        if verb == "circulate":
            actions.circulate_minutes(minutes=found, **form.cleaned_data, **who(request))
        elif decided := form.decided():
            meeting, ballot = decided
            actions.adopt_at_meeting(minutes=found, meeting=meeting, ballot=ballot, **who(request))
        else:
            actions.adopt_by_silence(minutes=found, **who(request))
        return _path(found)

    return _change(request, found, form, save, **page)


@kept
def correction(request: HttpRequest, found: Minutes, pk: UUID, verb: str) -> HttpResponse:
    """Take a correction at the press of a button, or refuse it with a reason."""
    keeping(found)
    rows = Correction.objects.filter(paragraph__minutes=found, pk=pk).select_related("paragraph", "person")
    row = rows.first()
    if row is None or verb not in ("take", "refuse"):
        raise Http404
    row.paragraph.minutes = found
    back = f"{_path(found)}#{row.paragraph.key}"
    if verb == "take":
        if request.method == "POST":
            doing(request, lambda: actions.take_correction(correction=row, **who(request)))
        return redirect(back)

    def save(form: forms.RefusalForm) -> str:
        actions.refuse_correction(correction=row, **form.cleaned_data, **who(request))
        return back

    told = _("%(person)s asked for it.") % {"person": row.person}
    page = {"heading": _("Refuse the correction"), "button": _("Refuse"), "text": told}
    return _change(request, found, forms.RefusalForm(data_of(request)), save, **page)


def _change(request: HttpRequest, found: Minutes, form: Any, save: Any, **page: Any) -> HttpResponse:
    crumbs = [*_crumbs(), {"label": found.ref.number, "path": _path(found)}]
    return change_page(request, form, save, refusals=REFUSALS, back=_path(found), crumbs=crumbs, **page)


def _path(found: Minutes) -> str:
    return reverse("desk_minutes:one", args=[found.ref.number])


def _crumbs() -> list[dict[str, str]]:
    return [{"label": pgettext("of a meeting", "Minutes"), "path": reverse("desk_minutes:minutes")}]
