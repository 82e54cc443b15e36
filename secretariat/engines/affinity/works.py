"""The works of reviewers, and what several of them say together about one item."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secretariat.engines.affinity.counts import Matrix

FEW = 3
"""How many of a reviewer's nearest works are averaged."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Works:
    """Whose each work is: ``owner[w]`` is a reviewer, numbered from 0; every reviewer has a work."""

    owner: NDArray[np.int64]
    reviewers: int

    @property
    def single(self) -> bool:
        """Whether work w is all there is of reviewer w, so that profiles are works."""
        return bool(np.array_equal(self.owner, np.arange(self.reviewers)))

    def profiles(self, counts: Matrix) -> Matrix:
        """All works of a reviewer as one text."""
        from scipy.sparse import csr_array

        place = (self.owner, np.arange(len(self.owner)))
        gathered = csr_array((np.ones(len(self.owner)), place), shape=(self.reviewers, len(self.owner)))
        profiles = csr_array(gathered @ counts)
        profiles.sort_indices()
        return profiles

    def together(self, profile: Numbers, work: Numbers) -> Numbers:
        """One affinity for each reviewer: the mean of her whole profile's, of her best work's and of her best few's.

        The profile, all works as one text, is what TPMS compares (Charlin & Zemel 2013), in the form in which Stelmakh
        et al. (arXiv 2303.16750) measure it; it serves those who write about one thing and blurs those who write about
        many. The models beside it there score work by work and take the best, or the mean of all. Of these the best
        may be a chance and the mean of all punishes breadth; the mean of the best few, our own choice, lies between.
        A reviewer with one work has nearly the same thing thrice, so nobody gains by the number of her works alone.
        """
        best, few = np.empty_like(profile), np.empty_like(profile)
        by_owner = np.argsort(self.owner, kind="stable")
        number = np.bincount(self.owner, minlength=self.reviewers)
        starts = np.cumsum(number) - number
        for size in np.unique(number).tolist():
            members = np.flatnonzero(number == size)
            hers = work[:, by_owner[starts[members, None] + np.arange(size)]]
            if size > FEW:
                hers = np.partition(hers, size - FEW, axis=2)[:, :, size - FEW :]
            # In order, so that the sum of three is always taken the same way.
            hers = np.sort(hers, axis=2)
            best[:, members], few[:, members] = hers[:, :, -1], hers.mean(axis=2)
        return (profile + best + few) / 3
