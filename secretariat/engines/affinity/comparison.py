"""The affinity of every item with every reviewer, from texts alone.

Two ways of looking at the same texts are added: words (six tenths), which are precise, and character n-grams (four
tenths), which find what is spelt, inflected or cut into words in another way. Across languages a text is compared as
its translation by the bridge as well, in both directions: the item's terms in the reviewer's language with her works,
and the terms of her works in the item's language with the item. Both count half, so that a term which only one
direction recognises does not decide. Within and across languages are taken as independent evidence,
1 - (1 - within)(1 - across), which stays in 0…1.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secretariat.engines.affinity.bridge import Bridge
from secretariat.engines.affinity.counts import Matrix, count_terms
from secretariat.engines.affinity.text import runs
from secretariat.engines.affinity.weights import products, rarity, weigh
from secretariat.engines.affinity.works import Works

WORDS, GRAMS = 0.6, 0.4
DIGITS = 12
"""Beyond these a score depends on the processor that took the sum."""

_CELLS = 1 << 22
_BETWEEN = " / "

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Side:
    """One way of looking at the texts of one language: the items, the works and profiles, as vectors.

    Works and profiles stand on their side, a column for each, ready to be multiplied; they are one and the same where
    nobody has two works.
    """

    items: Matrix
    works: Matrix
    profiles: Matrix


@dataclass(frozen=True, slots=True)
class _View:
    share: float
    own: _Side
    translated: _Side | None


class Comparison:
    """Items and works, counted and weighed once; ``blocks`` compares them."""

    def __init__(
        self,
        items: Sequence[str],
        works: Sequence[str],
        owner: Sequence[int] | NDArray[np.int64],
        bridge: Bridge | None = None,
        *,
        words: float = WORDS,
        grams: float = GRAMS,
    ) -> None:
        """``owner[w]``: the reviewer of ``works[w]``, numbered from 0 without gaps. Without a bridge nothing is
        compared across languages. ``words`` and ``grams`` are the shares of the two ways; they add up to 1."""
        whose = np.asarray(owner, np.int64)
        self.items = len(items)
        self.works = Works(whose, int(whose.max()) + 1 if len(whose) else 0)
        texts = [*items, *works]
        counts = count_terms(_parts(texts, bridge))
        self._views = [
            self._view(share, table, len(texts))
            for share, table in ((words, counts.words), (grams, counts.grams))
            if share
        ]

    def _view(self, share: float, counts: Matrix, texts: int) -> _View:
        own = counts[:texts]
        rare = rarity(own)
        translated = counts[texts:]
        other = self._side(translated, rare) if translated.nnz else None
        return _View(share, self._side(own, rare), other)

    def _side(self, counts: Matrix, rare: Numbers) -> _Side:
        items, works = weigh(counts[: self.items], rare), counts[self.items :]
        weighed = weigh(works, rare).T.tocsr()
        if self.works.single:
            return _Side(items, weighed, weighed)
        return _Side(items, weighed, weigh(self.works.profiles(works), rare).T.tocsr())

    def blocks(self) -> Iterator[tuple[int, Numbers]]:
        """The number of an item, and the affinities of it and those after it with each reviewer, row by row."""
        step = max(1, _CELLS // max(len(self.works.owner), 1))
        for first in range(0, self.items, step):
            yield first, self._block(slice(first, first + step))

    def _block(self, rows: slice) -> Numbers:
        within = sum(view.share * self._compared(view.own.items[rows], view.own) for view in self._views)
        across = sum(view.share * self._across(view, rows) for view in self._views)
        scores = 1 - (1 - np.minimum(within, 1)) * (1 - np.minimum(across, 1))
        return np.asarray(np.clip(np.round(scores, DIGITS), 0, 1), np.float64)

    def _across(self, view: _View, rows: slice) -> Numbers | float:
        if view.translated is None:
            return 0.0
        items_said = self._compared(view.translated.items[rows], view.own)
        works_said = self._compared(view.own.items[rows], view.translated)
        return (items_said + works_said) / 2

    def _compared(self, items: Matrix, side: _Side) -> Numbers:
        by_work = products(items, side.works)
        by_profile = by_work if side.profiles is side.works else products(items, side.profiles)
        return self.works.together(by_profile, by_work)


def compare(
    items: Mapping[str, str], reviewers: Mapping[str, Sequence[str]], bridge: Bridge | None = None
) -> Iterator[tuple[str, str, float]]:
    """Every item with every reviewer: by item, the nearest reviewer first, equals by name.

    >>> works = {"ada": ["Coral reefs and the fish in them."], "ben": ["Trains and their timetables."]}
    >>> [reviewer for _, reviewer, _ in compare({"a1": "A timetable for night trains."}, works)]
    ['ben', 'ada']
    """
    names = sorted(items)
    people = sorted(name for name, works in reviewers.items() if works)
    works = [(number, text) for number, name in enumerate(people) for text in sorted(set(reviewers[name]))]
    found = Comparison(
        [items[name] for name in names], [text for _, text in works], [number for number, _ in works], bridge
    )
    for first, scores in found.blocks():
        for row, of_item in enumerate(scores):
            for place in nearest(of_item):
                yield names[first + row], people[place], float(of_item[place])


def nearest(scores: Numbers, top: int | None = None) -> list[int]:
    """The places of the reviewers of one item, the highest score first, equals in order."""
    order = np.argsort(-scores, kind="stable")
    return [int(place) for place in order[:top]]


def _parts(texts: Iterable[str], bridge: Bridge | None) -> Iterator[Sequence[str]]:
    """The runs of all texts, and then those of what the bridge makes of each."""
    said: list[str] = []
    for text in texts:
        parts = runs(text).parts
        if bridge is not None:
            said.append(_BETWEEN.join(bridge.translations(parts)))
        yield parts
    for text in said:
        yield runs(text).parts
