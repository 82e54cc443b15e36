import pytest

from secretariat.registry.places.logic import cldr_name, place_rows, sort_key_en, sort_key_zh


def test_the_table_has_249_places_in_order_of_their_codes():
    codes = [row["alpha2"] for row in place_rows()]

    assert len(codes) == 249
    assert codes == sorted(set(codes))


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("FR", "en", "France"),
        ("FR", "zh-hans", "法国"),
        ("FR", "zh_Hans", "法国"),
        ("DE", "fr", "Allemagne"),
        ("DE", "pt-br", "Alemanha"),
        ("DE", "xx", ""),
        ("XX", "en", ""),
    ],
)
def test_cldr_names_a_place(code, language, name):
    assert cldr_name(code, language) == name


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Côte d’Ivoire", "cote divoire"),
        ("Åland Islands", "aland islands"),
        ("St. Kitts & Nevis", "st kitts nevis"),
        ("Guinea-Bissau", "guinea bissau"),
        ("Congo, Democratic Republic of the", "congo democratic republic of the"),
    ],
)
def test_english_keys_have_plain_letters_only(name, key):
    assert sort_key_en(name) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [("中国香港", "zhong1 guo2 xiang1 gang3"), ("刚果（金）", "gang1 guo3 jin1"), ("重庆", "chong2 qing4")],
)
def test_chinese_keys_are_pinyin_by_syllable(name, key):
    assert sort_key_zh(name) == key


def test_chinese_lists_run_from_a_to_z():
    names = ["中国", "朝鲜", "阿富汗", "德国", "刚果（金）", "刚果（布）"]

    assert sorted(names, key=sort_key_zh) == ["阿富汗", "朝鲜", "德国", "刚果（布）", "刚果（金）", "中国"]
