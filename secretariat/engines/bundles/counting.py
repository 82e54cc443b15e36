"""How a selection counts, said once: scores of a review, reviews of a stage, places on a list, digests.

The product follows these definitions when it freezes a list, and whoever recounts a bundle follows them too.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from secretariat.engines.bundles.selection import (
    CUT,
    KEPT,
    Criterion,
    Move,
    Review,
    StageList,
    StageRule,
)
from secretariat.engines.sealed.canonical import digest


def overall_score(criteria: Sequence[Criterion], scores: Mapping[str, float]) -> float:
    """The weighted mean of a review's criterion scores.

    Where every criterion has the same scale, the mean stands on that scale. Where scales differ, each score
    is first brought to 0…1 on its own (a 3 on 1…5 becomes 0.5), and the mean is a number from 0 to 1.

    Raises KeyError if a criterion has no score, ValueError if there is no criterion.
    """
    if not criteria:
        raise ValueError("a review without criteria has no overall score")
    if len({(criterion["min"], criterion["max"]) for criterion in criteria}) == 1:
        values = [scores[criterion["key"]] for criterion in criteria]
    else:
        values = [
            (scores[criterion["key"]] - criterion["min"]) / (criterion["max"] - criterion["min"])
            for criterion in criteria
        ]
    weights = [criterion["weight"] for criterion in criteria]
    # fsum: the sum does not depend on the order in which the criteria stand.
    return math.fsum(w * v for w, v in zip(weights, values, strict=True)) / math.fsum(weights)


def counted_reviews(
    reviews: Iterable[Review], stages: Sequence[StageRule], stage: str, items: Collection[str]
) -> list[Review]:
    """The reviews that count in a calibrated stage, by item and reviewer.

    Those of the items that entered it, given in this stage or an earlier one. Where a reviewer scored an
    item in several stages, the latest score replaces the others.
    """
    order = {rule["key"]: rule["order"] for rule in stages}
    counted: dict[tuple[str, str], Review] = {}
    for review in sorted(reviews, key=lambda review: order[review["stage"]]):
        if review["item"] in items and order[review["stage"]] <= order[stage]:
            counted[review["item"], review["reviewer"]] = review
    return [counted[pair] for pair in sorted(counted)]


def cut(ranking: Sequence[str], rule: StageRule, moves: Sequence[Move] = ()) -> dict[str, str]:
    """The outcome of each item of a ranking, in its order, under the rule of a calibrated or levels stage.

    What was moved above the line takes the first places, what was moved below none; the others have the places that
    are left, as they stand. So as many are kept as were declared, and a move up costs the last of the others its
    place. Where an item was moved twice the later move counts.
    """
    if moves:
        to = {move["ref"]: move["to"] for move in moves}
        first = [ref for ref in ranking if to.get(ref) == "above"]
        others = [ref for ref in ranking if ref not in to]
        outcomes = cut([*first, *others, *(ref for ref in ranking if to.get(ref) == "below")], rule)
        below = {ref for ref, side in to.items() if side == "below"}
        return {ref: CUT if ref in below else outcomes[ref] for ref in ranking}
    outcomes = dict.fromkeys(ranking, CUT)
    places = [(KEPT, rule["keep"])] if rule["keep"] is not None else []
    places += [(level["key"], level["count"]) for level in rule["levels"]]
    start = 0
    for outcome, count in places:
        outcomes |= dict.fromkeys(ranking[start : start + count], outcome)
        start += count
    return outcomes


def carried(frozen: StageList, rule: StageRule) -> dict[str, str]:
    """What a list hands on once the decision on it is made: references in list order, and their outcomes.

    Refused items are gone. Where the rule lets the next move up, the places are dealt out again to the same
    ranking without them; else every other item keeps its outcome and the places stay open.
    """
    decision = frozen["decision"]
    refused = {refusal["ref"] for refusal in decision["refused"]} if decision else set()
    outcomes = {entry["ref"]: entry["outcome"] for entry in frozen["entries"] if entry["ref"] not in refused}
    if refused and rule["when_refused"] == "move_up" and rule["kind"] != "eligibility":
        outcomes = cut(list(outcomes), rule, frozen.get("moves", []))
    return {ref: outcome for ref, outcome in outcomes.items() if outcome != CUT}


def basis(rule: StageRule, material: object) -> str:
    """The digest of what a list was made from, to be frozen with it.

    ``material``: in an eligibility stage the whole of eligibility.json; in a calibrated stage the
    ``counted_reviews``; in a levels stage the digest of the list it comes from.
    """
    return digest({"kind": rule["kind"], "material": material})


def list_digest(frozen: StageList) -> str:
    """The digest of a list, which goes into the log when it is frozen: of everything but the decision on it."""
    return digest({key: value for key, value in frozen.items() if key != "decision"})


def decision_digest(frozen: StageList) -> str:
    """The digest of the decision on a list, bound to that list, which goes into the log with the decision."""
    return digest({"decision": frozen["decision"], "list": list_digest(frozen)})
