"""My data: a copy of them, who looked at them, and the wish to be forgotten."""

from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.accounts.doors import in_person, recently
from secretariat.foundation.accounts.naming import number_of
from secretariat.foundation.privacy import actions, queries
from secretariat.foundation.privacy.forms import WishForm
from secretariat.foundation.privacy.models import Erasure, Export
from secretariat.foundation.privacy.subjects import subject_of

PAGE = 50


@require_safe
@in_person
def privacy(request: HttpRequest) -> HttpResponse:
    """What can be done about my data, and how far it is."""
    export = queries.own_export(request.actor)
    context = {
        "export": export,
        "progress": getattr(export, "progress", None),
        "is_there": export and export.state == "ready" and export.expires_at > timezone.now(),
        "wish": queries.own_wish(request.actor),
        "looks": queries.in_words(list(queries.disclosures_about(request.actor)[:5])),
    }
    return render(request, "privacy/privacy.html", context)


@require_POST
@in_person
@recently
def ask_copy(request: HttpRequest) -> HttpResponse:
    """Ask for a copy of everything."""
    try:
        actions.ask_export(actor=request.actor, now=timezone.now())
    except WrongState as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your copy is being made. You are told when it is ready."))
    return redirect("my_privacy:privacy")


@require_safe
@in_person
def copy(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Hand the copy over, to who showed a short while ago who she is."""
    try:
        export = queries.get_export_for(request.actor, pk, timezone.now())
    except Export.DoesNotExist:
        raise Http404 from None
    return _hand_over(request, export)


@recently
def _hand_over(_request: HttpRequest, export: Export) -> HttpResponseBase:
    try:
        content = default_storage.open(export.storage_key, "rb")
    except FileNotFoundError:
        raise Http404 from None
    name = f"my-data-{export.ready_at:%Y-%m-%d}.zip"
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")


@require_safe
@in_person
def looks(request: HttpRequest) -> HttpResponse:
    """Who was shown what of me, when and why."""
    page = Paginator(queries.disclosures_about(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "privacy/looks.html", {"page": page, "looks": queries.in_words(list(page))})


@require_http_methods(["GET", "HEAD", "POST"])
@in_person
@recently
def ask_erasure(request: HttpRequest) -> HttpResponse:
    """Say what would go and what would stay, and ask for it."""
    form = WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = number_of(request.actor.person_id)
        try:
            actions.ask_erasure(
                note=form.cleaned_data["note"], number=number, actor=request.actor, now=timezone.now()
            )
        except WrongState as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("We have your wish, and answer within a month."))
        return redirect("my_privacy:privacy")
    subject = subject_of(person=request.actor.person_id, account=request.actor.account_id)
    plan = queries.plan_of(subject)
    context = {
        "form": form,
        "goes": [line for line in plan if line.goes],
        "stays": [line for line in plan if not line.goes],
        "running": queries.running_of(subject, timezone.now()),
    }
    return render(request, "privacy/ask_erasure.html", context)


@require_POST
@in_person
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take my wish back."""
    wish = get_object_or_404(Erasure, pk=pk, account=request.actor.account_id)
    try:
        actions.withdraw_wish(erasure=wish, actor=request.actor, now=timezone.now())
        messages.success(request, _("Your wish is taken back. Nothing was erased."))
    except (NotAllowed, WrongState) as refused:
        messages.error(request, str(refused))
    return redirect("my_privacy:privacy")
