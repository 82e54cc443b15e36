"""Who reads what: proposed, looked at, deployed, undone; one more reader by hand."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.summit.calls.models import Stage
from secretariat.summit.review import actions, queries, rules
from secretariat.summit.review.forms import AssignForm, DeployForm, ProposeForm, ReasonForm
from secretariat.summit.review.models import Matching
from secretariat.summit.review.views.answering import attempt, found_or_404, told_no
from secretariat.summit.review.views.desk import frame


@require_safe
@found_or_404
def readings(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """The readings of a stage: what is proposed, what is deployed, who reads which item."""
    return page(request, key, stage, ProposeForm())


def page(request: HttpRequest, key: str, stage: str, form: ProposeForm) -> HttpResponse:
    found = stage_for(request, key, stage)
    matchings = queries.matchings_of(found)
    proposed = [m for m in matchings if m.state == "proposed"]
    context = {
        **frame(request, found.call, "readings"), "stage": found, "form": form, "deploy": DeployForm(),
        "undo": ReasonForm(), "previews": [queries.preview_of(m) for m in proposed], "now": timezone.now(),
        "deployed": next((m for m in matchings if m.state == "deployed"), None),
        "readings": queries.readings_of(found).items(), "assign": assign_form(found),
    }  # fmt: skip
    return render(request, "review/desk_readings.html", context, status=422 if form.errors else 200)


def stage_for(request: HttpRequest, key: str, stage: str) -> Stage:
    call = queries.get_followed_call(request.actor, key)
    found = queries.stage_by_key(call, stage)
    found.call = call
    return found


def assign_form(stage: Stage, data: Any = None) -> AssignForm:
    items = [(i.ref.number, f"{i.ref.number} {i}") for i in queries.items_of_stage(stage)]
    people = [
        (str(r.person.pk), str(r.person)) for r in queries.readers_of(stage.call, timezone.localdate(), None)
    ]
    return AssignForm(data, items=items, people=people)


@require_POST
@found_or_404
def propose(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """Ask the engine. Where there is no matching it says which items cannot be served, and why."""
    found, form = stage_for(request, key, stage), ProposeForm(request.POST)
    if not rules.can_run_review(request.actor):
        return told_no(request, _("propose a matching"), "desk_review:readings", key, stage)
    if not form.is_valid():
        return page(request, key, stage, form)
    acting = {"stage": found, **form.cleaned_data, "actor": request.actor, "now": timezone.now()}
    attempt(
        request,
        lambda: actions.propose_matching(**acting),
        _("A matching is proposed. Nothing is assigned yet."),
    )
    return redirect("desk_review:readings", key, stage)


@require_POST
@found_or_404
def deploy(request: HttpRequest, key: str, stage: str, pk: UUID) -> HttpResponse:
    stage_for(request, key, stage)
    form = DeployForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the day as 2026-05-31, or leave it empty."))
        return redirect("desk_review:readings", key, stage)

    def act(matching: Matching, **who: Any) -> None:
        actions.deploy_matching(matching=matching, due_at=form.due_at(matching.stage.call), **who)

    return change(request, (key, stage, pk), act, _("The readings are assigned."))


@require_POST
@found_or_404
def discard(request: HttpRequest, key: str, stage: str, pk: UUID) -> HttpResponse:
    return change(request, (key, stage, pk), actions.discard_matching, _("The proposal is laid aside."))


@require_POST
@found_or_404
def undo(request: HttpRequest, key: str, stage: str, pk: UUID) -> HttpResponse:
    stage_for(request, key, stage)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the matching is undone."))
        return redirect("desk_review:readings", key, stage)

    def act(**named: Any) -> None:
        actions.undo_matching(reason=form.cleaned_data["reason"], **named)

    return change(request, (key, stage, pk), act, _("The readings are taken back."))


def change(
    request: HttpRequest, address: tuple[str, str, UUID], act: Callable[..., Any], told: str
) -> HttpResponse:
    key, stage, pk = address
    matching = queries.get_matching(stage_for(request, key, stage), pk)
    who = {"actor": request.actor, "now": timezone.now()}
    attempt(request, lambda: act(matching=matching, **who), told)
    return redirect("desk_review:readings", key, stage)


@require_POST
@found_or_404
def assign(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """Give an item to one more reader by hand."""
    found = stage_for(request, key, stage)
    form = assign_form(found, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose an item and a reader."))
        return redirect("desk_review:readings", key, stage)
    item = queries.get_item(found.call, form.cleaned_data["number"])
    person = queries.get_member(found.call, form.cleaned_data["person"], timezone.localdate())
    acting = {"stage": found, "submission": item, "person": person}
    who = {"actor": request.actor, "now": timezone.now()}
    told = _("%(person)s reads %(number)s.") % {"person": person, "number": item.ref.number}
    attempt(request, lambda: actions.assign_reader(**acting, **who), told)
    return redirect("desk_review:readings", key, stage)
