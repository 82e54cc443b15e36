"""The list of a calibrated stage: made here when the product freezes it, and here again when it is recounted."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from secretariat.engines.bundles.counting import cut, overall_score
from secretariat.engines.bundles.selection import Criterion, Entry, Input, Move, Review, StageRule
from secretariat.engines.calibration import ItemRank, Ranking, calibrate
from secretariat.engines.sealed.canonical import digest

EARLIER_RECEIPT, LOT = "earlier_receipt", "lot"


def calibrated_ranking(
    rule: StageRule,
    criteria: Sequence[Criterion],
    items: Collection[str],
    reviews: Sequence[Review],
    inputs: Iterable[Input],
) -> Ranking:
    """The ranking of what entered the stage, at least one item, in the order of its list.

    ``reviews``: its ``counting.counted_reviews``. Among equals the rule's ``ties`` decides: ``item`` (the smaller
    reference), ``lot`` (``lot_of``), ``earlier_receipt`` (whose first version came first, then the reference).

    Raises ValueError where an item was reviewed by nobody or its receipt is not known, and as ``calibrate``;
    KeyError where a criterion has no score.
    """
    if unread := sorted(set(items) - {review["item"] for review in reviews}):
        raise ValueError(f"{unread[0]} was reviewed by nobody")
    keep = min(rule["keep"] or 0, len(items))
    found = calibrate(
        [review["item"] for review in reviews],
        [review["reviewer"] for review in reviews],
        [overall_score(criteria, review["scores"]) for review in reviews],
        recommend=keep,
        method=rule["method"] or "",
        seed=rule["seed"],
    )
    if rule["ties"] == "item":
        return found
    goes_first = _tie_keys(rule, items, list(inputs))
    ordered = sorted(found.items, key=lambda entry: (entry.rank, goes_first[entry.item], entry.item))
    return replace(found, items=tuple(ordered), recommended=tuple(entry.item for entry in ordered[:keep]))


def _tie_keys(rule: StageRule, items: Collection[str], inputs: Sequence[Input]) -> dict[str, Any]:
    """By item, what decides among equals: when it was received, or its lot."""
    if rule["ties"] == EARLIER_RECEIPT:
        received = {row["ref"]: datetime.fromisoformat(row["received_at"]) for row in inputs}
        if unknown := sorted(set(items) - received.keys()):
            raise ValueError(f"{unknown[0]} is not among the inputs")
        return received
    if rule["ties"] != LOT:
        raise ValueError(f"{rule['ties']!r} is no rule for ties")
    seed = digest(inputs)
    return {item: lot_of(item, seed) for item in items}


def lot_of(item: str, seed: str) -> str:
    """The lot of an item: SHA-256 of the seed and its reference, a line each, the smallest first.

    ``seed``: the digest of the inputs. It is logged when the call closes, before anybody has scored anything, and
    whoever hands in before that cannot know it.
    """
    return hashlib.sha256(f"{seed}\n{item}".encode()).hexdigest()


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
