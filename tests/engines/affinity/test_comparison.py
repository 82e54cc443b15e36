import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.engines.affinity import Comparison, compare, make_bridge, nearest, shipped_pairs
from secretariat.engines.affinity.works import FEW, Works
from tests.engines.affinity.experts import texts

BRIDGE = make_bridge(shipped_pairs())
SENTENCES = st.text(alphabet="ab cd网络安全教育,.", min_size=1, max_size=30)


def table(pairs):
    return {(item, reviewer): score for item, reviewer, score in pairs}


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from("ijk"), SENTENCES, min_size=1),
    st.dictionaries(st.sampled_from("rst"), st.lists(SENTENCES, min_size=1, max_size=5), min_size=1),
)
def test_every_pair_has_a_score_between_nought_and_one(items, reviewers):
    found = table(compare(items, reviewers, BRIDGE))

    assert set(found) == {(item, reviewer) for item in items for reviewer in reviewers}
    assert all(0 <= score <= 1 for score in found.values())


def test_the_order_of_the_input_changes_nothing():
    items, reviewers = texts()
    plain = list(compare(items, reviewers, BRIDGE))
    for seed in range(2):
        mixed = random.Random(seed)
        order, people = list(items), list(reviewers)
        mixed.shuffle(order)
        mixed.shuffle(people)
        works = {name: mixed.sample(reviewers[name], len(reviewers[name])) for name in people}

        assert list(compare({name: items[name] for name in order}, works, BRIDGE)) == plain


def test_who_wrote_the_item_is_nearest_and_who_shares_nothing_is_at_nought():
    item = "Coral reefs in warm seas"
    found = table(compare({"i": item}, {"same": [item], "near": ["reef fishing"], "far": ["民法典"]}))

    assert found["i", "same"] == pytest.approx(1)
    assert 0 < found["i", "near"] < found["i", "same"]
    assert found["i", "far"] == 0


def test_a_chinese_item_finds_who_writes_in_english_and_the_reverse():
    works = {"crypto": ["Post-quantum cryptography for banks"], "语音": ["濒危方言的语音识别"]}
    items = {"i1": "银行后量子密码迁移", "i2": "Speech recognition for endangered languages"}
    found = table(compare(items, works, BRIDGE))

    assert found["i1", "crypto"] > 0.1 > found["i1", "语音"]
    assert found["i2", "语音"] > 0.1 > found["i2", "crypto"]
    assert set(table(compare(items, works)).values()) == {0.0}


def test_an_item_in_both_languages_gains_by_both():
    works = {"r": ["Network security 网络安全"]}
    items = {"both": "network security 网络安全", "one": "network security"}
    found = table(compare(items, works, BRIDGE))

    assert found["both", "r"] >= found["one", "r"] > 0


def test_a_work_listed_twice_counts_once_and_a_reviewer_without_works_is_left_out():
    items = {"i": "coral reefs"}
    once = list(compare(items, {"r": ["coral", "fish and reefs"], "s": ["trains"]}))

    assert list(compare(items, {"r": ["coral", "fish and reefs", "coral"], "s": ["trains"], "t": []})) == once


def test_works_far_from_an_item_do_not_hide_the_near_one():
    """Ten other works blur a profile; the best and the best few keep the near ones in sight."""
    other = [
        f"railway timetable {word}"
        for word in ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"]
    ]
    near = ["coral reefs bleach", "coral larvae settle", "reefs protect the coast"]
    found = table(compare({"i": "coral reefs"}, {"broad": near + other, "narrow": near, "none": other}))

    assert found["i", "narrow"] > found["i", "broad"] > found["i", "narrow"] / 2
    assert found["i", "none"] == 0


def test_one_work_each_is_compared_once_and_as_a_profile_would_be(monkeypatch):
    items = {"i": "coral reefs", "j": "trains and reefs"}
    works = {"r": ["coral reefs and coral larvae"], "s": ["trains"], "t": ["timetables of trains"]}
    once = table(compare(items, works))
    monkeypatch.setattr(Works, "single", False)

    assert table(compare(items, works)) == pytest.approx(once)


def test_several_works_are_the_mean_of_profile_best_and_best_few():
    works = Works(np.array([1, 0, 1, 1, 1]), 2)
    profile = np.array([[0.5, 0.25]])
    work = np.array([[0.75, 0.125, 0.0, 0.5, 0.25]])

    assert FEW == 3
    assert works.together(profile, work).tolist() == [[(0.5 + 0.125 + 0.125) / 3, (0.25 + 0.75 + 0.5) / 3]]


def test_blocks_are_the_whole_in_parts(monkeypatch):
    items, reviewers = texts()
    people = sorted(reviewers)
    works = [(at, text) for at, name in enumerate(people) for text in reviewers[name]]
    arguments = (list(items.values()), [text for _, text in works], [at for at, _ in works], BRIDGE)
    [(_, whole)] = Comparison(*arguments).blocks()
    monkeypatch.setattr("secretariat.engines.affinity.comparison._CELLS", 7 * len(works))
    parts = list(Comparison(*arguments).blocks())

    assert [first for first, _ in parts] == list(range(0, 80, 7))
    assert np.array_equal(np.concatenate([part for _, part in parts]), whole)


def test_nearest_takes_equals_in_order():
    scores = np.array([0.5, 0.75, 0.5, 0.75])

    assert nearest(scores) == [1, 3, 0, 2]
    assert nearest(scores, 3) == [1, 3, 0]
