"""Calibration: what scores of differently strict reviewers say about the items, and how surely."""

from secretariat.engines.calibration.gain import Gain, another_review
from secretariat.engines.calibration.ranking import ItemRank, Ranking, ReviewerBias, calibrate, rank_scores
from secretariat.engines.calibration.scores import Scores

__all__ = [
    "Gain",
    "ItemRank",
    "Ranking",
    "ReviewerBias",
    "Scores",
    "another_review",
    "calibrate",
    "rank_scores",
]
