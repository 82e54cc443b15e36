"""The security administrator's desk: accounts, the rights they hold, and the way back in for who lost hers."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from secretariat.foundation.accounts import actions, forms, queries, rules
from secretariat.foundation.accounts.actions.sign_ins import reset_second_steps
from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.accounts.doors import admitting, recently
from secretariat.foundation.accounts.logic import APART, GIVEN
from secretariat.foundation.accounts.models import Account, Grant
from secretariat.foundation.accounts.naming import names_of
from secretariat.foundation.audit.signals import disclosed

reading = admitting("security.administer", "system.run", "audit.read")
administering = admitting("security.administer", "system.run")
PAGE = 50


@require_safe
@reading
def accounts(request: HttpRequest) -> HttpResponse:
    """Accounts by address, with the rights given to them by hand."""
    asked = request.GET.get("q", "").strip()
    rows = queries.visible_accounts(request.actor)
    page = Paginator(rows.filter(email__contains=asked.lower()) if asked else rows, PAGE).get_page(
        request.GET.get("page")
    )
    keys = [account.pk for account in page]
    names, held = names_of(keys), {}
    for grant in queries.grants_of(keys, timezone.now().date()):
        held.setdefault(grant.account_id, []).append(GIVEN.get(grant.right, grant.right))
    context = {
        "asked": asked,
        "page": page,
        "rows": [{"account": a, "name": names.get(a.pk, ""), "rights": held.get(a.pk, [])} for a in page],
    }
    return render(request, "accounts/accounts.html", context)


@require_safe
@reading
def account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One account: its rights with their reasons, and how it signs in."""
    found = get_object_or_404(queries.visible_accounts(request.actor), pk=pk)
    disclosed.send(
        sender=Account, owners=[found.pk], what="accounts.address", actor=request.actor, now=timezone.now()
    )
    return _page(request, found)


def _page(request: HttpRequest, found: Account, form: forms.GrantForm | None = None) -> HttpResponse:
    today = timezone.now().date()
    grants = queries.grants_given_to(found)
    context = {
        "found": found,
        "name": names_of([found.pk]).get(found.pk, ""),
        "grants": [{"row": grant, "label": GIVEN.get(grant.right, grant.right)} for grant in grants],
        "today": today,
        "has_steps": Authenticator.objects.filter(user=found).exists(),
        "may_change": rules.can_give_grant(request.actor, found),
        "form": form or forms.GrantForm(initial={"starts_on": today}),
        "reason": forms.ReasonForm(),
        "apart": [GIVEN[right] for right in APART],
    }
    return render(request, "accounts/account_desk.html", context)


@require_POST
@administering
@recently
def grant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give an account a right."""
    found = get_object_or_404(queries.visible_accounts(request.actor), pk=pk)
    form = forms.GrantForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        actions.give_grant(account=found, **form.cleaned_data, actor=request.actor, now=timezone.now())
    except ValueError as problem:
        form.add_error(None, str(problem))
        return _page(request, found, form)
    except NotAllowed as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The right was given and told."))
    return redirect("desk_accounts:account", pk)


@require_POST
@administering
@recently
def end_grant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a right, with a reason."""
    found = get_object_or_404(Grant, pk=pk)
    form = forms.ReasonForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        actions.end_grant(grant=found, reason=reason, actor=request.actor, now=timezone.now())
    except (ValueError, WrongState) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The right has ended."))
    return redirect("desk_accounts:account", found.account_id)


@require_http_methods(["POST"])
@administering
@recently
def change(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """Close or open an account, or take away second steps that were lost; each with a reason."""
    found = get_object_or_404(queries.visible_accounts(request.actor), pk=pk)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why."))
        return redirect("desk_accounts:account", pk)
    named = {
        "account": found,
        "reason": form.cleaned_data["reason"],
        "actor": request.actor,
        "now": timezone.now(),
    }
    try:
        if what == "reset":
            reset_second_steps(**named)
        else:
            actions.set_active(**named, is_active=what == "open")
    except NotAllowed as problem:
        messages.error(request, str(problem))
    return redirect("desk_accounts:account", pk)
