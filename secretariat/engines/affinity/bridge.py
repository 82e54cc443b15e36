"""A bilingual glossary as a bridge: the terms of a text, said in the other language.

A bridge is a list of pairs of terms; each is read in both directions, and a term may have several translations. In a
text the longest term that begins at a place is taken, and the search goes on behind it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import resources

from secretariat.engines.affinity.stems import stem
from secretariat.engines.affinity.text import is_unspaced, runs

Units = tuple[str, ...]


@dataclass(slots=True)
class Bridge:
    """Pairs of terms, found in texts by their first unit: a stemmed word, or a character of an unspaced script."""

    _known: dict[str, dict[Units, list[str]]] = field(default_factory=dict)
    _longest: dict[str, int] = field(default_factory=dict)

    def add(self, term: str, translation: str) -> None:
        """Let ``translation`` stand for ``term`` in the other language. Raises ValueError where a side has no word."""
        units = _units(runs(term).parts)
        if not units:
            raise ValueError(f"{term!r} has no word")
        of_first = self._known.setdefault(units[0], {}).setdefault(units, [])
        if translation not in of_first:
            of_first.append(translation)
            of_first.sort()
        self._longest[units[0]] = max(self._longest.get(units[0], 0), len(units))

    def translations(self, parts: Sequence[str]) -> list[str]:
        """What the terms of a text are in the other language, in the order in which they stand in the text."""
        units = _units(parts)
        found: list[str] = []
        at = 0
        while at < len(units):
            size = self._longest_at(units, at)
            if size:
                found += self._known[units[at]][units[at : at + size]]
            at += size or 1
        return found

    def _longest_at(self, units: Units, at: int) -> int:
        of_first = self._known.get(units[at])
        if of_first is None:
            return 0
        for size in range(min(self._longest[units[at]], len(units) - at), 0, -1):
            if units[at : at + size] in of_first:
                return size
        return 0


def make_bridge(pairs: Iterable[tuple[str, str]]) -> Bridge:
    """A bridge of pairs of terms, each used in both directions. Raises ValueError for a term without a word.

    >>> make_bridge([("海洋", "ocean"), ("海洋保护", "ocean conservation")]).translations(runs("海洋保护与海洋").parts)
    ['ocean conservation', 'ocean']
    """
    bridge = Bridge()
    for one, other in pairs:
        bridge.add(one, other)
        bridge.add(other, one)
    return bridge


def shipped_pairs() -> list[tuple[str, str]]:
    """The pairs that come with the product: terms of the field in Chinese and English."""
    text = resources.files(__package__).joinpath("terms.csv").read_text(encoding="utf-8")
    return [(one, other) for one, _, other in (line.partition(",") for line in text.splitlines()[1:])]


def _units(parts: Sequence[str]) -> Units:
    units: list[str] = []
    for part in parts:
        if is_unspaced(part):
            units += part
        else:
            units.append(stem(part))
    return tuple(units)
