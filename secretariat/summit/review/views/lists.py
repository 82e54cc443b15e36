"""The list of a stage: as it would be frozen now, then frozen, then decided."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.summit.review import actions, queries
from secretariat.summit.review.views.answering import REFUSALS, attempt, found_or_404
from secretariat.summit.review.views.desk import frame
from secretariat.summit.review.views.matching import stage_for


@require_safe
@found_or_404
def ranking(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """Ranks, intervals and the line; before it is frozen, what it would be, or what is still missing."""
    found = stage_for(request, key, stage)
    ranked, missing = queries.frozen_ranking(found), ""
    if ranked is None:
        try:
            ranked = queries.provisional_ranking(found)
        except REFUSALS as refusal:
            missing = str(refusal)
    context = {**frame(request, found.call, "list"), "stage": found, "ranking": ranked, "missing": missing}
    return render(request, "review/desk_list.html", context)


@require_POST
@found_or_404
def freeze(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """Freeze the list: from then on it is what it is."""
    found = stage_for(request, key, stage)
    who = {"actor": request.actor, "now": timezone.now()}
    attempt(
        request,
        lambda: actions.freeze_list(stage=found, **who),
        _("The list is frozen; its digest enters the log."),
    )
    return redirect("desk_review:list", key, stage)
