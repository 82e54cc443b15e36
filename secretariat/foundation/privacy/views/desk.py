"""Wishes to be forgotten at the desk, and the auditor's list of who looked at what."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.accounts.doors import admitting, recently
from secretariat.foundation.accounts.naming import names_of
from secretariat.foundation.privacy import actions, forms, queries, rules
from secretariat.foundation.privacy.models import Erasure
from secretariat.foundation.privacy.states import ErasureState

reading = admitting("desk.run", "desk.read", "security.administer", "system.run", "audit.read")
erasing = admitting("security.administer", "system.run")
auditing = admitting("audit.read")
PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@reading
def wishes(request: HttpRequest) -> HttpResponse:
    """Every wish, what waits first; a letter's is entered here."""
    may_enter = rules.can_enter_wish(request.actor)
    sent = request.POST if may_enter and request.method == "POST" else None
    form = forms.EnteredWishForm(sent, initial={"number": request.GET.get("number", "")})
    if form.is_bound and form.is_valid():
        try:
            wish = actions.enter_wish(
                person_id=form.person.person_id, account_id=None, number=form.cleaned_data["number"],
                note=form.cleaned_data["note"], actor=request.actor, now=timezone.now(),
            )  # fmt: skip
            return redirect("desk_privacy:wish", wish.pk)
        except WrongState as refused:
            form.add_error(None, str(refused))
    page = Paginator(queries.visible_wishes(request.actor), PAGE).get_page(request.GET.get("page"))
    names = names_of([row.account_id for row in page if row.account_id])
    context = {
        "page": page,
        "wishes": [{"row": row, "name": names.get(row.account_id, "")} for row in page],
        "today": timezone.localdate(),
        "may_enter": may_enter,
        "form": form,
    }
    return render(request, "privacy/wishes.html", context)


@require_safe
@reading
def wish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One wish: what must end first, what would go, what would stay and why; then it is confirmed by hand."""
    return _page(request, _wish(request, pk))


def _page(request: HttpRequest, found: Erasure, form: forms.TypedForm | None = None) -> HttpResponse:
    subject, is_open = queries.subject_behind(found), found.state == ErasureState.ASKED
    names = names_of([found.account_id, found.entered_by_id, found.answered_by_id])
    plan = queries.plan_of(subject) if is_open else []
    context = {
        "wish": found,
        "code": found.number or str(found.pk)[-6:],
        "name": names.get(found.account_id, ""),
        "entered_by": names.get(found.entered_by_id, ""),
        "answered_by": names.get(found.answered_by_id, ""),
        "goes": [line for line in plan if line.goes],
        "stays": [line for line in plan if not line.goes],
        "running": queries.running_of(subject, timezone.now()) if is_open else [],
        "erased": sum(found.counts.get("erased", {}).values()),
        "kept": sum(found.counts.get("kept", {}).values()),
        "is_late": is_open and found.due_on < timezone.localdate(),
        "may_erase": is_open and rules.can_erase(request.actor, found.person_id, found.account_id),
        "form": form or forms.TypedForm(),
        "refusal": forms.ReasonForm(),
    }
    return render(request, "privacy/wish.html", context)


@require_POST
@erasing
@recently
def erase(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Erase for good; the number was typed by hand."""
    found, form = _wish(request, pk), forms.TypedForm(request.POST)
    typed = form.cleaned_data["typed"] if form.is_valid() else ""
    try:
        actions.erase(erasure=found, typed=typed, actor=request.actor, now=timezone.now())
        messages.success(request, _("Erased. What stays holds no value of hers."))
    except (NotAllowed, WrongState, ValueError) as refused:
        messages.error(request, str(refused))
    return redirect("desk_privacy:wish", pk)


@require_POST
@erasing
@recently
def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Refuse with a reason, which she is told."""
    found, form = _wish(request, pk), forms.ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.refuse_erasure(erasure=found, reason=reason, actor=request.actor, now=timezone.now())
        messages.success(request, _("Refused, and told."))
    except (NotAllowed, WrongState, ValueError) as refused:
        messages.error(request, str(refused))
    return redirect("desk_privacy:wish", pk)


@require_safe
@reading
def run_out(request: HttpRequest) -> HttpResponse:
    """What is kept beyond its time: of what, how many, since when; then it is confirmed by hand."""
    found = queries.visible_run_out(request.actor, timezone.now())
    context = {
        "found": found, "rows": sum(each.count for each in found), "form": forms.RowsForm(),
        "may_apply": rules.can_apply_retention(request.actor),
    }  # fmt: skip
    return render(request, "privacy/run_out.html", context)


@require_POST
@erasing
@recently
def apply_retention(request: HttpRequest) -> HttpResponse:
    """Let a job erase it; the number of rows was typed by hand."""
    form = forms.RowsForm(request.POST)
    rows = form.cleaned_data["rows"] if form.is_valid() else 0
    try:
        actions.ask_retention(expected=rows, actor=request.actor, now=timezone.now())
        messages.success(request, _("It is being erased. What is left stands here."))
    except (NotAllowed, ValueError) as refused:
        messages.error(request, str(refused))
    return redirect("desk_privacy:run_out")


@require_safe
@auditing
def disclosures(request: HttpRequest) -> HttpResponse:
    """Who was shown what of whom: everybody's, latest first."""
    rows = queries.every_disclosure(request.actor)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    looks = queries.in_words(list(page), with_owners=True)
    return render(request, "privacy/disclosures.html", {"page": page, "looks": looks})


def _wish(request: HttpRequest, pk: UUID) -> Erasure:
    return get_object_or_404(queries.visible_wishes(request.actor), pk=pk)
