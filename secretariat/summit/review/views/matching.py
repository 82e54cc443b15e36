"""Who reads what: proposed, looked at, deployed, undone; one more reader by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.summit.calls.models import Stage
from secretariat.summit.review import actions, logic, queries, rules
from secretariat.summit.review.forms import AssignForm, DeployForm, ProposeForm, ReasonForm, TopUpForm
from secretariat.summit.review.models import Matching
from secretariat.summit.review.views.answering import attempt, found_or_404, told_no
from secretariat.summit.review.views.desk import frame


@require_safe
@found_or_404
def readings(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """What is proposed for a stage, what is deployed, who reads which item."""
    return page(request, stage_for(request, key, stage))


def page(request: HttpRequest, found: Stage, form: ProposeForm | None = None) -> HttpResponse:
    choices = choices_of(found) if rules.can_run_review(request.actor) else Choices()
    form = form or ProposeForm(items=choices.items, people=choices.people)
    recused = queries.recused_items(request.actor, found.call)
    matchings, readings = queries.matchings_of(found), queries.readings_of(found, recused)
    deployed = next((m for m in matchings if m.state == "deployed" and m.kind == "run"), None)
    proposed = [m for m in matchings if m.state == "proposed"]
    context = {
        **frame(request, found.call, "readings"), "stage": found, "form": form, "deploy": DeployForm(),
        "undo": ReasonForm(), "now": timezone.now(), "deployed": deployed,
        "runs": queries.compare_runs([m for m in matchings if m in proposed or m == deployed]),
        "waiting": [m for m in proposed if not m.is_ready],
        "repairs": [m for m in proposed if m.kind != "run" and m.is_ready],
        "short": queries.short_items(found, readings), "readings": readings.items(),
        "assign": AssignForm(None, items=choices.items, people=choices.people),
        "more": TopUpForm(None, items=choices.items),
    }  # fmt: skip
    return render(request, "review/desk_readings.html", context, status=422 if form.errors else 200)


@require_safe
@found_or_404
def proposal(request: HttpRequest, key: str, stage: str, pk: UUID) -> HttpResponse:
    """One proposal with its reasons, its prices and what it changes."""
    found = stage_for(request, key, stage)
    matching, recused = queries.get_matching(found, pk), queries.recused_items(request.actor, found.call)
    context = {
        **frame(request, found.call, "readings"), "stage": found, "matching": matching, "deploy": DeployForm(),
        "undo": ReasonForm(), "proposal": queries.proposal_of(matching, timezone.localdate(), recused),
        "wishes": logic.wishes_of(matching.options).without(recused),
    }  # fmt: skip
    crumb = {"label": _("Who reads what"), "path": reverse("desk_review:readings", args=[key, stage])}
    context["crumbs"] = [*context["crumbs"], crumb]
    return render(request, "review/desk_proposal.html", context)


def stage_for(request: HttpRequest, key: str, stage: str) -> Stage:
    call = queries.get_followed_call(request.actor, key)
    found = queries.stage_by_key(call, stage)
    found.call = call
    return found


@dataclass(frozen=True)
class Choices:
    """The items of a stage and the members of its committee, to choose from."""

    items: Sequence[tuple[str, str]] = ()
    people: Sequence[tuple[str, str]] = ()


def choices_of(stage: Stage) -> Choices:
    readers = queries.readers_of(stage.call, timezone.localdate(), None)
    return Choices(
        [(i.ref.number, f"{i.ref.number} {i}") for i in queries.items_of_stage(stage)],
        [(str(r.person.pk), str(r.person)) for r in readers],
    )


@require_POST
@found_or_404
def propose(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """Ask the engine. Where there is no matching it says which items cannot be served, and why."""
    found = stage_for(request, key, stage)
    if not rules.can_run_review(request.actor):
        return told_no(request, _("propose a matching"), "desk_review:readings", key, stage)
    choices = choices_of(found)
    form = ProposeForm(request.POST, items=choices.items, people=choices.people)
    if not form.is_valid():
        return page(request, found, form)
    acting = {"stage": found, **form.wishes(), "actor": request.actor, "now": timezone.now()}
    attempt(
        request,
        lambda: actions.propose_matching(**acting),
        _("A matching is proposed. Nothing is assigned yet."),
    )
    return redirect("desk_review:readings", key, stage)


@require_POST
@found_or_404
def repair(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """Ask who takes over what is short of a reader; or, with items named, who reads them in addition."""
    found = stage_for(request, key, stage)
    more: list[str] = []
    if "top_up" in request.POST:
        form = TopUpForm(request.POST, items=choices_of(found).items)
        if not form.is_valid():
            messages.error(request, _("Choose the items that get one reading more."))
            return redirect("desk_review:readings", key, stage)
        more = form.cleaned_data["more"]
    acting = {"stage": found, "more": more, "actor": request.actor, "now": timezone.now()}
    told = _("A repair is proposed. Nothing has changed yet.")
    attempt(request, lambda: actions.propose_repair(**acting), told)
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
    choices = choices_of(found)
    form = AssignForm(request.POST, items=choices.items, people=choices.people)
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
