"""Calibration: what scores of differently strict reviewers say about the items, and how surely."""

from secretariat.engines.calibration.ranking import ItemRank, Ranking, ReviewerBias, calibrate, rank_scores
from secretariat.engines.calibration.scores import Scores

__all__ = ["ItemRank", "Ranking", "ReviewerBias", "Scores", "calibrate", "rank_scores"]
