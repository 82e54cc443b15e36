"""Relations between the committee and the items: looked for, and resolved."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.registry.conflicts.policies import policy_in_words
from secretariat.registry.people.models import Person
from secretariat.summit.calls.models import Call
from secretariat.summit.calls.queries import members_to_name
from secretariat.summit.review import actions, queries, rules
from secretariat.summit.review.forms import EnterForm, ResolveForm
from secretariat.summit.review.views.answering import attempt, found_or_404, told_no
from secretariat.summit.review.views.desk import frame

RESOLVED_SHOWN = 200


@require_safe
@found_or_404
def index(request: HttpRequest, key: str) -> HttpResponse:
    """What waits for the chair, and what was resolved and why."""
    return page(request, key)


def page(
    request: HttpRequest, key: str, wrong: ResolveForm | None = None, entering: EnterForm | None = None
) -> HttpResponse:
    call = queries.get_followed_call(request.actor, key)
    recused = queries.recused_items(request.actor, call)
    waiting = list(queries.conflicts_of_call(call, waiting=True, recused=recused))
    said = queries.words_of_applicants(waiting)
    rows = [
        {
            "conflict": conflict,
            "said": said.get(conflict.source_id),
            "form": wrong
            if wrong and wrong.prefix == str(conflict.pk)
            else ResolveForm(prefix=str(conflict.pk)),
            "may_resolve": rules.can_resolve_conflict(request.actor, conflict),
        }
        for conflict in waiting
    ]
    resolved = queries.conflicts_of_call(call, waiting=False, recused=recused)[:RESOLVED_SHOWN]
    context = {
        **frame(request, call, "conflicts"), "rows": rows, "resolved": resolved,
        "entering": entering or _enter_form(call), "policy": policy_in_words(call.conflict_rules),
    }  # fmt: skip
    return render(request, "review/desk_conflicts.html", context, status=422 if wrong or entering else 200)


def _enter_form(call: Call, data: Any = None) -> EnterForm:
    members = members_to_name(call, timezone.localdate())
    return EnterForm(data, people=[(str(each.pk), str(each)) for each in members])


@require_POST
@found_or_404
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Keep a member of the committee from an item."""
    call = queries.get_followed_call(request.actor, key)
    form = _enter_form(call, request.POST)
    if not rules.can_keep_from(request.actor, call):
        return told_no(request, _("keep somebody from an item"), "desk_review:conflicts", key)
    if not form.is_valid():
        return page(request, key, entering=form)
    person = get_object_or_404(Person, pk=form.cleaned_data["person"])
    if not rules.can_enter_conflict(request.actor, call, person):
        return told_no(request, _("keep somebody from an item"), "desk_review:conflicts", key)
    given = {"number": form.cleaned_data["number"], "reason": form.cleaned_data["reason"]}
    who = {"actor": request.actor, "now": timezone.now()}
    attempt(
        request,
        lambda: actions.enter_conflict(call=call, person=person, **given, **who),
        _("She may not judge it."),
    )
    return redirect("desk_review:conflicts", key)


@require_POST
@found_or_404
def resolve(request: HttpRequest, key: str, pk: UUID) -> HttpResponse:
    """Decide on one relation."""
    call = queries.get_followed_call(request.actor, key)
    conflict = queries.get_conflict(call, pk, recused=queries.recused_items(request.actor, call))
    form = ResolveForm(request.POST, prefix=str(pk))
    if not rules.can_resolve_conflict(request.actor, conflict):
        return told_no(request, _("resolve this conflict"), "desk_review:conflicts", key)
    if not form.is_valid():
        return page(request, key, form)
    told = _("The conflict over %(number)s is resolved.") % {"number": conflict.submission.ref.number}
    who = {"actor": request.actor, "now": timezone.now()}
    attempt(request, lambda: actions.resolve_conflict(conflict=conflict, **form.cleaned_data, **who), told)
    return redirect("desk_review:conflicts", key)


@require_POST
@found_or_404
def find(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the registry again."""
    call = queries.get_followed_call(request.actor, key)
    who = {"actor": request.actor, "now": timezone.now()}
    attempt(
        request, lambda: actions.find_conflicts(call=call, **who), _("The whole registry has been asked.")
    )
    return redirect("desk_review:conflicts", key)
