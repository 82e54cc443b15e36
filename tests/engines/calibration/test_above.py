import math

import numpy as np
import pytest

from secretariat.engines.calibration.above import normal_cdf, probability_above


def test_the_normal_distribution_function():
    values = np.linspace(-9, 9, 2001)
    exact = [math.erfc(-value / math.sqrt(2)) / 2 for value in values]
    assert normal_cdf(values) == pytest.approx(exact, abs=8e-8)


def test_two_items_are_compared_as_by_hand():
    found = probability_above(np.array([1.0, 0.0]), np.array([0.5, 1.5]), np.zeros((2, 2000)), 1, 0)
    expected = normal_cdf(np.array([1 / math.sqrt(2)]))[0]
    assert found == pytest.approx([expected, 1 - expected], abs=0.01)


def test_it_agrees_with_counting_how_often_an_item_is_among_the_best():
    rng = np.random.default_rng(5)
    expected, variance = rng.standard_normal(12), rng.uniform(0.1, 1, 12)
    common = rng.standard_normal((12, 2))
    shifts = common @ rng.standard_normal((2, 2000))
    drawn = (
        expected
        + rng.standard_normal((100_000, 2)) @ common.T
        + rng.standard_normal((100_000, 12)) * variance**0.5
    )
    best = np.argsort(-drawn, axis=1)[:, :4]
    counted = np.bincount(best.ravel(), minlength=12) / 100_000
    assert probability_above(expected, variance, shifts, 4, 0) == pytest.approx(counted, abs=0.012)


def test_the_probabilities_add_up_to_the_places():
    rng = np.random.default_rng(1)
    found = probability_above(rng.standard_normal(200), np.full(200, 0.3), np.zeros((200, 2000)), 50, 0)
    assert found.sum() == pytest.approx(50, abs=0.2)


def test_without_uncertainty_those_equal_at_the_line_share_the_places_left():
    expected = np.array([3.0, 1.0, 2.0, 2.0, 2.0])
    found = probability_above(expected, np.zeros(5), np.zeros((5, 8)), 2, 0)
    assert found == pytest.approx([1, 0, 1 / 3, 1 / 3, 1 / 3])


def test_large_tables_are_worked_through_in_parts():
    expected = np.linspace(0, 3, 20_000)
    shifts = np.random.default_rng(0).standard_normal((1, 120)) * np.ones((20_000, 1))
    found = probability_above(expected, np.full(20_000, 0.1), shifts, 10_000, 0)
    # A shift common to all moves nobody across the line.
    line, sure = 1.5, 0.1**0.5
    assert found == pytest.approx(normal_cdf((expected - line) / sure), abs=0.02)
