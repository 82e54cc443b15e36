"""Assistants: whom I named, for whom I may act, and the switch between the two."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from secretariat.foundation.accounts import forms, queries
from secretariat.foundation.accounts.actions import name_assistant, withdraw_assistant
from secretariat.foundation.accounts.actions.limits import require_within
from secretariat.foundation.accounts.doors import ACTING_FOR, in_person, signed_in
from secretariat.foundation.accounts.logic import TASKS
from secretariat.foundation.accounts.models import Account, Assistance
from secretariat.foundation.accounts.naming import names_of


@require_http_methods(["GET", "HEAD", "POST"])
@in_person
def assistants(request: HttpRequest) -> HttpResponse:
    """Name an assistant; see whom I named and for whom I may act."""
    today = timezone.now().date()
    form = forms.AssistantForm(request.POST or None, initial={"starts_on": today})
    if request.method == "POST" and form.is_valid() and _name(request, form):
        return redirect("my_accounts:assistants")
    named = queries.assistants_named_by(request.actor)
    given = queries.assistance_given_to(request.actor.account_id, today)
    names = names_of({row.assistant_id for row in named} | {row.principal_id for row in given})
    context = {
        "form": form,
        "named": [_in_words(row, row.assistant, names, today) for row in named],
        "given": [_in_words(row, row.principal, names, today) for row in given],
    }
    return render(request, "accounts/assistants.html", context)


def _in_words(row: Assistance, other: Account, names: dict[UUID, str], today: object) -> dict[str, object]:
    """An assistance as its table shows it."""
    holds = row.withdrawn_at is None and row.ends_on >= today
    tasks = [TASKS.get(task, task) for task in row.tasks]
    return {
        "row": row,
        "name": names.get(other.pk, other.email),
        "email": other.email,
        "tasks": tasks,
        "holds": holds,
    }


def _name(request: HttpRequest, form: forms.AssistantForm) -> bool:
    require_within(f"assistant:{request.actor.account_id}", 20, timedelta(hours=1), timezone.now())
    values = form.cleaned_data
    assistant = Account.objects.filter(email=values["email"], is_active=True).first()
    if assistant is None or assistant.pk == request.actor.account_id:
        form.add_error("email", _("Nobody else signs in here with this address."))
        return False
    try:
        name_assistant(
            assistant=assistant, tasks=values["tasks"], starts_on=values["starts_on"], ends_on=values["ends_on"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip
    except (ValueError, IntegrityError) as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, _("Your assistant was named and told."))
    return True


@require_POST
@in_person
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End an assistance at once, from either side."""
    try:
        assistance = queries.get_assistance_for(request.actor, pk)
    except Assistance.DoesNotExist:
        raise Http404 from None
    withdraw_assistant(assistance=assistance, actor=request.actor, now=timezone.now())
    messages.success(request, _("The assistance has ended."))
    return redirect("my_accounts:assistants")


@require_POST
@signed_in
def act(request: HttpRequest) -> HttpResponse:
    """Act for somebody who named me, or with nobody chosen for myself again. Every page says for whom."""
    chosen = request.POST.get("principal", "")
    request.session.pop(ACTING_FOR, None)
    if chosen:
        given = queries.assistance_given_to(request.actor.account_id, timezone.now().date())
        if chosen not in {str(row.principal_id) for row in given}:
            raise Http404
        request.session[ACTING_FOR] = chosen
    return redirect("/my/")
