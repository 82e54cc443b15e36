"""The steps that look at what came in: the counts, the eligibility, and each review by itself."""

import math
from collections.abc import Iterator

from secretariat.engines.bundles.counting import overall_score
from secretariat.engines.bundles.reading import Selection
from secretariat.engines.bundles.selection import Criterion, Eligibility, Review
from secretariat.engines.bundles.steps import Step, counted, none_of

COUNTS = "The counts add up"
CHECKED = "Every submission was checked once"
ELIGIBILITY = "Eligibility follows the declared rules"
CONFLICTS = "No review by a conflicted reviewer"
SCALES = "Every score is on its scale"
OVERALL = "Overall scores are the weighted means"

TOLERANCE = 1e-9
"""How far two computations of one number may lie apart, relative to it or, near zero, absolutely."""


def input_steps(selection: Selection) -> Iterator[Step]:
    """The steps about submissions, eligibility and reviews."""
    yield _counts(selection)
    yield _checked(selection)
    yield none_of(
        ELIGIBILITY,
        f"ineligible where one of {counted(len(selection.rules['eligibility']), 'rule')} failed",
        _eligibility_objections(selection),
        f"{counted(len(selection.eligibility), 'submission')} held against them",
    )
    yield none_of(
        CONFLICTS,
        f"none of {counted(len(selection.conflicts), 'conflicted pair')}",
        _conflicted(selection),
        f"none in {counted(len(selection.reviews), 'review')}",
    )
    criteria = selection.rules["criteria"]
    yield none_of(
        SCALES,
        f"{counted(len(criteria), 'score')} a review, on the declared scales",
        (objection for review in selection.reviews for objection in _off_scale(review, criteria)),
    )
    yield none_of(
        OVERALL,
        f"recounted for {counted(len(selection.reviews), 'review')}",
        (objection for review in selection.reviews for objection in _off_mean(review, criteria)),
    )


def _counts(selection: Selection) -> Step:
    withdrawn = sum(row["state"] == "withdrawn" for row in selection.inputs)
    eligible = sum(row["eligible"] for row in selection.eligibility)
    ineligible = len(selection.eligibility) - eligible
    collected = selection.about["collected"]
    return Step(
        COUNTS,
        collected == len(selection.inputs) == eligible + ineligible + withdrawn,
        f"{collected:,} collected",
        f"{len(selection.inputs):,} inputs; {eligible:,} eligible + {ineligible:,} ineligible"
        f" + {withdrawn:,} withdrawn = {eligible + ineligible + withdrawn:,}",
    )


def _checked(selection: Selection) -> Step:
    submitted = {row["ref"] for row in selection.inputs if row["state"] == "submitted"}
    checked = {row["ref"] for row in selection.eligibility}
    objections = [f"{ref} was not checked" for ref in sorted(submitted - checked)]
    objections += [f"{ref} was checked and is no input" for ref in sorted(checked - submitted)]
    return none_of(CHECKED, counted(len(submitted), "submission"), objections)


def _eligibility_objections(selection: Selection) -> Iterator[str]:
    declared = {rule["key"] for rule in selection.rules["eligibility"]}
    for row in selection.eligibility:
        yield from _undeclared(row, declared)
        if row["eligible"] and row["failed"]:
            yield f"{row['ref']} is eligible and failed {', '.join(row['failed'])}"
        if not row["eligible"] and not row["failed"]:
            yield f"{row['ref']} is ineligible and failed no rule"


def _undeclared(row: Eligibility, declared: set[str]) -> Iterator[str]:
    return (
        f"{row['ref']} failed {key}, which was not declared" for key in row["failed"] if key not in declared
    )


def _conflicted(selection: Selection) -> Iterator[str]:
    kinds = {(row["item"], row["reviewer"]): row["kind"] for row in selection.conflicts}
    for review in selection.reviews:
        kind = kinds.get((review["item"], review["reviewer"]))
        if kind is not None:
            yield f"{review['reviewer']} scored {review['item']} in {review['stage']} ({kind})"


def _off_scale(review: Review, criteria: list[Criterion]) -> Iterator[str]:
    name = _named(review)
    scales = {criterion["key"]: criterion for criterion in criteria}
    yield from (f"{name}: no score for {key}" for key in scales if key not in review["scores"])
    for key, score in review["scores"].items():
        if key not in scales:
            yield f"{name}: {key} is no criterion"
        elif not scales[key]["min"] <= score <= scales[key]["max"]:
            yield f"{name}: {key} {score}, not {scales[key]['min']} to {scales[key]['max']}"


def _off_mean(review: Review, criteria: list[Criterion]) -> Iterator[str]:
    try:
        overall = overall_score(criteria, review["scores"])
    except (KeyError, ValueError):
        yield f"{_named(review)}: there is no weighted mean without a score for each criterion"
        return
    if not close(overall, review["overall"]):
        yield f"{_named(review)}: {review['overall']}, not {overall}"


def close(one: float, other: float) -> bool:
    """Whether two numbers are the same within TOLERANCE."""
    return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def _named(review: Review) -> str:
    return f"{review['item']} by {review['reviewer']} in {review['stage']}"
