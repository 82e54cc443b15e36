"""Counts as vectors of length one, whose products are affinities.

The weight of a term in a text is that of BM25: its rarity among all texts, times an occurrence that counts for less
the more there are and the longer the text is for its kind (Robertson & Zaragoza 2009, with k1 = 1.2; b = 0.75 is the
slope of the pivoted length of Singhal, Buckley & Mitra 1996, the pivot being the mean length). The sum of BM25 has no
upper bound; divided by the lengths of both vectors it is a cosine, between 0 and 1 and comparable from item to item,
as in the Toronto Paper Matching System (Charlin & Zemel 2013).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from secretariat.engines.affinity.counts import Matrix

SATURATION, SLOPE = 1.2, 0.75

Numbers = NDArray[np.float64]


def rarity(counts: Matrix) -> Numbers:
    """How much each term says: ln(1 + (N - n + 1/2) / (n + 1/2)) for a term in n of N texts."""
    texts, terms = counts.shape
    within = np.bincount(counts.indices, minlength=terms)
    return np.log1p((texts - within + 0.5) / (within + 0.5))


def weigh(counts: Matrix, rare: Numbers) -> Matrix:
    """The rows of counts as vectors of length one; a row without terms stays empty."""
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    filled = lengths > 0
    pivot = lengths[filled].mean() if filled.any() else 1.0
    weighed = counts.copy()
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    slowed = SATURATION * (1 - SLOPE + SLOPE * lengths[row] / pivot)
    weighed.data = counts.data * (SATURATION + 1) / (counts.data + slowed) * rare[counts.indices]
    size = np.sqrt(np.bincount(row, weighed.data**2, minlength=counts.shape[0]))
    weighed.data = weighed.data / size[row]
    return weighed


def products(one: Matrix, other: Any) -> Numbers:
    """The products of the rows of one with the columns of the other, as a full table."""
    return np.asarray((one @ other).toarray(), np.float64)
