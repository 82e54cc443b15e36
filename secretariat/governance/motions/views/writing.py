"""Writing a motion: it saves itself while it is a draft; before it is admitted its movers may put a new text."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secretariat.foundation.accounts.actor import REFUSALS, NotAllowed, WrongState
from secretariat.foundation.accounts.doors import in_person
from secretariat.governance.motions import actions, rules
from secretariat.governance.motions.forms import MotionForm
from secretariat.governance.motions.models import Motion
from secretariat.governance.motions.views.reaching import get_motion, who
from secretariat.governance.powers.queries import powers_held


@in_person
def write(request: HttpRequest, number: str) -> HttpResponse:
    """The text in both languages, paragraph by paragraph."""
    found = _own(request, number)
    if found.state not in ("draft", "submitted"):
        messages.info(request, _("This can be read, but no longer written."))
        return redirect("my_motions:motion", number)
    if request.method != "POST":
        return _page(request, found, _form(found))
    form, (do, _colon, at) = _sent(request.POST, found), request.POST.get("do", "save").partition(":")
    if not form.is_valid():
        return _page(request, found, form, status=422)
    if do in ("more", "less"):
        return _page(request, found, form.changed(do, int(at) if at.isdigit() else form.length - 1))
    try:
        _keep(request, found, form)
    except actions.DraftConflict as conflict:
        return _conflict(request, conflict.motion)
    except REFUSALS as refused:
        form.add_error(None, str(refused))
        return _page(request, found, form, status=422)
    messages.success(request, _("Saved."))
    return redirect("my_motions:motion" if do == "read" else "my_motions:write", number)


@require_POST
@in_person
def autosave(request: HttpRequest, number: str) -> JsonResponse:
    """The same saving, asked for by the page itself every few seconds."""
    found = _own(request, number)
    form = _sent(request.POST, found)
    if not form.is_valid():
        return JsonResponse({"message": _("Press “Save” to see what is wrong.")}, status=422)
    try:
        kept = _keep(request, found, form, drafts_only=True)
    except actions.DraftConflict as conflict:
        return JsonResponse(
            {"message": _("%(why)s Press “Save” to see both texts.") % {"why": conflict}}, status=409
        )
    except (NotAllowed, WrongState) as refused:
        return JsonResponse({"message": str(refused)}, status=403)
    return JsonResponse({"fields": {"revision": kept.revision}})


def _keep(request: HttpRequest, found: Motion, form: MotionForm, *, drafts_only: bool = False) -> Motion:
    if found.state == "submitted" and not drafts_only:
        return actions.revise_motion(motion=found, **form.said(), **who(request)).motion
    return actions.save_motion(
        motion=found, kind=form.cleaned_data["kind"], power=form.cleaned_data.get("power"),
        seen=form.cleaned_data["revision"] or 0, **form.said(), **who(request),
    )  # fmt: skip


def _form(found: Motion) -> MotionForm:
    titles = (found.title_en, found.title_zh)
    said = {"reason": found.reason, "kind": found.kind, "revision": found.revision, "power": found.power_id}
    return MotionForm.of(titles, found.text, _powers(found), **said)


def _sent(data: Any, found: Motion) -> MotionForm:
    return MotionForm(data, powers=_powers(found))


def _powers(found: Motion) -> Any:
    """What a draft may be decided under; once it is submitted, that is said by who leads the body."""
    return powers_held(found.body, timezone.localdate()) if found.state == "draft" else None


def _page(
    request: HttpRequest, found: Motion, form: MotionForm, theirs: Motion | None = None, status: int = 200
) -> HttpResponse:
    context = {"motion": found, "form": form, "theirs": theirs, "is_draft": found.state == "draft"}
    return render(request, "motions/write.html", context, status=status)


def _conflict(request: HttpRequest, theirs: Motion) -> HttpResponse:
    data = request.POST.copy()
    data["revision"] = str(theirs.revision)
    return _page(request, theirs, _sent(data, theirs), theirs=theirs, status=409)


def _own(request: HttpRequest, number: str) -> Motion:
    """The motion, for its movers; a stranger to it is not told that it is there."""
    found = get_motion(request, number)
    if not rules.can_write(request.actor, found):
        raise Http404
    return found
