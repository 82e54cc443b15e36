import hashlib
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.engines.calibration import calibrate
from secretariat.engines.calibration.ranking import METHODS
from secretariat.engines.calibration.simulate import simulate

REVIEWS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(1, 5)),
    min_size=3,
    max_size=30,
    unique_by=lambda review: review[:2],
)


def ranked(reviews, **options):
    items, reviewers, scores = zip(*reviews, strict=True)
    names = [f"I{item}" for item in items], [f"R{reviewer}" for reviewer in reviewers]
    return calibrate(*names, scores, **({"recommend": 1} | options))


def simulated(seed=0, **options):
    made = simulate(**({"items": 60, "reviewers": 12, "reviews": 200, "seed": seed} | options))
    return made, list(zip(made.items, made.reviewers, made.scores, strict=True))


def order(ranking):
    return [entry.item for entry in ranking.items]


@pytest.mark.parametrize("method", METHODS)
@given(reviews=REVIEWS, shuffle=st.randoms(use_true_random=False))
def test_the_order_of_the_input_is_of_no_account(method, reviews, shuffle):
    def outcome(rows):
        try:
            return ranked(rows, method=method)
        except ValueError as error:
            return str(error)

    before = outcome(reviews)
    shuffle.shuffle(reviews)
    assert outcome(reviews) == before


@given(reviews=REVIEWS, places=st.integers(0, 7), ties=st.sampled_from(["item", "lot"]), lower=st.booleans())
def test_a_ranking_holds_together(reviews, places, ties, lower):
    items = {f"I{item}" for item, _, _ in reviews}
    places = min(places, len(items))
    found = ranked(reviews, recommend=places, ties=ties, lower_is_better=lower)
    assert set(order(found)) == items and len(found.items) == len(items)
    assert list(found.recommended) == order(found)[:places]
    scores = [entry.score for entry in found.items]
    assert scores == sorted(scores, reverse=not lower)
    for entry in found.items:
        assert entry.rank == 1 + sum(
            other > entry.score if not lower else other < entry.score for other in scores
        )
        assert entry.low <= entry.score <= entry.high
        assert 0 <= entry.p_above <= 1
    assert set(found.band) == {entry.item for entry in found.items if 0.1 < entry.p_above < 0.9}
    assert sum(entry.n for entry in found.items) == len(reviews)
    at_line = {
        entry.item for entry in found.items if places > 0 and entry.rank == found.items[places - 1].rank
    }
    is_split = bool(at_line - set(found.recommended))
    assert set(found.tied_at_line) == (at_line if is_split else set())


@pytest.mark.parametrize("lower", [False, True])
@pytest.mark.parametrize("method", METHODS)
def test_turning_the_scale_round_changes_nothing_but_the_signs(method, lower):
    _, reviews = simulated(scale=(-3, 3))
    turned = [(item, reviewer, -score) for item, reviewer, score in reviews]
    options = {"method": method, "recommend": 10}
    one = calibrate(*zip(*reviews, strict=True), lower_is_better=lower, **options)
    other = calibrate(*zip(*turned, strict=True), lower_is_better=not lower, **options)
    assert order(one) == order(other)
    assert [e.p_above for e in one.items] == pytest.approx([e.p_above for e in other.items], abs=0.02)
    assert [e.mean for e in one.items] == pytest.approx([-e.mean for e in other.items])


def test_what_a_reviewer_adds_to_all_her_scores_hardly_moves_the_calibrated_order():
    _, reviews = simulated(reviews=240)
    shifted = [(item, reviewer, score + 3 * (reviewer == "R03")) for item, reviewer, score in reviews]
    inputs = [zip(*rows, strict=True) for rows in (reviews, shifted) for _ in range(2)]
    before, plain_before, after, plain_after = (
        calibrate(*rows, recommend=15, method=method)
        for rows, method in zip(inputs, ["additive", "mean"] * 2, strict=True)
    )
    assert len(set(before.recommended) & set(after.recommended)) >= 14
    assert len(set(plain_before.recommended) & set(plain_after.recommended)) < 14
    assert after.reviewers["R03"].bias - before.reviewers["R03"].bias == pytest.approx(3, abs=0.5)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("factor", "shift"), [(2.0, 0.0), (1.0, 100.0), (0.01, -7.0)])
def test_another_unit_or_zero_of_the_scale_changes_nothing(method, factor, shift):
    _, reviews = simulated(reviews=180)  # three each: with uneven numbers a sum depends on the zero
    other = [(item, reviewer, factor * score + shift) for item, reviewer, score in reviews]
    one, two = (calibrate(*zip(*rows, strict=True), recommend=10, method=method) for rows in (reviews, other))
    assert order(one) == order(two)
    assert [e.p_above for e in one.items] == pytest.approx([e.p_above for e in two.items], abs=1e-3)


@pytest.mark.parametrize("seed", range(3))
def test_calibration_finds_more_of_the_truly_best_than_the_mean(seed):
    made, reviews = simulated(seed, items=257, reviewers=40, reviews=771, bias_sd=1.0)
    best = set(sorted(made.quality, key=made.quality.get)[-57:])
    hits = {
        method: len(
            best & set(calibrate(*zip(*reviews, strict=True), recommend=57, method=method).recommended)
        )
        for method in ("additive", "mean")
    }
    assert hits["additive"] > hits["mean"]


