"""Relations between the committee and the items: looked for, and resolved."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.summit.review import actions, queries, rules
from secretariat.summit.review.forms import ResolveForm
from secretariat.summit.review.views.answering import attempt, found_or_404, told_no
from secretariat.summit.review.views.desk import frame

RESOLVED_SHOWN = 200


@require_safe
@found_or_404
def index(request: HttpRequest, key: str) -> HttpResponse:
    """What waits for the chair, and what was resolved and why."""
    return page(request, key)


def page(request: HttpRequest, key: str, wrong: ResolveForm | None = None) -> HttpResponse:
    call = queries.get_followed_call(request.actor, key)
    recused = queries.recused_items(request.actor, call)
    waiting = list(queries.conflicts_of_call(call, waiting=True, recused=recused))
    rows = [
        {
            "conflict": conflict,
            "form": wrong
            if wrong and wrong.prefix == str(conflict.pk)
            else ResolveForm(prefix=str(conflict.pk)),
            "may_resolve": rules.can_resolve_conflict(request.actor, conflict),
        }
        for conflict in waiting
    ]
    resolved = queries.conflicts_of_call(call, waiting=False, recused=recused)[:RESOLVED_SHOWN]
    context = {**frame(request, call, "conflicts"), "rows": rows, "resolved": resolved}
    return render(request, "review/desk_conflicts.html", context, status=422 if wrong else 200)


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
