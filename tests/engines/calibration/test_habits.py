"""How reviewers score: held against the ranking's own biases, a dense computation and leaving each review out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from secretariat.engines.calibration import calibrate
from secretariat.engines.calibration.habits import FAR, habits_of


def drawn(seed, items=12, reviewers=6, each=3, bias=0.8):
    """Reviews of items by reviewers of different strictness: items, reviewers, scores, order."""
    rng = np.random.default_rng(seed)
    strict, quality = rng.normal(0, bias, reviewers), rng.normal(5, 1, items)
    rows = [
        (f"I{i:02}", f"R{j}", quality[i] + strict[j] + rng.normal(0, 0.6), float(rng.random()))
        for i in range(items)
        for j in rng.choice(reviewers, each, replace=False)
    ]
    return [list(column) for column in zip(*rows, strict=True)]


def dense(items, reviewers, scores):
    """The same by the whole matrix of covariances: what is left out, and the standard deviation of that."""
    found = calibrate(items, reviewers, scores, recommend=None).variances
    same = [np.equal.outer(np.array(names), np.array(names)) for names in (items, reviewers)]
    covariance = found.noise * np.eye(len(scores)) + found.item * same[0] + found.reviewer * same[1]
    inverse, one = np.linalg.inv(covariance), np.ones(len(scores))
    p = inverse - np.outer(inverse @ one, one @ inverse) / (one @ inverse @ one)
    return p @ np.array(scores) / np.diag(p), 1 / np.sqrt(np.diag(p))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_biases_are_those_of_the_ranking(seed):
    items, reviewers, scores, order = drawn(seed)
    ranking = calibrate(items, reviewers, scores, recommend=None)
    found = habits_of(items, reviewers, scores, order)

    told = {row.reviewer: (row.n, row.bias, row.spread) for row in found.reviewers}
    assert told.keys() == ranking.reviewers.keys()
    for name, (n, bias, spread) in told.items():
        theirs = ranking.reviewers[name]
        assert (n, bias) == (theirs.n, pytest.approx(theirs.bias, abs=1e-5))
        assert spread == (None if theirs.spread is None else pytest.approx(theirs.spread))
    assert [row.bias for row in found.reviewers] == sorted(row.bias for row in found.reviewers)


@pytest.mark.parametrize("seed", range(5))
def test_a_review_is_held_against_what_all_others_make_one_expect(seed):
    items, reviewers, scores, order = drawn(seed)
    scores[4] += 6
    off, sd = dense(items, reviewers, scores)
    found = habits_of(items, reviewers, scores, order)
    expected = [
        (items[r], reviewers[r], pytest.approx(off[r] / sd[r]), pytest.approx(scores[r] - off[r]))
        for r in sorted(np.flatnonzero(abs(off) > FAR * sd), key=lambda r: -abs(off[r] / sd[r]))
    ]

    assert expected[0][:2] == (items[4], reviewers[4])
    assert [(o.item, o.reviewer, o.deviations, o.expected) for o in found.outliers] == expected


def test_the_interval_holds_what_it_says():
    """Of 95 % intervals some 95 % hold the bias that was drawn."""
    held = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        strict = rng.normal(0, 0.8, 8)
        quality = rng.normal(5, 1, 30)
        rows = [
            (f"I{i:02}", f"R{j}", quality[i] + strict[j] + rng.normal(0, 0.6))
            for i in range(30)
            for j in rng.choice(8, 3, replace=False)
        ]
        found = habits_of(*(list(column) for column in zip(*rows, strict=True)), order=[0.0] * len(rows))
        held += [row.low < strict[int(row.reviewer[1:])] < row.high for row in found.reviewers]
    assert 0.9 < np.mean(held) < 0.99


def test_drift_is_seen_in_the_order_of_the_reviews_and_tested_by_welch():
    items, reviewers, scores, _ = drawn(7, items=40)
    order = [float(n) for n in range(len(items))]
    hers = [r for r, name in enumerate(reviewers) if name == "R2"]
    for r in hers[len(hers) // 2 :]:
        scores[r] -= 2.5
    found = {row.reviewer: row.drift for row in habits_of(items, reviewers, scores, order).reviewers}
    off, _sd = dense(items, reviewers, scores)
    half = len(hers) // 2
    first, second = off[hers[:half]], off[hers[-half:]]

    assert found["R2"].change == pytest.approx(second.mean() - first.mean())
    assert found["R2"].change < -1.5 and found["R2"].p < 0.01
    assert found["R2"].p == pytest.approx(stats.ttest_ind(first, second, equal_var=False).pvalue)
    backwards = habits_of(items, reviewers, scores, [-turn for turn in order])
    assert {row.reviewer: row.drift.change for row in backwards.reviewers}["R2"] == pytest.approx(
        -found["R2"].change
    )


def test_few_reviews_are_not_tested():
    items, reviewers, scores, order = drawn(1, items=5, reviewers=5, each=2)
    found = habits_of(items, reviewers, scores, order)
    assert {row.drift.p if row.drift else None for row in found.reviewers if row.n < 6} == {None}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("A", "R1", 5.0), ("B", "R2", 7.0)],  # nobody scored twice
        [("A", "R1", 5.0), ("B", "R1", 5.0), ("A", "R2", 5.0)],  # all the same
    ],
)
def test_where_nothing_can_be_told_nothing_is(rows):
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
    assert habits_of(*columns, order=[0.0] * len(rows)) is None


def test_the_order_of_the_entries_is_of_no_account():
    columns = drawn(5)
    backwards = [column[::-1] for column in columns]
    one, other = habits_of(*columns), habits_of(*backwards)
    assert [(r.reviewer, r.n) for r in one.reviewers] == [(r.reviewer, r.n) for r in other.reviewers]
    assert [r.bias for r in one.reviewers] == pytest.approx([r.bias for r in other.reviewers])
