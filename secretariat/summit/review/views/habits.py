"""How the readers of a stage score: strict or kind, drifting, and the reviews nobody expected."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from secretariat.summit.review import queries, rules
from secretariat.summit.review.views.answering import REFUSALS, found_or_404
from secretariat.summit.review.views.desk import frame
from secretariat.summit.review.views.matching import stage_for

OUTLIERS = 50


@require_safe
@found_or_404
def habits(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """By pseudonym; to the chair when all reviews are in, and without the items she is recused from."""
    found = stage_for(request, key, stage)
    state, drawn, missing = queries.state_of(found), None, ""
    recused = frozenset(queries.recused_on(request.actor, found))
    if found.kind != "calibrated":
        missing = _("This list is not made from scores.")
    elif state.waiting and not rules.can_read_reviews(request.actor, found.call):
        missing = _(
            "It is shown to you when all reviews are in: what others wrote shall not colour what you write."
        )
    else:
        try:
            drawn = queries.habits(found, state, recused)
        except REFUSALS as refusal:
            missing = str(refusal)
    context = {
        **frame(request, found.call, "habits"), "stage": found, "drawn": drawn, "missing": missing,
        "outliers": drawn.outliers[:OUTLIERS] if drawn else (), "left_out": bool(recused),
    }  # fmt: skip
    return render(request, "review/desk_habits.html", context)
