"""The committee's room from the desk: moves across the line, and the contested items on an agenda."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secretariat.summit.review import actions, queries, rules
from secretariat.summit.review.forms import DeliberationForm, MoveForm
from secretariat.summit.review.views.answering import attempt, found_or_404, told_no
from secretariat.summit.review.views.matching import stage_for


@require_POST
@found_or_404
def move(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """Move that an item change sides; its ballot is declared, to be opened in the meeting."""
    found, form = stage_for(request, key, stage), MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Name the item by its number, the side, and a reason."))
        return redirect("desk_review:line", key, stage)
    item = queries.get_item(found.call, form.cleaned_data.pop("number"))
    who = {"actor": request.actor, "now": timezone.now()}
    attempt(
        request,
        lambda: actions.propose_move(stage=found, submission=item, **form.cleaned_data, **who),
        _("Moved. The committee votes on it when its meeting comes to the item."),
    )
    return redirect("desk_review:line", key, stage)


@require_POST
@found_or_404
def deliberate(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """Put what is contested on the agenda of a meeting of the committee."""
    found = stage_for(request, key, stage)
    if not rules.can_run_review(request.actor):
        return told_no(request, _("prepare a deliberation"), "desk_review:line", key, stage)
    form = DeliberationForm(request.POST, meetings=queries.meetings_ahead(found.call))
    if not form.is_valid():
        messages.error(request, _("Choose a meeting of the committee."))
        return redirect("desk_review:line", key, stage)
    acting = {"stage": found, "meeting": form.cleaned_data["meeting"]}
    who = {"actor": request.actor, "now": timezone.now()}
    orders: list[actions.Order] = []
    if attempt(
        request, lambda: orders.append(actions.plan_deliberation(**acting, **who)), _("Put on the agenda.")
    ):
        n = orders[0].exits
        said = ngettext(
            "In this order somebody leaves the room %(n)d time.",
            "In this order somebody leaves the room %(n)d times.",
            n,
        )
        least = _("No order has fewer than %(n)d.") % {"n": orders[0].at_least}
        messages.info(request, f"{said % {'n': n}} {least}")
    return redirect("desk_review:line", key, stage)
