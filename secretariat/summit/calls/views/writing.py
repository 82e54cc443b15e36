from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.accounts.doors import signed_in
from secretariat.summit.calls import actions, queries
from secretariat.summit.calls.drafting import Drafting
from secretariat.summit.calls.forms import DraftForm, with_more_rows
from secretariat.summit.calls.reading import AUDIENCES, answers_of
from secretariat.summit.calls.views.reaching import asked_approval, own_draft, own_submission, refusals_told


@signed_in
@refusals_told
def write(request: HttpRequest, number: str) -> HttpResponse:
    """The form of the call. A saving keeps whatever was written; what is wrong with it is told beside it."""
    draft = Drafting(own_submission(request, number), timezone.now())
    if not draft.is_writable:
        messages.info(request, _("This can be read, but no longer written."))
        return redirect("my_calls:submission", number)
    if request.method == "POST":
        return _save(request, draft)
    form = draft.form()
    form.show(draft.wrong(form.content, complete="check" in request.GET))
    return _page(request, draft, form)


def _save(request: HttpRequest, draft: Drafting) -> HttpResponse:
    number, (do, _colon, key) = draft.submission.ref.number, request.POST.get("do", "save").partition(":")
    form = draft.form(request.POST)
    try:
        draft.keep(form, request.actor)
    except actions.DraftConflict as conflict:
        return _conflict(request, draft, form, conflict)
    if do == "more":
        return _page(request, draft, draft.form(with_more_rows(_with_revision(request, draft), key)))
    if do == "detach":
        actions.detach_file(submission=draft.submission, key=key, actor=request.actor, now=draft.now)
    draft.bring_files(request.POST, request.FILES, request.actor)
    if draft.problems:
        form = draft.form()
        form.show(draft.problems)
        return _page(request, draft, form)
    if do == "preview":
        return redirect("my_calls:preview", number)
    messages.success(request, _("Saved."))
    return redirect("my_calls:write", number)


def _with_revision(request: HttpRequest, draft: Drafting) -> object:
    data = request.POST.copy()
    data["revision"] = str(draft.submission.revision)
    return data


def _conflict(
    request: HttpRequest, draft: Drafting, form: DraftForm, conflict: actions.DraftConflict
) -> HttpResponse:
    """Both texts: what was sent stands in the form, what somebody else saved beside it. Saving again decides."""
    theirs = conflict.submission
    data = request.POST.copy()
    data["revision"] = str(theirs.revision)
    return _page(request, draft, draft.form(data), theirs=theirs, status=409)


def _page(
    request: HttpRequest, draft: Drafting, form: DraftForm, theirs: object = None, status: int = 200
) -> HttpResponse:
    context = {
        "submission": draft.submission,
        "call": draft.submission.call,
        "now": draft.now,
        "form": form,
        "theirs": theirs,
        "sections": draft.sections(form, theirs.draft if theirs else None),
        "partners": draft.submission.applicants.select_related("organisation"),
    }
    return render(request, "calls/write.html", context, status=status)


@require_POST
@signed_in
def autosave(request: HttpRequest, number: str) -> JsonResponse:
    """The same saving, asked for by the page itself every few seconds."""
    draft = Drafting(own_draft(request, number), timezone.now())
    try:
        draft.keep(draft.form(request.POST), request.actor)
    except actions.DraftConflict as conflict:
        return JsonResponse(
            {"message": _("%(why)s Press “Save” to see both texts.") % {"why": conflict}}, status=409
        )
    except (NotAllowed, WrongState) as refused:
        return JsonResponse({"message": str(refused)}, status=403)
    return JsonResponse({"revision": draft.submission.revision})


@require_safe
@signed_in
def preview(request: HttpRequest, number: str) -> HttpResponse:
    """The draft as its readers would see it, with who reads what, and what still stands against handing it in."""
    draft = Drafting(own_submission(request, number), timezone.now())
    audience = request.GET.get("as") if request.GET.get("as") in AUDIENCES else "all"
    stored, submission = draft.submission.draft, draft.submission
    context = {
        "submission": submission,
        "call": submission.call,
        "now": draft.now,
        "audience": audience,
        "answers": answers_of(draft.specs, stored, draft.choices, draft.files, audience),
        "wrong": draft.wrong_in_words(stored),
        "is_writable": draft.is_writable,
        "receipt": queries.receipt_of_draft(submission),
        **queries.approval_of(request.actor, submission),
    }
    return render(request, "calls/preview.html", context)


@require_POST
@signed_in
@refusals_told
def hand_in(request: HttpRequest, number: str) -> HttpResponse:
    """Hand in, or ask a second representative, or be her and approve."""
    now, submission, actor = timezone.now(), own_submission(request, number), request.actor
    try:
        match request.POST.get("do"):
            case "ask":
                actions.ask_approval(submission=submission, actor=actor, now=now)
                messages.success(request, _("The other representatives have been told."))
            case "approve":
                actions.approve(approval=asked_approval(actor, submission), actor=actor, now=now)
                messages.success(request, _("Approved. It can be handed in now."))
            case _:
                receipt = actions.submit(submission=submission, actor=actor, now=now)
                return redirect("my_calls:receipt", number, receipt.version.number)
    except actions.InvalidContent:
        return redirect(f"{request.path.removesuffix('hand-in/')}write/?check=1")
    return redirect("my_calls:preview", number)
