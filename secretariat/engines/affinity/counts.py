"""Texts as sparse counts of words and of character n-grams.

Terms are numbered in the order of their code points and never in that of the texts, so that every sum is taken in the
same order whatever the order of the input.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from secretariat.engines.affinity.stems import stem
from secretariat.engines.affinity.text import STOP, character_grams, chinese_words, is_unspaced, word_grams

Matrix = Any
"""A scipy.sparse.csr_array; scipy is loaded where it is needed, because that takes longer than a short command."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each term occurs in each text: ``words`` and ``grams`` have a row for each text."""

    words: Matrix
    grams: Matrix


def count_terms(texts: Iterable[Sequence[str]]) -> Counts:
    """Count the words and n-grams of texts that are cut into runs. Words that say nothing are in neither."""
    spaced, chinese, characters = _Builder(), _Builder(), _Builder()
    for parts in texts:
        spaced.add(part for part in parts if part not in STOP and not is_unspaced(part))
        unspaced = [part for part in parts if is_unspaced(part)]
        chinese.add(word for run in unspaced for word in chinese_words(run))
        characters.add(gram for run in unspaced for gram in character_grams(run))
    words = spaced.finish()
    # What is made of a spaced word is made once, however many texts have it.
    stems = words.made(lambda word: [stem(word)] if len(word) > 1 else [])
    return Counts(_beside(stems, chinese.finish()), _beside(words.made(word_grams), characters.finish()))


@dataclass(frozen=True, slots=True)
class _Terms:
    counts: Matrix
    names: list[str]

    def made(self, make: Callable[[str], Iterable[str]]) -> "_Terms":
        """The terms that ``make`` makes of each of these, counted as often as it occurs."""
        builder = _Builder()
        for name in self.names:
            builder.add(make(name))
        made = builder.finish()
        product = self.counts @ made.counts
        product.sort_indices()
        return _Terms(product, made.names)


@dataclass(slots=True)
class _Builder:
    """Collects rows of terms, each numbered as it comes; ``finish`` numbers them in order."""

    _place: dict[str, int] = field(default_factory=dict)
    _columns: "array[int]" = field(default_factory=lambda: array("i"))
    _values: "array[int]" = field(default_factory=lambda: array("i"))
    _ends: "array[int]" = field(default_factory=lambda: array("q", [0]))

    def add(self, terms: Iterable[str]) -> None:
        counted = Counter(terms)
        place = self._place
        self._columns.extend(place.setdefault(term, len(place)) for term in counted)
        self._values.extend(counted.values())
        self._ends.append(len(self._columns))

    def finish(self) -> _Terms:
        from scipy.sparse import csr_array

        names = sorted(self._place)
        ordered = np.zeros(len(names), np.int32)
        ordered[[self._place[name] for name in names]] = np.arange(len(names), dtype=np.int32)
        columns = (
            ordered[np.frombuffer(self._columns, np.int32)] if len(self._columns) else np.zeros(0, np.int32)
        )
        values = np.array(self._values, np.float64)
        shape = (len(self._ends) - 1, len(names))
        counts = csr_array((values, columns, np.array(self._ends)), shape=shape)
        counts.sort_indices()
        return _Terms(counts, names)


def _beside(one: _Terms, other: _Terms) -> Matrix:
    from scipy.sparse import csr_array, hstack

    beside = csr_array(hstack([one.counts, other.counts], format="csr"))
    beside.sort_indices()
    return beside
