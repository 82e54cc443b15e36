"""How well a reviewer fits an item, from the fields she named: plain values in and out."""

import hashlib
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

SAME, NEAR, FAR = 1.0, 0.5, 0.1
PAIRS = ("required", "ruled_out")  # the wishes that name an item


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


@dataclass(frozen=True)
class Wishes:
    """What is asked of a matching. Pairs are (submission number, reviewer's pseudonym) with a reason."""

    objective: Literal["total", "fair", "random"] = "fair"
    max_load: int | None = None
    min_load: int = 0
    cap: float = 0.5
    seed: int = 0
    text_weight: float = 0.0
    one_organisation: bool = False
    one_country: bool = False
    language: Literal["", "one", "all"] = ""
    experienced: int = 0
    required: tuple[tuple[str, str, str], ...] = ()
    ruled_out: tuple[tuple[str, str, str], ...] = ()

    def without(self, items: Collection[str]) -> "Wishes":
        """These wishes as somebody reads them who may not see anything about some items."""
        kept = {name: tuple(row for row in getattr(self, name) if row[0] not in items) for name in PAIRS}
        return replace(self, **kept)

    @property
    def is_slow(self) -> bool:
        """Whether the engine has to search where it would otherwise follow a flow."""
        ruled = self.one_organisation or self.one_country or self.language == "one" or self.experienced
        return bool(ruled or self.required) and self.objective == "fair"


def wishes_of(options: Mapping[str, Any]) -> Wishes:
    """The wishes a matching was proposed with, from its options."""
    known = {f.name: options[f.name] for f in fields(Wishes) if f.name in options}
    for name in PAIRS:
        known[name] = tuple(tuple(row) for row in known.get(name, ()))
    return Wishes(**known)


def mixed(field: float, text: float, weight: float) -> float:
    """The fit of a pair: its field and the nearness of its texts, weighed."""
    return round((1 - weight) * field + weight * text, 4)


def together(groups: Mapping[Hashable, Collection[str]]) -> dict[Hashable, str]:
    """Who shares a group with whom, by way of others too: one name for each who belongs to any."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for held in groups.values():
        first, *others = sorted(held) or [""]
        for other in others:
            low, high = sorted((find(first), find(other)))
            root[high] = low
    return {who: find(min(held)) for who, held in groups.items() if held}


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
