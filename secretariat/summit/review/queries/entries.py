"""What a stage's list would hold if it were frozen now."""

from typing import Any

from django.utils.translation import gettext as _

from secretariat.engines.bundles.counting import basis, counted_reviews, cut, list_digest
from secretariat.engines.bundles.ranking import calibrated_entries
from secretariat.foundation.accounts.actor import require_state
from secretariat.summit.calls.models import Call, ClosedInputs, Stage
from secretariat.summit.review.models import Assignment, Matching
from secretariat.summit.review.queries import standing

NUMBERS = ("rank", "score", "low", "high", "p_above")
Entries = tuple[list[dict[str, Any]], str]


def list_entries(stage: Stage, declared: dict[str, Any]) -> Entries:
    """Return the entries of the stage's list by the rule declared for it, and the digest of what they are made from.

    Raises WrongState and ValueError where the list cannot be made yet, saying what is still to come.
    """
    rule = next(r for r in declared["stages"] if r["key"] == stage.key)
    return _ENTRIES[stage.kind](stage, rule, declared)


def _eligibility_entries(stage: Stage, rule: Any, declared: Any) -> Entries:
    material = standing.eligibility_of(stage.call)
    entries = [
        {"ref": row["ref"], **dict.fromkeys(NUMBERS), "outcome": "kept" if row["eligible"] else "cut"}
        for row in material
    ]
    return entries, basis(rule, material)


def _calibrated_entries(stage: Stage, rule: Any, declared: Any) -> Entries:
    waiting = Assignment.objects.filter(stage=stage, state="assigned").count()
    if waiting:
        message = _("%(count)d reviews of this stage are still to come.") % {"count": waiting}
        raise ValueError(message)
    items = entering(stage)
    if (
        items
        and stage.readers
        and not Matching.objects.filter(stage=stage, state="deployed", kind="run").exists()
    ):
        raise ValueError(_("The readings that this stage declares have not been assigned."))
    if disputed := standing.reviewed_with_open_conflict(stage.call, items):
        raise ValueError(
            _("Reviewed by somebody whose conflict is not resolved: %(items)s.")
            % {"items": ", ".join(disputed)}
        )
    reviews = counted_reviews(standing.reviews_of(stage.call), declared["stages"], stage.key, set(items))
    if silent := sorted(set(items) - {review["item"] for review in reviews}):
        raise ValueError(_("No review stands for: %(items)s.") % {"items": ", ".join(silent)})
    if waiting := standing.moves_to_vote_on(stage):
        raise ValueError(_("A move waits for its vote: %(items)s.") % {"items": ", ".join(waiting)})
    inputs, moves = inputs_of(stage.call), standing.moves_of(stage)
    entries = calibrated_entries(rule, declared["criteria"], items, reviews, inputs, moves)
    return [dict(entry) for entry in entries], basis(rule, reviews)


def _levels_entries(stage: Stage, rule: Any, declared: Any) -> Entries:
    ranking = list(entering(stage))
    outcomes = cut(ranking, rule)
    before = standing.previous_stage(stage)
    source = standing.frozen_list(before) if before else None
    numbers = {entry["ref"]: entry for entry in (source or {}).get("entries", [])}
    entries = [
        {**{name: numbers[ref][name] for name in NUMBERS}, "ref": ref, "rank": rank, "outcome": outcomes[ref]}
        for rank, ref in enumerate(ranking, 1)
    ]
    return entries, basis(rule, list_digest(source))


_ENTRIES = {
    "eligibility": _eligibility_entries,
    "calibrated": _calibrated_entries,
    "levels": _levels_entries,
}


def entering(stage: Stage) -> dict[str, str]:
    """Return what a stage starts from, in the order of the list before. Raises WrongState before that is decided."""
    before = standing.previous_stage(stage)
    handed_on = standing.handed_on(before) if before else None
    require_state(
        "waiting" if handed_on is None else "decided", ["decided"], _("Freezing before the earlier list")
    )
    return handed_on or {}


def inputs_of(call: Call) -> list[dict[str, Any]]:
    """Return what the call held when it closed, as inputs.json of a bundle."""
    inputs: list[dict[str, Any]] = ClosedInputs.objects.get(call=call).content
    return inputs
