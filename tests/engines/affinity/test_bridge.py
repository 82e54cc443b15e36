import tomllib
from pathlib import Path

import pytest

from secretariat.engines.affinity import make_bridge, shipped_pairs
from secretariat.engines.affinity.text import is_unspaced, runs

TOPICS = Path(__file__).parents[3] / "profiles" / "wic" / "topics.toml"


def said(bridge, text):
    return bridge.translations(runs(text).parts)


def test_the_longest_term_is_taken_and_the_search_goes_on_behind_it():
    bridge = make_bridge(
        [("网络", "network"), ("网络安全", "cybersecurity"), ("安全", "safety"), ("教育", "education")]
    )

    assert said(bridge, "网络安全教育与安全网络") == ["cybersecurity", "education", "safety", "network"]


def test_english_terms_are_found_in_any_form():
    bridge = make_bridge([("物联网", "internet of things"), ("互联网", "internet"), ("传感器", "sensor")])

    assert said(bridge, "The INTERNET of Things and its sensors; internets") == ["物联网", "传感器", "互联网"]


def test_a_term_with_several_translations_is_said_in_each():
    bridge = make_bridge([("骑手", "rider"), ("骑手", "courier"), ("骑手", "rider")])

    assert said(bridge, "骑手") == ["courier", "rider"]
    assert said(bridge, "couriers") == ["骑手"]


def test_other_languages_than_chinese_and_english_are_bridged_too():
    bridge = make_bridge([("sécurité des données", "data security")])

    assert said(bridge, "la Sécurité des Données") == ["data security"]
    assert said(bridge, "Data security") == ["sécurité des données"]


@pytest.mark.parametrize("pair", [("…", "dots"), ("dots", " ")])
def test_a_term_needs_a_word(pair):
    with pytest.raises(ValueError, match="has no word"):
        make_bridge([pair])


def test_the_glossary_that_comes_along_is_in_order_and_in_two_languages():
    pairs = shipped_pairs()

    assert pairs == sorted(set(pairs))
    assert len(pairs) >= 500
    known = {"5G", "6G", "IPv6"}
    assert {term for term, _ in pairs if not is_unspaced(term)} <= known
    assert {other for _, other in pairs if is_unspaced(other)} == set()
    assert all("," not in other and '"' not in other for _, other in pairs)
    assert all(said(make_bridge([pair]), pair[0]) == [pair[1]] for pair in pairs)


def test_every_topic_of_the_profile_is_bridged_in_both_directions():
    topics = tomllib.loads(TOPICS.read_text(encoding="utf-8"))["topics"]
    bridge = make_bridge(shipped_pairs())
    unknown = {
        key
        for key, topic in topics.items()
        if key != "other-achievements" and not (said(bridge, topic["zh"]) and said(bridge, topic["en"]))
    }

    assert unknown == set()
