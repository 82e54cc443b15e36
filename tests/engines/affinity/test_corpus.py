"""The right reviewer is first, within a language and across, also for terms that the glossary does not have."""

import random
from collections import Counter
from statistics import mean

from secretariat.engines.affinity import make_bridge, shipped_pairs
from secretariat.engines.affinity.counts import count_terms
from secretariat.engines.affinity.text import STOP, chinese_words, runs
from tests.engines.affinity.experts import experts, rightly_first, texts

WITHIN = [("en", "en"), ("zh", "zh")]
ACROSS = [("en", "zh"), ("zh", "en")]


def share(found, directions):
    return sum(found[way][0] for way in directions) / sum(found[way][1] for way in directions)


def words(text):
    return [
        word
        for part in runs(text).parts
        for word in ([part] if part.isascii() else chinese_words(part))
        if word not in STOP
    ]


def test_the_corpus_is_as_large_and_as_confusable_as_it_should_be():
    items, reviewers = texts()
    areas = Counter(expert.area for expert in experts())

    assert (len(items), len(reviewers), len(set(items.values()))) == (80, 40, 80)
    assert set(areas.values()) == {2}
    assert Counter(expert.language for expert in experts()) == {"en": 20, "zh": 20}


def test_the_corpus_is_not_made_of_the_glossary():
    """At most half of what the texts say is said in terms of the glossary."""
    bridge = make_bridge(shipped_pairs())
    known = total = 0
    for expert in experts():
        for text in (*expert.works, *expert.items.values()):
            total += len(words(text))
            known += len(bridge.translations(runs(text).parts))

    print(f"{known} terms of the glossary among {total} words that say something")  # noqa: T201
    assert 0 < known / total < 0.5


def test_the_right_reviewer_is_first_for_nine_items_of_ten_in_each_direction():
    found = rightly_first(make_bridge(shipped_pairs()))

    for (item, reviewer), (hits, count) in sorted(found.items()):
        print(f"item {item}, reviewer {reviewer}: {hits} of {count}")  # noqa: T201
    assert set(found) == {*WITHIN, *ACROSS}
    assert min(hits / count for hits, count in found.values()) >= 0.9


def test_across_languages_only_the_bridge_finds_anybody():
    found = rightly_first(None)

    assert share(found, WITHIN) >= 0.9
    assert share(found, ACROSS) <= 0.1


def test_with_terms_held_out_it_grows_worse_slowly():
    """A glossary never has everything: with three terms of ten taken away at random most are still found."""
    pairs = shipped_pairs()
    shares = {}
    for held_out in (0.3, 0.5):
        runs_of_five = []
        for seed in range(5):
            chosen = random.Random(f"{seed}")
            kept = {term for term in sorted({term for term, _ in pairs}) if chosen.random() >= held_out}
            runs_of_five.append(rightly_first(make_bridge(pair for pair in pairs if pair[0] in kept)))
        shares[held_out] = mean(share(found, ACROSS) for found in runs_of_five)
        assert mean(share(found, WITHIN) for found in runs_of_five) >= 0.9
        print(f"{held_out:.0%} of the terms held out: {shares[held_out]:.1%} first across languages")  # noqa: T201
    assert shares[0.3] >= 0.8
    assert shares[0.5] >= 0.65


def test_words_and_n_grams_count_the_same_texts():
    counts = count_terms(runs(text).parts for text in ("Nets, netting", "渔网", ""))

    assert counts.words.shape[0] == counts.grams.shape[0] == 3
    assert counts.words.sum(axis=1).tolist() == [2, 1, 0]
    assert counts.grams.sum(axis=1).tolist() == [len("<nets>") - 3 + len("<netting>") - 3, 1, 0]
