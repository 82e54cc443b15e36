"""The list of a calibrated stage: made here when the product freezes it, and here again when it is recounted."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from secretariat.engines.bundles.counting import cut, overall_score
from secretariat.engines.bundles.selection import Criterion, Entry, Input, Review, StageRule
from secretariat.engines.calibration import ItemRank, calibrate

EARLIER_RECEIPT = "earlier_receipt"


def calibrated_entries(
    rule: StageRule,
    criteria: Sequence[Criterion],
    items: Collection[str],
    reviews: Sequence[Review],
    inputs: Iterable[Input],
) -> list[Entry]:
    """The entries of the list, in rank order, with their outcomes.

    ``items``: what entered the stage; ``reviews``: its ``counting.counted_reviews``. Among equals the rule's
    ``ties`` decides: ``item`` (the smaller reference), ``lot`` (drawn from the seed, see
    ``calibration.calibrate``), ``earlier_receipt`` (whose first version came first, then the reference).

    Raises ValueError where an item was reviewed by nobody or its receipt is not known, and as ``calibrate``;
    KeyError where a criterion has no score.
    """
    if unread := sorted(set(items) - {review["item"] for review in reviews}):
        raise ValueError(f"{unread[0]} was reviewed by nobody")
    if not items:
        return []
    by_receipt = rule["ties"] == EARLIER_RECEIPT
    found: Sequence[ItemRank] = calibrate(
        [review["item"] for review in reviews],
        [review["reviewer"] for review in reviews],
        [overall_score(criteria, review["scores"]) for review in reviews],
        recommend=min(rule["keep"] or 0, len(items)),
        method=rule["method"] or "",
        seed=rule["seed"],
        ties="item" if by_receipt else rule["ties"] or "",
    ).items
    if by_receipt:
        received = {row["ref"]: datetime.fromisoformat(row["received_at"]) for row in inputs}
        if unknown := sorted(set(items) - received.keys()):
            raise ValueError(f"{unknown[0]} is not among the inputs")
        found = sorted(found, key=lambda entry: (entry.rank, received[entry.item], entry.item))
    outcomes = cut([entry.item for entry in found], rule)
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
