from collections import Counter

import pytest

from secretariat.engines.calibration.simulate import simulate


def test_reviews_are_dealt_evenly_and_never_twice():
    made = simulate(items=257, reviewers=40, reviews=1000, seed=1)
    assert len(set(zip(made.items, made.reviewers, strict=True))) == 1000
    assert set(Counter(made.items).values()) == {3, 4}
    loads = Counter(made.reviewers)
    assert len(loads) == 40 and max(loads.values()) - min(loads.values()) <= 2
    assert set(made.quality) == set(made.items) and set(made.bias) == set(made.reviewers)


def test_the_same_seed_gives_the_same_and_another_another():
    one, two, three = (simulate(items=20, reviewers=5, reviews=60, seed=seed) for seed in (1, 1, 2))
    assert one == two != three


def test_every_reviewer_may_score_every_item():
    made = simulate(items=7, reviewers=3, reviews=21, seed=0)
    assert len(set(zip(made.items, made.reviewers, strict=True))) == 21


def test_scores_are_put_on_a_scale():
    made = simulate(items=50, reviewers=9, reviews=200, seed=0, mean=3, scale=(1, 5))
    assert set(made.scores) == {1.0, 2.0, 3.0, 4.0, 5.0}


@pytest.mark.parametrize(("reviews", "reviewers"), [(9, 5), (61, 6)])
def test_what_cannot_be_dealt_is_refused(reviews, reviewers):
    with pytest.raises(ValueError, match="cannot be dealt out"):
        simulate(items=10, reviewers=reviewers, reviews=reviews, seed=0)
