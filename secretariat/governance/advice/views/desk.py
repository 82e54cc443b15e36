"""Asking for advice, and what becomes of it: the desk, and whoever leads the body that asks."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.foundation.accounts.actor import REFUSALS
from secretariat.foundation.accounts.doors import admitting, signed_in
from secretariat.foundation.ui.changing import change_page
from secretariat.governance.advice import actions, forms, queries, rules
from secretariat.governance.advice.tables import RequestsTable
from secretariat.governance.advice.views.my import find
from secretariat.registry.people.timeline import timeline_of


@require_safe
@signed_in
def requests(request: HttpRequest) -> HttpResponseBase:
    """Every question to a committee that the reader may see."""
    if not rules.may_come_in(request.actor):
        raise Http404
    rows, may_ask = queries.visible_requests(request.actor), _may_ask(request)
    return RequestsTable(rows).respond(request, "advice/desk_requests.html", {"may_ask": may_ask})


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Ask a committee."""
    if not _may_ask(request):
        raise Http404

    def save(form: forms.AskForm) -> str:
        made = actions.ask_advice(**form.cleaned_data, **_who(request))
        return reverse("desk_advice:request", args=[made.ref.number])

    form = forms.AskForm(request.POST or None, actor=request.actor)
    page = {"heading": _("Ask for advice"), "back": reverse("desk_advice:requests"), "crumbs": _crumbs()}
    return change_page(request, form, save, refusals=REFUSALS, button=_("Ask"), **page)


@require_safe
@signed_in
def request(request: HttpRequest, number: str) -> HttpResponse:
    """One question, with what members said where the reader may see it, and the opinion."""
    found = find(request, number)
    context = {
        "asked": found, "said": queries.contributions_for(request.actor, found), "crumbs": _crumbs(),
        "is_late": found.state == "asked" and found.due_on < timezone.localdate(),
        "may_publish": rules.keeps_advice(request.actor) and found.state == "adopted" and found.published_at is None,
        "may_withdraw": rules.can_withdraw(request.actor, found) and found.state == "asked",
        "may_bring": rules.can_bring_papers(request.actor, found) and found.state == "asked", "door": "desk",
        "papers": queries.papers_of(found), "events": timeline_of([found.pk]),
    }  # fmt: skip
    return render(request, "advice/desk_request.html", context)


@require_POST
@admitting("desk.run")
def publish(request: HttpRequest, number: str) -> HttpResponse:
    """Let everybody read the opinion."""
    try:
        actions.publish_opinion(advice=find(request, number), **_who(request))
        messages.success(request, _("The opinion is published."))
    except REFUSALS as refused:
        messages.error(request, str(refused))
    return redirect("desk_advice:request", number)


@signed_in
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take the question back."""
    found = find(request, number)
    if not rules.can_withdraw(request.actor, found):
        raise Http404
    path = reverse("desk_advice:request", args=[number])

    def save(form: forms.WithdrawForm) -> str:
        actions.withdraw_request(advice=found, **form.cleaned_data, **_who(request))
        return path

    page = {"heading": _("Withdraw “%(question)s”") % {"question": found}, "back": path, "crumbs": _crumbs()}
    form = forms.WithdrawForm(request.POST or None)
    return change_page(request, form, save, refusals=REFUSALS, button=_("Withdraw"), **page)


def _may_ask(request: HttpRequest) -> bool:
    return rules.keeps_advice(request.actor) or bool(rules.bodies_led(request.actor))


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Advice"), "path": reverse("desk_advice:requests")}]
