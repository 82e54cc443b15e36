"""How well a reviewer fits an item, from the fields she named: plain values in and out."""

import hashlib
from collections.abc import Collection, Mapping

SAME, NEAR, FAR = 1.0, 0.5, 0.1


def affinity(topic: str | None, expertise: Collection[str], broader: Mapping[str, str | None]) -> float:
    """Return 1 for a field she named, 0.5 for one under the same broader field, 0.1 for any other.

    ``broader`` maps each topic to the one above it. No field is out of reach: a committee of few must
    be able to read everything, but the engine avoids what is far.
    """
    if topic is None:
        return FAR
    if topic in expertise:
        return SAME
    above = broader.get(topic)
    near = {broader.get(known) for known in expertise} - {None}
    return NEAR if above is not None and above in near else FAR


def scale_problem(scores: Mapping[str, object], criteria: Collection[tuple[str, int, int]]) -> str | None:
    """Return the first criterion whose score is missing, no whole number or off its scale; None if all are right."""
    for key, low, high in criteria:
        value = scores.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            return key
    unknown = sorted(set(scores) - {key for key, _, _ in criteria})
    return unknown[0] if unknown else None


def lot(*parts: object) -> str:
    """Return a fixed lot for these parts: an order by it says nothing, and is the same each time."""
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()
