"""The sums of which the equations of the additive model are made: over reviews, by item and by reviewer.

Theta stands for the mean and the biases, in one vector.
"""

from typing import Any

import numpy as np

from secretariat.engines.calibration.scores import Floats, Ints, Scores

LARGEST_INVERTED = 1000
LARGEST_DENSE = 8_000_000


class Equations:
    """What does not depend on the penalties.

    ``theta_weight``: the weights that fall on the mean and on each bias. ``item_weight``: on each item.
    ``shared``: which weight an item shares with each of theta (items x 1 + reviewers), dense or sparse.
    ``by_reviewer``: which reviews are whose (reviewers x reviews), where sparse.
    """

    def __init__(self, scores: Scores, with_biases: bool) -> None:
        self.scores = scores
        self.reviewers = len(scores.reviewers) if with_biases else 0
        self.item_weight = _grouped(scores.item, len(scores.items), scores.weight[:, None])[:, 0]
        theta_weight = np.zeros(1 + self.reviewers)
        theta_weight[0] = scores.weight.sum()
        if with_biases:
            theta_weight[1:] = np.bincount(scores.reviewer, scores.weight, self.reviewers)
        self.theta_weight = theta_weight
        cells = len(scores.items) * (1 + self.reviewers)
        self.is_dense = self.reviewers <= LARGEST_INVERTED and cells <= LARGEST_DENSE
        self.shared: Any = self._shared_dense() if self.is_dense else self._shared_sparse()
        self.by_reviewer: Any = None if self.is_dense else self._by_reviewer()

    def sums(self, response: Floats) -> tuple[Floats, Floats]:
        """Weighted sums of responses (reviews x k) over theta's columns and over items."""
        weighted = response * self.scores.weight[:, None]
        by_theta = np.empty((1 + self.reviewers, response.shape[1]))
        by_theta[0] = weighted.sum(axis=0)
        if self.reviewers:
            by_theta[1:] = _grouped(self.scores.reviewer, self.reviewers, weighted)
        return by_theta, _grouped(self.scores.item, len(self.scores.items), weighted)

    def fitted(self, theta: Floats, quality: Floats) -> Floats:
        """The score the model expects of each review (reviews x k)."""
        fitted = theta[0] + quality[self.scores.item]
        return fitted + theta[1 + self.scores.reviewer] if self.reviewers else fitted

    def _shared_dense(self) -> Floats:
        shared = np.zeros((len(self.scores.items), 1 + self.reviewers))
        shared[:, 0] = self.item_weight
        if self.reviewers:
            shared[self.scores.item, 1 + self.scores.reviewer] = self.scores.weight
        return shared

    def _by_reviewer(self) -> Any:
        from scipy.sparse import csr_array

        reviews = np.arange(len(self.scores))
        cells = (np.ones(len(reviews)), (self.scores.reviewer, reviews))
        return csr_array(cells, shape=(self.reviewers, len(reviews)))

    def _shared_sparse(self) -> Any:
        from scipy.sparse import csr_array

        rows = np.concatenate([np.arange(len(self.scores.items)), self.scores.item])
        columns = np.concatenate([np.zeros(len(self.scores.items), np.int32), 1 + self.scores.reviewer])
        values = np.concatenate([self.item_weight, self.scores.weight])
        return csr_array((values, (rows, columns)), shape=(len(self.scores.items), 1 + self.reviewers))


def _grouped(index: Ints, size: int, values: Floats) -> Floats:
    grouped = np.empty((size, values.shape[1]))
    for place, column in enumerate(values.T):
        grouped[:, place] = np.bincount(index, column, size)
    return grouped
