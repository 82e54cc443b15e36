"""The steps of a verification: what was checked, whether it holds, what was expected and what was found."""

from collections.abc import Iterable
from dataclasses import dataclass

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a short title, whether it holds, and both sides of the comparison in words."""

    step: str
    ok: bool
    expected: str
    found: str


def same(step: str, expected: object, found: object) -> Step:
    """A step that holds where both sides are equal."""
    return Step(step, expected == found, str(expected), str(found))


def none_of(step: str, expected: str, objections: Iterable[str], found: str = "") -> Step:
    """A step that holds where there is no objection; ``found`` is what to say then, else ``expected``."""
    objections = list(objections)
    return Step(step, not objections, expected, listing(objections) if objections else found or expected)


def listing(items: Iterable[str]) -> str:
    """The first few items, and how many more there are."""
    items = list(items)
    more = f"; and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return "; ".join(items[:_SHOWN]) + more


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its word: 1 review, 2 reviews."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
