"""How the readers of a stage score, by their pseudonyms: for the desk, and for the chair when all reviews are in."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from secretariat.engines.calibration.habits import Habits, habits_of
from secretariat.summit.calls.models import Stage
from secretariat.summit.review.models import Review
from secretariat.summit.review.queries import standing
from secretariat.summit.review.queries.cutline import State
from secretariat.summit.review.queries.entries import entering


def habits(stage: Stage, state: State, recused: frozenset[str]) -> Habits | None:
    """Return how each reader scores, from the reviews that count in a stage; None where nothing can be told.

    Reviews of ``recused`` items are as if they were not there: no mean, bias or expectation is made from them. No
    statement while nothing has changed. Raises WrongState while the list before is not decided.
    """
    return _counted(stage.pk, state.stamp, recused)


@lru_cache(maxsize=32)
def _counted(stage_id: UUID, _stamp: tuple[Any, ...], recused: frozenset[str]) -> Habits | None:
    stage = Stage.objects.select_related("call__ref").get(pk=stage_id)
    names, items = standing.pseudonyms(stage.call), set(entering(stage)) - recused
    rows = Review.objects.filter(
        assignment__submission__call=stage.call, assignment__state="done",
        assignment__stage__position__lte=stage.position, assignment__submission__ref__number__in=items,
    ).order_by("assignment__stage__position", "handed_in_at", "pk")  # fmt: skip
    # Where a reviewer scored an item in several stages, the latest replaces the others, as in the list.
    given = {
        (number, names[reviewer]): (overall, handed_in_at.timestamp())
        for number, reviewer, overall, handed_in_at in rows.values_list(
            "assignment__submission__ref__number", "assignment__reviewer", "overall", "handed_in_at"
        )
    }
    pairs = sorted(given)
    return habits_of(
        [number for number, _name in pairs], [name for _number, name in pairs],
        [given[pair][0] for pair in pairs], [given[pair][1] for pair in pairs],
    )  # fmt: skip
