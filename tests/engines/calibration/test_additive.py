import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.engines.calibration import additive, equations
from secretariat.engines.calibration.scores import scores_of
from secretariat.engines.calibration.simulate import simulate


def simulated(seed=1, **options):
    made = simulate(**({"items": 30, "reviewers": 8, "reviews": 90, "seed": seed} | options))
    return made, scores_of(made.items, made.reviewers, made.scores)


def dense(scores, variances):
    """The model with nothing eliminated: posterior mean and covariance of (mean, biases, qualities), log-likelihood."""
    item, reviewer, noise = variances.item, variances.reviewer, variances.noise
    items, reviewers = len(scores.items), len(scores.reviewers)
    rows = np.arange(len(scores))
    design = np.zeros((len(scores), 1 + reviewers + items))
    design[:, 0] = design[rows, 1 + scores.reviewer] = design[rows, 1 + reviewers + scores.item] = 1
    prior = np.diag([0.0, *[1 / reviewer] * reviewers, *[1 / item] * items])
    precision = np.diag(scores.weight / noise)
    covariance = np.linalg.inv(design.T @ precision @ design + prior)
    mean = covariance @ design.T @ precision @ scores.score
    whole = (
        item * np.equal.outer(scores.item, scores.item)
        + reviewer * np.equal.outer(scores.reviewer, scores.reviewer)
        + np.diag(noise / scores.weight)
    )
    ones, inverse = np.ones(len(scores)), np.linalg.inv(whole)
    centred = scores.score - (ones @ inverse @ scores.score) / (ones @ inverse @ ones)
    restricted = np.linalg.slogdet(whole)[1] + np.log(ones @ inverse @ ones) + centred @ inverse @ centred
    deviations = np.sqrt([item, reviewer, noise]) / scores.score.std()
    penalty = np.log(deviations).sum() - deviations.sum()
    return mean, covariance, -restricted / 2 + penalty


