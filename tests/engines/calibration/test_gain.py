import numpy as np
import pytest

from secretariat.engines.calibration import another_review, calibrate
from secretariat.engines.calibration.simulate import simulate


def ranked(method="additive", recommend=15, **options):
    made = simulate(**({"items": 60, "reviewers": 12, "reviews": 180, "seed": 4} | options))
    return calibrate(made.items, made.reviewers, made.scores, recommend=recommend, method=method)


def test_what_one_more_review_does_agrees_with_drawing_it():
    ranking = ranked()
    line = (ranking.items[14].score + ranking.items[15].score) / 2
    review = ranking.variances.noise + ranking.variances.reviewer
    rng = np.random.default_rng(1)
    for gain in another_review(ranking)[:3]:
        entry = next(e for e in ranking.items if e.item == gain.item)
        variance = ((entry.high - entry.low) / 2 / 1.96) ** 2
        truth = entry.score + np.sqrt(variance) * rng.standard_normal(400_000)
        seen = truth + np.sqrt(review) * rng.standard_normal(400_000)
        after = entry.score + variance / (variance + review) * (seen - entry.score)
        above = truth > line
        assert gain.wrong == pytest.approx(np.mean(above != (entry.score > line)), abs=0.004)
        assert gain.wrong_after == pytest.approx(np.mean(above != (after > line)), abs=0.004)
        assert gain.crosses == pytest.approx(np.mean((after > line) != (entry.score > line)), abs=0.004)


def test_nothing_is_made_worse_and_the_most_useful_come_first():
    found = another_review(ranked("scaled"))
    assert (np.diff([g.gain for g in found]) <= 1e-9).all()
    assert all(0 <= g.wrong_after <= g.wrong + 1e-9 <= 0.5 + 1e-9 for g in found)
    assert len(found) == 60


def test_it_is_worth_most_near_the_line():
    ranking = ranked()
    places = {entry.item: place for place, entry in enumerate(ranking.items)}
    near = [abs(places[g.item] - 14.5) for g in another_review(ranking)]
    assert np.mean(near[:6]) < 8 < np.mean(near[-20:])


@pytest.mark.parametrize("options", [{"method": "mean"}, {"recommend": 60}, {"recommend": None}])
def test_where_there_is_no_line_or_no_variance_nothing_is_said(options):
    assert another_review(ranked(**options)) == ()


def test_scores_that_are_all_the_same_leave_nothing_to_settle():
    same = calibrate(["a", "b", "c"] * 2, ["x"] * 3 + ["y"] * 3, [3.0] * 6, recommend=1)
    assert another_review(same) == ()
