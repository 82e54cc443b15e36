from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.actor import WrongState
from secretariat.foundation.accounts.doors import signed_in
from secretariat.foundation.files.queries import open_file
from secretariat.foundation.ui.templatetags.ui import here
from secretariat.summit.calls import actions, queries
from secretariat.summit.calls.asking import thread_of
from secretariat.summit.calls.choices import Choices
from secretariat.summit.calls.drafting import Drafting
from secretariat.summit.calls.following import timeline_of, with_next_step
from secretariat.summit.calls.forms import LateForm, WithdrawForm
from secretariat.summit.calls.models import Receipt
from secretariat.summit.calls.reading import answers_of, changes_between, file_named, files_of
from secretariat.summit.calls.rules import can_be_withdrawn
from secretariat.summit.calls.views.reaching import own_submission, refusals_told


@require_safe
@signed_in
def submissions(request: HttpRequest) -> HttpResponse:
    """What I and those I represent have begun or handed in, and the calls that take answers."""
    now = timezone.now()
    context = {
        "rows": with_next_step(
            queries.mine(request.actor).select_related("call__edition").defer("draft"), now
        ),
        "calls": queries.open_calls(now),
        "represented": queries.organisations_represented(request.actor),
        "now": now,
    }
    return render(request, "calls/submissions.html", context)


@require_safe
@signed_in
def submission(request: HttpRequest, number: str) -> HttpResponse:
    """What has happened to it, what comes next, and what was handed in."""
    found = own_submission(request, number)
    draft = Drafting(found, timezone.now())
    last = found.versions.order_by("-number").first()
    content = last.content if last else found.draft
    context = {
        "submission": found,
        "call": found.call,
        "now": draft.now,
        "is_writable": draft.is_writable,
        "late_form": LateForm() if draft.waits_for_code else None,
        "can_withdraw": can_be_withdrawn(found),
        "title": here(content.get("title") or {}),
        "events": timeline_of(found, draft.now),
        "last": last,
        "has_moved": bool(last) and last.content != found.draft,
        "answers": answers_of(draft.specs, content, draft.choices, draft.files),
        "versions": found.versions.select_related("receipt").order_by("-number"),
        "thread": thread_of(found),
        "partners": found.applicants.select_related("organisation"),
        "named": found.named_conflicts.select_related("person").order_by("named_at"),
        "may_name": found.call.state in ("open", "closed"),
    }
    return render(request, "calls/submission.html", context)


def _receipt(request: HttpRequest, number: str, version: int) -> dict[str, object]:
    found = own_submission(request, number)
    rows = Receipt.objects.select_related("version")
    receipt = get_object_or_404(rows, version__submission=found, version__number=version)
    title = here(receipt.version.content.get("title") or {})
    return {
        "submission": found,
        "call": found.call,
        "receipt": receipt,
        "version": receipt.version,
        "title": title,
    }


@require_safe
@signed_in
def receipt(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """What the applicant takes home, to print or to keep."""
    return render(request, "calls/receipt.html", _receipt(request, number, version))


@require_safe
@signed_in
def receipt_text(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """The same as a text file."""
    words = render_to_string("calls/receipt.txt", _receipt(request, number, version), request)
    name = f"receipt-{number}-{version}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(words, content_type="text/plain; charset=utf-8", headers=headers)


@require_safe
@signed_in
def version(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """One version, and what changed in it since the one before."""
    found = own_submission(request, number)
    shown = get_object_or_404(found.versions, number=version)
    before = found.versions.filter(number=version - 1).first()
    specs = queries.field_specs(found.call)
    choices, files = Choices(specs), files_of(found)
    context = {
        "submission": found,
        "call": found.call,
        "version": shown,
        "before": before,
        "changes": changes_between(specs, choices, files, before.content, shown.content) if before else (),
        "answers": answers_of(specs, shown.content, choices, files),
    }
    return render(request, "calls/version.html", context)


@require_safe
@signed_in
def file(request: HttpRequest, number: str, file: str) -> FileResponse:
    """A file of the submission, to keep."""
    named = file_named(own_submission(request, number), file)
    if named is None:
        raise Http404
    return FileResponse(open_file(request.actor, named), as_attachment=True, filename=named.name)


@signed_in
@refusals_told
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take it back, with a reason and after a second thought."""
    found = own_submission(request, number)
    if not can_be_withdrawn(found):
        raise WrongState(_("This can no longer be withdrawn."))
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw(submission=found, reason=reason, actor=request.actor, now=timezone.now())
        messages.success(request, _("%(number)s is withdrawn.") % {"number": number})
        return redirect("my_calls:submission", number)
    return render(request, "calls/withdraw.html", {"submission": found, "call": found.call, "form": form})
