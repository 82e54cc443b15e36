"""Invented scores follow quality, bias and noise, and stay inside the scale."""

from random import Random
from statistics import correlation, mean

import pytest

from secretariat.simulation.scores import Reader, comment_review, make_readers, score_review


@pytest.fixture(scope="module")
def criteria(profile):
    return profile.calls["cases-2022"].criteria


def total(scores):
    return mean(scores.values())


def test_scores_are_whole_and_inside_the_scale_however_extreme(criteria):
    rng = Random(2)
    for quality, bias in ((9, 3), (-9, -3), (0, 0)):
        scores = score_review(quality, {}, Reader(bias, 1.2, 1.0), criteria, rng)
        assert set(scores) == {row.key for row in criteria}
        assert all(isinstance(score, int) and 1 <= score <= 10 for score in scores.values())


def test_better_submissions_score_higher_and_generous_readers_too(criteria):
    rng = Random(4)
    qualities = [rng.gauss(0, 1) for _ in range(300)]

    def totals(bias):
        return [
            total(score_review(quality, {}, Reader(bias, 1, 0.4), criteria, rng)) for quality in qualities
        ]

    severe, generous = totals(-1), totals(1)
    assert correlation(qualities, severe) > 0.8
    assert mean(generous) - mean(severe) > 2


def test_a_strength_shows_in_its_own_criterion(criteria):
    rng = Random(6)
    rows = [score_review(0, {"replicability": 1.5}, Reader(0, 1, 0.2), criteria, rng) for _ in range(100)]

    others = mean(row["representativeness"] for row in rows)
    assert mean(row["replicability"] for row in rows) - others > 1.5


def test_readers_differ_and_are_the_same_for_the_same_seed():
    readers = make_readers(40, Random(1))

    assert readers == make_readers(40, Random(1))
    assert len(set(readers)) == 40
    assert min(row.bias for row in readers) < -0.5 < 0.5 < max(row.bias for row in readers)


@pytest.mark.parametrize(("score", "band"), [(9, "high"), (6, "middle"), (2, "low")])
def test_comments_fit_the_scores_and_say_that_they_are_simulated(criteria, simulation, score, band):
    rng = Random(8)
    scores = {row.key: score for row in criteria}
    said = {phrase.en for phrase in simulation.frames["comments"][band]}

    for _ in range(30):
        language, text = comment_review(scores, criteria, ("fr", "en"), simulation, rng)
        assert language == "en"
        assert text.startswith("Simulated comment: ")
        assert any(phrase in text for phrase in said)


def test_readers_whose_first_language_is_chinese_write_chinese(criteria, simulation):
    scores = {row.key: 5 for row in criteria}

    language, text = comment_review(scores, criteria, ("zh", "en"), simulation, Random(1))

    assert language == "zh"
    assert text.startswith("模拟意见：")
