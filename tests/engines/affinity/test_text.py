import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.engines.affinity import bridge, comparison, stems, text
from secretariat.engines.affinity.stems import stem
from secretariat.engines.affinity.text import STOP, character_grams, chinese_words, fold, runs, word_grams


@pytest.mark.parametrize("module", [text, stems, bridge, comparison], ids=lambda module: module.__name__)
def test_the_examples_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("", ()),
        (" — … !", ()),
        ("Ünïcode CAFÉ", ("unicode", "cafe")),
        ("IPv6与5G", ("ipv6", "与", "5g")),
        ("网络　安全", ("网络", "安全")),
        ("Кибербезопасность", ("кибербезопасность",)),
        ("snake_case", ("snake", "case")),
        ("プライバシー", ("プライバシー",)),
    ],
)
def test_a_text_is_cut_where_its_script_changes(written, parts):
    assert runs(written).parts == parts


@given(st.text())
def test_folding_twice_changes_nothing_more(written):
    assert fold(fold(written)) == fold(written)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1))
def test_a_stem_is_no_longer_than_one_letter_more_and_never_empty(word):
    assert 1 <= len(stem(word)) <= len(word) + 1


@pytest.mark.parametrize(
    "forms",
    [
        ("network", "networks", "networking", "networked"),
        ("translate", "translates", "translation", "translations", "translating"),
        ("digitalise", "digitalised", "digitalization", "digitalisation"),
        ("policy", "policies"),
        ("school", "schools"),
        ("train", "training", "trained", "trainer", "trainers"),
        ("programming", "programmed", "programmer"),
    ],
)
def test_forms_of_one_word_have_one_stem(forms):
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("news", "new"), ("police", "policy")])
def test_other_words_keep_other_stems(one, other):
    assert stem(one) != stem(other)


def test_chinese_is_cut_into_words_and_into_neighbours():
    assert "卫星" in chinese_words("低轨卫星的宽带接入")
    assert not STOP & set(chinese_words("我们的卫星和我们的网络"))
    assert character_grams("卫星网") == ["卫星", "星网", "卫星网"]
    assert character_grams("网") == ["网"]
    assert word_grams("ab") == ["<ab>"]
    assert word_grams("a") == ["<a>"]