@pytest.mark.parametrize("weights", [None, "some"])
def test_the_posterior_is_that_of_dense_linear_algebra(weights):
    made, _ = simulated()
    weights = np.random.default_rng(3).integers(1, 5, 90) if weights else None
    scores = scores_of(made.items, made.reviewers, made.scores, weights)
    found = additive.fit(scores, draws=4, seed=0)
    mean, covariance, _ = dense(scores, found.variances)
    contrast = np.zeros((30, len(mean)))
    contrast[:, 0] = contrast[np.arange(30), 9 + np.arange(30)] = 1
    assert found.mean == pytest.approx(mean[0], abs=1e-10)
    assert found.bias == pytest.approx(mean[1:9], abs=1e-10)
    assert found.score == pytest.approx(contrast @ mean, abs=1e-10)
    assert found.variance == pytest.approx(np.diag(contrast @ covariance @ contrast.T), rel=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_the_fitted_variances_are_where_the_penalised_likelihood_is_highest(seed):
    _, scores = simulated(seed)
    found = additive.fit(scores, draws=4, seed=0).variances
    top = dense(scores, found)[2]
    for name in ("item", "reviewer", "noise"):
        for factor in (0.999, 1.001):
            values = {key: getattr(found, key) for key in ("item", "reviewer", "noise")}
            values[name] *= factor
            below = dense(scores, additive.Variances(**values))[2]
            assert below < top
            assert top - below < 1e-4


def test_draws_have_the_covariance_of_the_posterior():
    _, scores = simulated()
    found = additive.fit(scores, draws=20_000, seed=0)
    drawn = found.own_variance + (found.shifts**2).mean(axis=1)
    assert drawn == pytest.approx(found.variance, rel=0.03)


def test_the_iterated_system_agrees_with_the_inverted_one(monkeypatch):
    _, scores = simulated(items=400, reviewers=60, reviews=1300)
    exact = additive.fit(scores, draws=256, seed=0)
    monkeypatch.setattr(equations, "LARGEST_INVERTED", 0)
    found = additive.fit(scores, draws=256, seed=0)
    for name in ("item", "reviewer", "noise"):
        assert getattr(found.variances, name) == pytest.approx(getattr(exact.variances, name), rel=0.02)
    assert found.score == pytest.approx(exact.score, abs=0.01)
    ratio = np.sqrt(found.variance / exact.variance)
    assert abs(ratio.mean() - 1) < 0.01
    assert ratio.std() < 0.01


def test_iterated_solutions_are_exact_at_the_same_variances(monkeypatch):
    _, scores = simulated(items=100, reviewers=20, reviews=330)
    variances = np.array([1.0, 0.5, 0.6])
    response = scores.score[:, None]
    exact = additive._system(equations.Equations(scores, True), variances)
    monkeypatch.setattr(equations, "LARGEST_INVERTED", 0)
    iterated = additive._system(equations.Equations(scores, True), variances)
    for found, expected in zip(iterated.solve(response), exact.solve(response), strict=True):
        assert found == pytest.approx(expected, abs=1e-10)
    deviations = iterated.deviations(30_000, np.random.default_rng(0))
    assert np.cov(deviations) == pytest.approx(exact.inverse, abs=0.03 * exact.inverse.max())


@pytest.mark.parametrize("seed", range(3))
def test_bias_is_recovered_as_far_as_the_model_says(seed):
    made, scores = simulated(seed, items=257, reviewers=40, reviews=771, bias_sd=0.7)
    found = additive.fit(scores, draws=4, seed=0)
    true = np.array([made.bias[name] for name in scores.reviewers])
    assert np.corrcoef(true, found.bias)[0, 1] > 0.93
    # With about 19 reviews each, and all biases known only up to the level of the panel.
    assert np.sqrt(np.mean((true - true.mean() - found.bias + found.bias.mean()) ** 2)) < 0.32
    assert np.sqrt(found.variances.reviewer) == pytest.approx(0.7, abs=0.25)


def test_panels_alike_in_size_and_load_are_iterated_without_a_hitch():
    # Every pair of reviewers has its own three items: no factor varies from one item to the other.
    items = np.repeat(np.arange(3600), 2)
    reviewers = items // 3 * 2 + np.tile([0, 1], 3600)
    values = np.random.default_rng(0).standard_normal(7200)
    scores = scores_of([f"I{i:04}" for i in items], [f"R{r:04}" for r in reviewers], values)
    found = additive.fit(scores, draws=64, seed=0)
    assert np.ptp(found.variance) < 0.1 * found.variance.mean()
    assert found.score.std() < 0.2


def test_bias_is_recovered_from_coarse_whole_scores():
    made, scores = simulated(
        5,
        items=257,
        reviewers=40,
        reviews=1285,
        mean=5.5,
        quality_sd=1.5,
        bias_sd=1,
        noise_sd=1.2,
        scale=(1, 10),
    )
    found = additive.fit(scores, draws=4, seed=0)
    true = np.array([made.bias[name] for name in scores.reviewers])
    assert np.corrcoef(true, found.bias)[0, 1] > 0.93


def test_intervals_cover_what_they_promise():
    inside = []
    for seed in range(12):
        made, scores = simulated(seed, items=120, reviewers=20, reviews=360)
        found = additive.fit(scores, draws=4, seed=0)
        true = np.array([made.quality[name] for name in scores.items])
        inside.append(np.abs(true - found.score) < 1.96 * np.sqrt(found.variance))
    assert 0.92 < np.mean(inside) < 0.98


def test_a_reviewer_with_one_review_has_a_bias_near_the_prior():
    made, _ = simulated()
    items = [*made.items, made.items[0]]
    scores = scores_of(items, [*made.reviewers, "once"], [*made.scores, made.scores[0] + 5])
    found = additive.fit(scores, draws=4, seed=0)
    once = found.bias[scores.reviewers.index("once")]
    assert 0 < once < 5 * found.variances.reviewer / (found.variances.reviewer + found.variances.noise)


def test_where_nobody_scored_twice_there_are_no_biases():
    scores = scores_of(["A", "A", "B", "B", "C"], list("pqrst"), [1, 2, 4, 5, 9])
    found = additive.fit(scores, draws=4, seed=0)
    assert found.variances.reviewer is None
    assert found.bias.tolist() == [0] * 5
    share = found.variances.item / (found.variances.item + found.variances.noise / np.array([2, 2, 1]))
    assert found.score == pytest.approx(found.mean + share * (np.array([1.5, 4.5, 9]) - found.mean))


def test_single_reviews_split_the_variance_between_quality_and_noise():
    scores = scores_of(list("ABCDEFGH"), list("abcdefgh"), [1, 2, 3, 4, 5, 6, 7, 8])
    found = additive.fit(scores, draws=4, seed=0)
    assert found.variances.item == pytest.approx(found.variances.noise)
    assert np.argsort(found.score).tolist() == list(range(8))


@pytest.mark.parametrize("value", [0.0, 7.0, 0.1, 1e9 + 0.1])
def test_constant_scores_leave_nothing_to_tell(value):
    scores = scores_of(["A", "A", "B"], ["R", "S", "R"], [value] * 3)
    found = additive.fit(scores, draws=4, seed=0)
    assert found.variances == additive.Variances(0.0, 0.0, 0.0)
    assert (found.score.tolist(), found.variance.tolist()) == ([value] * 2, [0, 0])


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 4), st.integers(-3, 3)),
        min_size=2,
        max_size=25,
        unique_by=lambda review: review[:2],
    )
)
def test_any_small_table_is_fitted_at_a_stationary_point_or_a_bound(reviews):
    items, reviewers, values = zip(*reviews, strict=True)
    scores = scores_of([f"I{i}" for i in items], [f"R{r}" for r in reviewers], values)
    found = additive.fit(scores, draws=4, seed=0)
    assert np.isfinite(found.score).all() and (found.variance >= 0).all()
    if scores.score.std() == 0 or not scores.identified:
        return
    variances = np.array([found.variances.item, found.variances.reviewer, found.variances.noise])
    scaled = variances / scores.score.var()
    response = ((scores.score - scores.score.mean()) / scores.score.std())[:, None]
    slope, _ = additive._slope(equations.Equations(scores, True), response, scaled)
    at_bound = scaled < additive.LEAST_SHARE * 1.01
    assert np.abs(slope[~at_bound]).max(initial=0) < 1e-4
    assert (slope[at_bound] < 0).all()
