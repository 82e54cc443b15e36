import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.engines.calibration import calibrate
from secretariat.engines.calibration.scores import scores_of
from secretariat.engines.calibration.simulate import simulate
from secretariat.engines.calibration.spreads import evened, spread_factors


def made(seed=0, **options):
    return simulate(**({"items": 200, "reviewers": 30, "reviews": 600, "seed": seed} | options))


def scores(simulated):
    return scores_of(simulated.items, simulated.reviewers, simulated.scores)


def test_a_reviewer_who_spreads_twice_as_widely_is_brought_back():
    simulated = made(reviews=3000)
    wide = [2 * s if r == "R01" else s for r, s in zip(simulated.reviewers, simulated.scores, strict=True)]
    factors = spread_factors(scores_of(simulated.items, simulated.reviewers, wide))
    assert factors[0] == pytest.approx(2, rel=0.15)
    assert np.delete(factors, 0) == pytest.approx(1, rel=0.15)


@pytest.mark.parametrize("seed", range(3))
def test_where_all_spread_alike_the_factors_are_near_one(seed):
    assert np.log(spread_factors(scores(made(seed)))).std() < 0.12


@pytest.mark.parametrize("seed", range(3))
def test_how_differently_they_spread_is_seen(seed):
    factors = spread_factors(scores(made(seed, spread_sd=0.4, reviews=1800)))
    assert np.log(factors).std() == pytest.approx(0.4, abs=0.15)


def test_few_reviews_move_a_factor_less_than_many():
    simulated = made(reviews=3000)
    rows = list(zip(simulated.items, simulated.reviewers, simulated.scores, strict=True))
    wide = [(i, r, 3 * s if r in ("R01", "R02") else s) for i, r, s in rows]
    of_second = [row for row in wide if row[1] == "R02"]
    few = [row for row in wide if row[1] != "R02"] + of_second[:3]
    many, moderated = (
        spread_factors(scores_of(*zip(*wide, strict=True))),
        spread_factors(scores_of(*zip(*few, strict=True))),
    )
    assert moderated[0] == pytest.approx(many[0], rel=0.2)
    assert abs(np.log(moderated[1])) < abs(np.log(many[1]))


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 4), st.integers(1, 5)), min_size=1, max_size=25,
        unique_by=lambda review: review[:2],
    )
)  # fmt: skip
def test_any_small_table_keeps_its_mean_order_within_each_reviewer(reviews):
    found = scores_of(
        [str(i) for i, _, _ in reviews], [str(r) for _, r, _ in reviews], [s for *_, s in reviews]
    )
    after = evened(found)
    assert np.isfinite(after.score).all() and (spread_factors(found) > 0).all()
    for reviewer in range(len(found.reviewers)):
        hers = found.reviewer == reviewer
        before_order, after_order = found.score[hers], after.score[hers]
        assert (
            np.sign(np.subtract.outer(before_order, before_order))
            == np.sign(np.round(np.subtract.outer(after_order, after_order), 9))
        ).all()


def test_reviewers_without_names_are_left_as_they_are():
    found = scores_of(["a", "a", "b"], ["x", "y", "z"], [1, 2, 3])
    assert evened(found) is found


def test_where_reviewers_differ_in_spread_the_scaled_method_finds_more_of_the_best():
    hits = dict.fromkeys(("additive", "scaled"), 0)
    for seed in range(6):
        simulated = made(seed, items=257, reviewers=40, reviews=771, spread_sd=0.5)
        best = set(sorted(simulated.quality, key=simulated.quality.get)[-57:])
        for method in hits:
            ranking = calibrate(
                simulated.items, simulated.reviewers, simulated.scores, recommend=57, method=method
            )
            hits[method] += len(best & set(ranking.recommended))
    assert hits["scaled"] > hits["additive"]
