from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.accounts.doors import desk_only
from secretariat.foundation.files.queries import open_file
from secretariat.registry.refs.panels import panels_of
from secretariat.summit.calls import actions, queries
from secretariat.summit.calls.asking import thread_of
from secretariat.summit.calls.choices import Choices
from secretariat.summit.calls.following import desk_timeline_of
from secretariat.summit.calls.models import Call, Submission
from secretariat.summit.calls.previewing import form_in
from secretariat.summit.calls.reading import answers_of, changes_between, file_named, files_of
from secretariat.summit.calls.rules import can_ask, can_run_call
from secretariat.summit.calls.tables import SubmissionsTable, topics_of

ACTS: dict[str, tuple[Callable[..., Any], Any, Any]] = {
    "open": (actions.open_call, gettext_lazy("Open the call"), gettext_lazy(
        "From now on its rules are fixed, and their digest goes into the sealed log.")),
    "close": (actions.close_call, gettext_lazy("Close the call"), gettext_lazy(
        "What was handed in is fixed, and its digest goes into the sealed log. Nothing comes in afterwards.")),
    "screen": (actions.screen_submissions, gettext_lazy("Screen what was handed in"), gettext_lazy(
        "Everything handed in is held against the conditions declared at opening. Each outcome is kept for good.")),
}  # fmt: skip


def _call(key: str) -> Call:
    try:
        return queries.call_by_key(key)
    except queries.NotFound as error:
        raise Http404 from error


def handed_in(number: str) -> Submission:
    """What was handed in under this number, or 404; drafts are their writers' alone."""
    rows = Submission.objects.select_related(
        "call", "ref", "organisation__country", "person", "topic", "screening"
    )
    found = rows.filter(ref__number=number).exclude(state="draft").first()
    if found is None:
        raise Http404
    return found


@require_safe
@desk_only
def calls(request: HttpRequest) -> HttpResponse:
    """Every call with its numbers."""
    rows = queries.calls_counted(request.actor)
    return render(request, "calls/desk_calls.html", {"calls": rows, "now": timezone.now()})


@require_safe
@desk_only
def call(request: HttpRequest, key: str) -> HttpResponse:
    """One call: what waits to be done with it, its numbers, its conditions and its cuts."""
    found, now = _call(key), timezone.now()
    may_run = can_run_call(request.actor)
    obstacles = queries.obstacles_of(found, now) if may_run and found.state == "draft" else ()
    possible = queries.acts_possible(found, now) if may_run and not obstacles else ()
    context = {
        "call": found,
        "now": now,
        "counts": queries.counted(found),
        "countries": queries.country_counts(found),
        "acts": [(act, ACTS[act][1]) for act in possible],
        "may_run": may_run,
        "obstacles": obstacles,
        "fields": found.formfields.order_by("position"),
        "criteria": found.criterions.order_by("position"),
        "rules": queries.rules_with_failures(found),
        "stages": found.stages.select_related("authority").order_by("position"),
        "panels": panels_of("ref", found.ref_id, request.actor, now.date()),
    }
    return render(request, "calls/desk_call.html", context)


@require_safe
@desk_only
def form(request: HttpRequest, key: str) -> HttpResponse:
    """The form as an applicant gets it, empty; ``?in=`` names the language she reads."""
    found, asked = _call(key), request.GET.get("in") or get_language()
    shown = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    tabs = [
        {"label": name, "path": f"{request.path}?in={code}", "is_current": code == shown}
        for code, name in settings.LANGUAGES
    ]
    context = {"call": found, "tabs": tabs, "language": shown, "form": form_in(shown, found)}
    return render(request, "calls/desk_form.html", context)


@require_safe
@desk_only
def submissions(request: HttpRequest, key: str) -> HttpResponseBase:
    """What was handed in."""
    found = _call(key)
    rows = Submission.objects.filter(call=found).exclude(state="draft").defer("draft")
    table = SubmissionsTable(rows, topics_of(found), found)
    return table.respond(request, "calls/desk_submissions.html", {"call": found})


@desk_only
def confirm(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """Say once more what an act does, and do it."""
    found, now = _call(key), timezone.now()
    if act not in ACTS or not can_run_call(request.actor):
        raise Http404
    action, label, text = ACTS[act]
    if request.method == "POST":
        try:
            action(call=found, actor=request.actor, now=now)
            messages.success(request, _("Done: %(act)s.") % {"act": label})
        except (NotAllowed, WrongState, ValueError) as refused:
            messages.error(request, str(refused))
        return redirect("desk_calls:call", key)
    return render(request, "calls/desk_confirm.html", {"call": found, "label": label, "text": text})


@require_safe
@desk_only
def submission(request: HttpRequest, number: str) -> HttpResponse:
    """One submission: what was handed in, its versions, its formal check and everything done to it."""
    found = handed_in(number)
    specs, last = queries.field_specs(found.call), found.versions.order_by("-number").first()
    queries.named_shown(request.actor, found, specs, timezone.now())
    context = {
        "submission": found,
        "call": found.call,
        "answers": answers_of(specs, last.content if last else {}, Choices(specs), files_of(found)),
        "versions": found.versions.select_related("receipt").order_by("-number"),
        "failed": queries.rules_failed(found),
        "partners": found.applicants.select_related("organisation__country"),
        "events": desk_timeline_of(found),
        "thread": thread_of(found),
        "can_ask": can_ask(request.actor) and found.state in ("submitted", "eligible"),
        "panels": panels_of("ref", found.ref_id, request.actor, timezone.localdate()),
    }
    return render(request, "calls/desk_submission.html", context)


@require_safe
@desk_only
def version(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """One version, and what changed in it since the one before."""
    found = handed_in(number)
    shown = get_object_or_404(found.versions.select_related("receipt"), number=version)
    before = found.versions.filter(number=version - 1).first()
    specs = queries.field_specs(found.call)
    queries.named_shown(request.actor, found, specs, timezone.now())
    choices, files = Choices(specs), files_of(found)
    context = {
        "submission": found,
        "call": found.call,
        "version": shown,
        "before": before,
        "changes": changes_between(specs, choices, files, before.content, shown.content) if before else (),
        "answers": answers_of(specs, shown.content, choices, files),
    }
    return render(request, "calls/desk_version.html", context)


@require_safe
@desk_only
def file(request: HttpRequest, number: str, file: str) -> FileResponse:
    """A file of the submission."""
    named = file_named(handed_in(number), file)
    if named is None:
        raise Http404
    return FileResponse(open_file(request.actor, named), as_attachment=True, filename=named.name)
