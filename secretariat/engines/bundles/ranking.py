"""The list of a calibrated stage: made here when the product freezes it, and here again when it is recounted."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from secretariat.engines.bundles.counting import cut, overall_score
from secretariat.engines.bundles.selection import Criterion, Entry, Input, Move, Review, StageRule
from secretariat.engines.calibration import ItemRank, Ranking, calibrate

EARLIER_RECEIPT = "earlier_receipt"


def calibrated_ranking(
    rule: StageRule,
    criteria: Sequence[Criterion],
    items: Collection[str],
    reviews: Sequence[Review],
    inputs: Iterable[Input],
) -> Ranking:
    """The ranking of what entered the stage, at least one item, in the order of its list.

    ``reviews``: its ``counting.counted_reviews``. Among equals the rule's ``ties`` decides: ``item`` (the smaller
    reference), ``lot`` (drawn from the seed, see ``calibration.calibrate``), ``earlier_receipt`` (whose first
    version came first, then the reference).

    Raises ValueError where an item was reviewed by nobody or its receipt is not known, and as ``calibrate``;
    KeyError where a criterion has no score.
    """
    if unread := sorted(set(items) - {review["item"] for review in reviews}):
        raise ValueError(f"{unread[0]} was reviewed by nobody")
    by_receipt = rule["ties"] == EARLIER_RECEIPT
    keep = min(rule["keep"] or 0, len(items))
    found = calibrate(
        [review["item"] for review in reviews],
        [review["reviewer"] for review in reviews],
        [overall_score(criteria, review["scores"]) for review in reviews],
        recommend=keep,
        method=rule["method"] or "",
        seed=rule["seed"],
        ties="item" if by_receipt else rule["ties"] or "",
    )
    if not by_receipt:
        return found
    received = {row["ref"]: datetime.fromisoformat(row["received_at"]) for row in inputs}
    if unknown := sorted(set(items) - received.keys()):
        raise ValueError(f"{unknown[0]} is not among the inputs")
    ordered = sorted(found.items, key=lambda entry: (entry.rank, received[entry.item], entry.item))
    return replace(found, items=tuple(ordered), recommended=tuple(entry.item for entry in ordered[:keep]))


def calibrated_entries(
    rule: StageRule,
    criteria: Sequence[Criterion],
    items: Collection[str],
    reviews: Sequence[Review],
    inputs: Iterable[Input],
    moves: Sequence[Move] = (),
) -> list[Entry]:
    """The entries of the list, in its order, with their outcomes after the committee's ``moves``.

    Arguments and errors are those of ``calibrated_ranking``.
    """
    if not items:
        return []
    found = calibrated_ranking(rule, criteria, items, reviews, inputs).items
    outcomes = cut([entry.item for entry in found], rule, moves)
    return [_entry(entry, outcomes[entry.item]) for entry in found]


def _entry(found: ItemRank, outcome: str) -> Entry:
    return {
        "ref": found.item,
        "rank": found.rank,
        "score": found.score,
        "low": found.low,
        "high": found.high,
        "p_above": found.p_above,
        "outcome": outcome,
    }