def test_probabilities_mean_what_they_say():
    sure, unlikely, even = [], [], []
    for seed in range(20):
        made, reviews = simulated(seed, items=120, reviewers=20, reviews=480)
        best = set(sorted(made.quality, key=made.quality.get)[-27:])
        for entry in calibrate(*zip(*reviews, strict=True), recommend=27).items:
            group = sure if entry.p_above >= 0.9 else unlikely if entry.p_above <= 0.1 else even
            group.append((entry.p_above, entry.item in best))
    assert np.mean([truly for _, truly in sure]) >= 0.95
    assert np.mean([truly for _, truly in unlikely]) <= 0.03
    assert np.mean([truly for _, truly in even]) == pytest.approx(np.mean([p for p, _ in even]), abs=0.05)


def test_equals_share_rank_score_and_probability_and_the_rule_decides():
    reviews = [(item, reviewer, 5 - item // 3) for item in range(6) for reviewer in range(2)]
    found = ranked(reviews, recommend=2)
    assert [entry.rank for entry in found.items] == [1, 1, 1, 4, 4, 4]
    assert len({entry.score for entry in found.items}) == len({entry.p_above for entry in found.items}) == 2
    assert (found.recommended, found.tied_at_line) == (("I0", "I1"), ("I0", "I1", "I2"))
    by_lot = ranked(reviews, recommend=2, ties="lot", seed=7)
    drawn = sorted(["I0", "I1", "I2"], key=lambda name: hashlib.sha256(f"7\n{name}".encode()).digest())
    assert list(by_lot.tied_at_line) == drawn and list(by_lot.recommended) == drawn[:2]


@pytest.mark.parametrize("method", ["additive", "mean", "points"])
def test_constant_scores_leave_everything_to_the_rule(method):
    found = ranked([(item, reviewer, 4) for item in range(4) for reviewer in range(2)], method=method)
    assert [(e.rank, e.low == e.score == e.high, e.p_above) for e in found.items] == [(1, True, 0.25)] * 4
    assert (found.recommended, found.tied_at_line) == (("I0",), ("I0", "I1", "I2", "I3"))


def test_everything_or_nothing_above_the_line_is_certain():
    reviews = [(0, 0, 1), (1, 0, 2), (1, 1, 3)]
    assert [entry.p_above for entry in ranked(reviews, recommend=2).items] == [1, 1]
    assert [entry.p_above for entry in ranked(reviews, recommend=0).items] == [0, 0]
    assert [entry.p_above for entry in ranked(reviews, recommend=None).items] == [None, None]


def test_a_single_item_is_ranked():
    found = ranked([(0, 0, 3), (0, 1, 4)])
    assert [(e.item, e.rank, e.n, e.mean, e.p_above) for e in found.items] == [("I0", 1, 2, 3.5, 1.0)]


def test_more_reviews_make_an_interval_narrower():
    reviews = [(item, reviewer, (item + reviewer) % 5) for item in range(1, 7) for reviewer in range(4)]
    found = {e.item: e.high - e.low for e in ranked([*reviews, (0, 0, 3)]).items}
    assert all(found["I0"] > width for item, width in found.items() if item != "I0")


def test_reviewers_are_described_and_left_out_where_nobody_scored_twice():
    found = ranked([(0, 0, 1), (1, 0, 3), (0, 1, 4), (1, 1, 6), (2, 2, 5)])
    assert {name: (r.n, r.spread) for name, r in found.reviewers.items()} == {
        "R0": (2, pytest.approx(2**0.5)),
        "R1": (2, pytest.approx(2**0.5)),
        "R2": (1, None),
    }
    assert found.reviewers["R0"].bias < 0 < found.reviewers["R1"].bias
    assert (found.connected, found.components) == (False, 2)
    assert ranked([(0, 0, 1), (1, 1, 3)]).reviewers == {}


def test_without_a_second_review_of_anything_a_mean_has_no_interval():
    found = ranked([(0, 0, 1), (1, 1, 3)], method="mean")
    assert [(e.item, e.low, e.high, e.p_above) for e in found.items] == [
        ("I1", None, None, None),
        ("I0", None, None, None),
    ]
    assert found.recommended == ("I1",)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: calibrate([], [], [], recommend=None), "there is no score"),
        (lambda: calibrate(["A"], ["R"], [1, 2], recommend=None), "differ in length"),
        (lambda: calibrate(["A"], ["R"], [float("nan")], recommend=None), "the score of 'A' by 'R' is nan"),
        (lambda: calibrate(["A", "A"], ["R", "R"], [1, 2], recommend=None), "'R' scored 'A' twice"),
        (lambda: calibrate(["A"], ["R"], [1], recommend=2), "2 items cannot be recommended"),
        (lambda: calibrate(["A"], ["R"], [1], recommend=1, method="best"), "'best' is no method; there are additive"),
        (lambda: calibrate(["A"], ["R"], [1], recommend=1, ties="age"), "'age' is no rule for ties"),
        (lambda: calibrate(["A"], ["R"], [1], recommend=1, weights=[0]), "a weight is not a positive number"),
        (lambda: calibrate(["A"], ["R"], [1], recommend=1, method="z"), "z needs reviewers who scored at least two"),
    ],
)  # fmt: skip
def test_what_cannot_be_ranked_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_large_table_is_ranked_the_same_whatever_its_order():
    _, reviews = simulated(items=1500, reviewers=1100, reviews=5000)
    before = calibrate(*zip(*reviews, strict=True), recommend=300)
    random.Random(3).shuffle(reviews)
    assert calibrate(*zip(*reviews, strict=True), recommend=300) == before
