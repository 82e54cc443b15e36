import numpy as np
import pytest

from secretariat.engines.calibration import plain
from secretariat.engines.calibration.scores import scores_of

TABLE = [("A", "R", 4), ("A", "S", 9), ("B", "R", 2), ("B", "S", 9), ("C", "R", 2), ("D", "T", 1)]


@pytest.fixture
def scores():
    return scores_of(*zip(*TABLE, strict=True))


def test_the_mean(scores):
    found = plain.mean(scores, False)
    assert (found.score.tolist(), found.ascending) == ([6.5, 5.5, 2, 1], False)
    pooled = (2 * 2.5**2 + 2 * 3.5**2) / 2
    assert found.variance == pytest.approx(pooled / np.array([2, 2, 1, 1]))


def test_points_are_the_sum(scores):
    found = plain.points(scores, True)
    assert (found.score.tolist(), found.ascending) == ([13, 11, 2, 1], True)
    assert found.variance == pytest.approx(plain.mean(scores, True).variance * np.array([4, 4, 1, 1]))


def test_z_scores_are_in_units_of_the_reviewer_and_nothing_where_she_tells_nothing(scores):
    high, low = (4 - 8 / 3) / np.std([4, 2, 2], ddof=1), (2 - 8 / 3) / np.std([4, 2, 2], ddof=1)
    assert plain.z(scores, False).score == pytest.approx([high / 2, low / 2, low, 0])


def test_mean_ranks_are_shared_by_equals(scores):
    found = plain.mean_rank(scores, False)
    assert (found.score.tolist(), found.ascending) == ([1.25, 2.0, 2.5, 1.0], True)
    assert plain.mean_rank(scores, True).score.tolist() == [(3 + 1.5) / 2, (1.5 + 1.5) / 2, 1.5, 1.0]


def test_spreads_and_excesses_of_reviewers(scores):
    assert plain.reviewer_spreads(scores) == pytest.approx(
        [np.std([4, 2, 2], ddof=1), 0, np.nan], nan_ok=True
    )
    assert plain.reviewer_excess(scores).tolist() == [-2, 3, 0]
