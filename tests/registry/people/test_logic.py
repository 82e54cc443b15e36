import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.registry.people.logic import (
    clean_orcid,
    display_name,
    match_keys,
    romanise,
    sort_key,
    split_chinese,
)


@pytest.mark.parametrize(
    "text",
    [
        "0000-0002-1825-0097",
        "0000000218250097",
        "https://orcid.org/0000-0002-1825-0097",
        " 0000 0002 1825 0097",
    ],
)
def test_an_orcid_is_taken_in_any_form(text):
    assert clean_orcid(text) == "0000-0002-1825-0097"


def test_the_last_character_of_an_orcid_may_be_x():
    assert clean_orcid("0000-0002-1694-233x") == "0000-0002-1694-233X"


@pytest.mark.parametrize("text", ["0000-0002-1825-009", "X000-0002-1825-0097", "someone"])
def test_an_orcid_of_another_shape_is_refused(text):
    with pytest.raises(ValueError, match="16 digits"):
        clean_orcid(text)


@given(st.sampled_from(range(16)), st.sampled_from("0123456789"))
def test_the_checksum_of_an_orcid_finds_every_single_wrong_digit(place, digit):
    right = "0000000218250097"
    wrong = right[:place] + digit + right[place + 1 :]

    if wrong == right:
        assert clean_orcid(wrong) == "0000-0002-1825-0097"
    else:
        with pytest.raises(ValueError, match="does not agree"):
            clean_orcid(wrong)


@pytest.mark.parametrize(
    ("name", "parts"),
    [("王小明", ("王", "小明")), ("欧阳修", ("欧阳", "修")), ("司马", ("司", "马")), ("明", ("", "明")),
     ("约翰·史密斯", ("", "约翰·史密斯"))],
)  # fmt: skip
def test_a_chinese_name_is_split(name, parts):
    assert split_chinese(name) == parts


@pytest.mark.parametrize(
    ("name", "parts"),
    [("王小明", ("wang", "xiaoming")), ("单田芳", ("shan", "tianfang")), ("尉迟恭", ("yuchi", "gong"))],
)
def test_a_family_name_is_read_as_a_family_name(name, parts):
    assert romanise(name) == parts


@pytest.mark.parametrize(
    ("family_first", "language", "shown"),
    [(False, "en", "Xiaoming Wang"), (True, "en", "Wang Xiaoming"), (True, "zh-hans", "王小明"),
     (False, "ru", "Ван Сяомин"), (True, "fr", "Wang Xiaoming")],
)  # fmt: skip
def test_a_name_is_shown_as_the_reader_expects_it(family_first, language, shown):
    names = {"given": "Xiaoming", "family": "Wang", "name_zh": "王小明", "further": {"ru": "Ван Сяомин"}}

    assert display_name(**names, family_first=family_first, language=language) == shown


def test_a_name_known_in_one_form_is_shown_in_that_form():
    chinese = {"given": "", "family": "", "name_zh": "王小明", "further": {}, "family_first": False}
    latin = {"given": "", "family": "Plato", "name_zh": "", "further": {}, "family_first": False}

    assert display_name(**chinese, language="en") == "王小明"
    assert display_name(**latin, language="zh-hans") == "Plato"


def test_people_sort_by_family_name_in_every_script():
    assert sort_key("Xiaoming", "Wang", "王小明") == "wang xiaoming"
    assert sort_key("", "", "王小明") == "wang xiaoming"
    assert sort_key("Åsa", "Øst", "") == "ost asa"


def keys(given="", family="", name_zh="", further=(), orcid=""):
    return set(match_keys(given=given, family=family, name_zh=name_zh, further=further, orcid=orcid))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"given": "Xiaoming", "family": "Wang"}, {"given": "Wang", "family": "Xiaoming"}),
        ({"given": "Xiaoming", "family": "Wang"}, {"name_zh": "王小明"}),
        ({"given": "Xiao Ming", "family": "Wang"}, {"name_zh": "王小明"}),
        ({"given": "Xiao-Ming", "family": "WANG"}, {"given": "Xiaoming", "family": "Wang"}),
        ({"given": "Bu", "family": "Lyu"}, {"name_zh": "吕布"}),
        ({"given": "Bu", "family": "Lü"}, {"name_zh": "吕布"}),
        ({"given": "José", "family": "Núñez"}, {"given": "Jose", "family": "Nunez"}),
        ({"given": "Jürgen", "family": "Müller"}, {"given": "Juergen", "family": "Mueller"}),
        ({"given": "Yury", "family": "Gagarin"}, {"family": "x", "further": ["Юрий Гагарин"]}),
        ({"given": "Muhammad", "family": "Abd al-Rahman"}, {"given": "Mohammed", "family": "Abdulrahman"}),
        ({"given": "A", "orcid": "0000-0002-1825-0097"}, {"given": "B", "orcid": "0000-0002-1825-0097"}),
    ],
)
def test_forms_of_one_name_share_a_key(one, other):
    assert keys(**one) & keys(**other)


def test_other_names_share_none():
    people = [
        keys("Xiaoming", "Wang"),
        keys("Xiaohong", "Wang"),
        keys("Jose", "Nunez"),
        keys(name_zh="欧阳修"),
    ]

    assert sum(map(len, people)) == len(set().union(*people))
