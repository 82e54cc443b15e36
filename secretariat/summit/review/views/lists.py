"""The list of a stage: as it would be frozen now, then frozen, then decided; and its line, looked at closely."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from secretariat.summit.calls.models import Stage
from secretariat.summit.review import actions, queries, rules
from secretariat.summit.review.forms import DeliberationForm, MoveForm
from secretariat.summit.review.models import StageList
from secretariat.summit.review.views.answering import REFUSALS, attempt, found_or_404
from secretariat.summit.review.views.desk import frame
from secretariat.summit.review.views.matching import stage_for

PAGE, CONTESTED, NAMED = 50, 25, 10


@require_safe
@found_or_404
def ranking(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """Ranks, intervals and the line; before it is frozen, what it would be, or what is still missing."""
    found = stage_for(request, key, stage)
    shown, missing = _shown(request), ""
    recused = queries.recused_on(request.actor, found)
    ranked = queries.frozen_ranking(found, recused=recused, shown=shown)
    if ranked is None:
        try:
            ranked = queries.provisional_ranking(found, recused=recused, shown=shown)
        except REFUSALS as refusal:
            missing = str(refusal)
    context = {
        **frame(request, found.call, "list"), "stage": found, "ranking": ranked, "missing": missing,
        **_turning(shown, len(ranked.rows) if ranked else 0),
    }  # fmt: skip
    if ranked and ranked.frozen and not ranked.decision and (part := getattr(ranked.frozen, "part", None)):
        free = queries.able_to_finish(ranked.frozen, timezone.localdate())
        context |= {"part": part, "is_stuck": not free}
    return render(request, "review/desk_list.html", context)


@require_safe
@found_or_404
def line(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    """How sure the line is: what is contested, what other methods say, where one more reading would tell most."""
    found = stage_for(request, key, stage)
    state, drawn, missing = queries.state_of(found), None, ""
    if found.kind != "calibrated":
        missing = _("This list is not made from scores.")
    elif state.waiting and not rules.can_read_reviews(request.actor, found.call):
        missing = _(
            "It is shown to you when all reviews are in: what others wrote shall not colour what you write."
        )
    else:
        try:
            drawn = queries.cut_line(found, state)
        except REFUSALS as refusal:
            missing = str(refusal)
    context = {
        **frame(request, found.call, "line"), "stage": found, "waiting": state.waiting, "missing": missing,
    }  # fmt: skip
    if drawn is not None:
        context |= _line(request, found, drawn)
    return render(request, "review/desk_line.html", context)


def _line(request: HttpRequest, stage: Stage, drawn: queries.CutLine) -> dict[str, Any]:
    recused = queries.recused_items(request.actor, stage.call)
    contested, shown = _without(drawn.contested, recused), _shown(request, CONTESTED)
    parts = {
        "contested": contested[shown],
        "moved": _without(drawn.moved, recused)[:NAMED],
        "telling": _without(drawn.telling, recused)[:NAMED],
        "tied": [row for row in drawn.rows if row.number in drawn.tied and row.number not in recused],
    }
    numbers = {row.number for rows in parts.values() for row in rows}
    items = stage.call.submissions.filter(ref__number__in=numbers).select_related(
        "ref", "organisation", "person"
    )
    named = {item.ref.number: item for item in items}
    left_out = any(row.number in recused for row in drawn.rows)
    return {
        **{name: [(row, named[row.number]) for row in rows] for name, rows in parts.items()},
        "drawn": drawn, "left_out": left_out, "more_moved": max(0, len(drawn.moved) - NAMED),
        **_turning(shown, len(contested)), **_room(request, stage, recused),
    }  # fmt: skip


def _room(request: HttpRequest, stage: Stage, recused: frozenset[str]) -> dict[str, Any]:
    """What the committee has moved, and what may still be moved and put on an agenda."""
    if not stage.moves:
        return {}
    is_open = not StageList.objects.filter(stage=stage).exists()
    chairs = rules.chairs(request.actor, stage.call.committee_id)
    context = {
        "moves": [move for move in queries.moves_in(stage) if move.submission.ref.number not in recused],
        "move_form": MoveForm() if is_open and (rules.can_run_review(request.actor) or chairs) else None,
    }
    meetings = queries.meetings_ahead(stage.call) if is_open and rules.can_run_review(request.actor) else ()
    return context | ({"room_form": DeliberationForm(meetings=meetings)} if meetings else {})


def _without(rows: Sequence[queries.Standing], recused: frozenset[str]) -> list[queries.Standing]:
    return [row for row in rows if row.number not in recused]


def _shown(request: HttpRequest, many: int = PAGE) -> slice:
    asked = request.GET.get("page", "")
    first = many * (int(asked) - 1) if asked.isdecimal() and 0 < int(asked) < 10_000 else 0
    return slice(first, first + many)


def _turning(shown: slice, count: int) -> dict[str, Any]:
    many = shown.stop - shown.start
    page, pages = shown.start // many + 1, max(1, -(-count // many))
    return {
        "previous": f"?page={page - 1}" if page > 1 else "", "next": f"?page={page + 1}" if page < pages else "",
        "position": _("%(page)d of %(pages)d") % {"page": page, "pages": pages},
    }  # fmt: skip


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
