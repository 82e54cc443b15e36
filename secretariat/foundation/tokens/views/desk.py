"""The service tokens at the desk: which programs come in for the organisation, and who answers for each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from secretariat.foundation.accounts.actor import WrongState
from secretariat.foundation.accounts.doors import admitting, in_person, recently
from secretariat.foundation.accounts.naming import names_of
from secretariat.foundation.audit.words import in_words
from secretariat.foundation.tokens import actions, forms, queries, rules, tables
from secretariat.foundation.tokens.models import Token

reading = admitting("system.administer", "system.run", "security.administer", "audit.read")
keeping = admitting("system.administer", "system.run")


@require_safe
@reading
def tokens(request: HttpRequest) -> HttpResponseBase:
    """Every token of the organisation, what ends first before the others."""
    rows = queries.visible_service_tokens(request.actor)
    context = {"may_keep": rules.can_keep_service_tokens(request.actor)}
    return tables.ServiceTokensTable(rows, timezone.now()).respond(
        request, "tokens/desk_tokens.html", context
    )


def _found(request: HttpRequest, pk: UUID) -> Token:
    try:
        return queries.get_service_token_for(request.actor, pk)
    except Token.DoesNotExist:
        raise Http404 from None


@require_safe
@reading
def token(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One service token: what it may do, who answers for it, and what was done to it."""
    found, now = _found(request, pk), timezone.now()
    tables.ServiceTokensTable(Token.objects.none(), now).prepare([found])
    may_keep = rules.can_keep_service_tokens(request.actor) and found.stands not in ("ended", "expired")
    context = {
        "token": found, "may_keep": may_keep, "known_by": tables.known_by(found), "used_on": tables.used_on(found),
        "scopes": tables.words_of_scopes(found), "events": _events(found),
        "state_words": tables.STANDINGS[found.stands], "tone": tables.TONES.get(found.stands, "done"),
        "renewing": forms.RenewForm(), "is_replaced": getattr(found, "replaced_by", None) is not None,
        "handing": forms.ResponsibleForm(people=queries.who_may_answer(now.date())) if may_keep else None,
        "crumbs": _crumbs(),
    }  # fmt: skip
    return render(request, "tokens/desk_token.html", context)


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Service tokens"), "path": reverse("desk_tokens:tokens")}]


def _events(found: Token) -> list[dict[str, Any]]:
    acts = queries.history_of(found)
    names = names_of({act.account_id for act in acts if act.account_id})
    return [{"at": act.at, "title": in_words(act.verb), "who": names.get(act.account_id, "")} for act in acts]


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
@in_person
@recently
def new(request: HttpRequest) -> HttpResponse:
    """Make a token of the organisation. Its secret is in this answer and nowhere else."""
    people = queries.who_may_answer(timezone.now().date())
    form = forms.ServiceTokenForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = actions.make_service_token(
                **form.cleaned_data, actor=request.actor, now=timezone.now()
            )
        except ValueError as problem:
            form.add_error(None, str(problem))
        else:
            return _made(request, made, secret)
    return render(request, "tokens/desk_new.html", {"form": form, "crumbs": _crumbs()})


def _made(request: HttpRequest, made: Token, secret: str) -> HttpResponse:
    context = {"token": made, "secret": secret, "crumbs": _crumbs(), "back": tables.path_of(made)}
    return render(request, "tokens/made.html", context)


@require_POST
@keeping
@in_person
@recently
def renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another secret in the place of this one, which holds for a day more."""
    found, form = _found(request, pk), forms.RenewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say for how long."))
        return redirect("desk_tokens:token", pk)
    try:
        made, secret = actions.renew_token(
            token=found, **form.cleaned_data, actor=request.actor, now=timezone.now()
        )
    except WrongState as problem:
        messages.error(request, str(problem))
        return redirect("desk_tokens:token", pk)
    return _made(request, made, secret)


@require_POST
@keeping
@in_person
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name somebody else to answer for it."""
    found, people = _found(request, pk), queries.who_may_answer(timezone.now().date())
    form = forms.ResponsibleForm(request.POST, people=people)
    if not form.is_valid():
        messages.error(request, _("Choose somebody who works for the secretariat today."))
        return redirect("desk_tokens:token", pk)
    try:
        actions.hand_over_token(token=found, **form.cleaned_data, actor=request.actor, now=timezone.now())
    except (ValueError, WrongState) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Somebody else answers for it from now on, and was told."))
    return redirect("desk_tokens:token", pk)


@require_POST
@keeping
@in_person
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a service token at once."""
    try:
        actions.revoke_token(token=_found(request, pk), actor=request.actor, now=timezone.now())
    except WrongState as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The service token has ended."))
    return redirect("desk_tokens:token", pk)
