"""Characters, columns and days, as files have them."""

from datetime import date

import pytest

from secretariat.registry.imports.logic import cell_text, guess_delimiter, guess_encoding, match, read_day

CHINESE = "姓名,单位\n示例,某某大学\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (CHINESE.encode("gbk"), "gb18030"), (CHINESE.encode("utf-8-sig"), "utf-8"),
        (CHINESE.encode("utf-16"), "utf-16"), ("Name;Ort\nJosé Núñez;Malmö\n".encode("cp1252"), "cp1252"),
        (b"plain", "utf-8"), (CHINESE.encode()[:-2], "utf-8"),
        ("名单\n单位".encode("gbk")[:-1], "gb18030"),
    ],
    ids=["gbk", "bom", "utf-16", "western", "ascii", "cut", "cut gbk"],
)  # fmt: skip
def test_characters_are_guessed(data, encoding):
    assert guess_encoding(data) == encoding


@pytest.mark.parametrize(
    ("lines", "sign"),
    [
        (["a,b", "1,2"], ","), (["a;b", '"1,5;x";2'], ";"), (["a\tb", "1,5\t2"], "\t"), (["a|b"], "|"),
        (["alone"], ","), ([], ","),
    ],
)  # fmt: skip
def test_what_stands_between_columns_is_guessed(lines, sign):
    assert guess_delimiter(lines) == sign


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-01", date(2024, 3, 1)), ("2024/3/1", date(2024, 3, 1)), ("2024.3.1", date(2024, 3, 1)),
        ("2024年3月1日", date(2024, 3, 1)), ("１ March 2024", date(2024, 3, 1)), ("1st Mar 2024", date(2024, 3, 1)),
        ("March 1, 2024", date(2024, 3, 1)), ("01.03.2024", date(2024, 3, 1)), ("31/01/2024", date(2024, 1, 31)),
        ("01/31/2024", date(2024, 1, 31)), ("05/05/2024", date(2024, 5, 5)), ("45352", date(2024, 3, 1)),
        ("45352.0", date(2024, 3, 1)), ("2024-03-01T00:00:00", date(2024, 3, 1)), (" ", None),
    ],
)  # fmt: skip
def test_days_of_every_kind(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize("text", ["03/04/2024", "31/02/2024", "2024-13-01", "soon", "1 Foo 2024", "12"])
def test_what_is_no_day_or_may_be_two_is_refused(text):
    with pytest.raises(ValueError):
        read_day(text)


def test_the_order_settles_what_may_be_two():
    assert (read_day("03/04/2024", "dmy"), read_day("03/04/2024", "mdy")) == (
        date(2024, 4, 3),
        date(2024, 3, 4),
    )


def test_heads_are_known_by_any_of_their_names_and_taken_once():
    names = {"name_en": ("Name in English", "name"), "name_zh": ("中文名称",), "other": ("name",)}

    assert match([" NAME ", "中文 名称", "x"], names) == {"name_en": 0, "name_zh": 1}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (3.5, "3.5"),
        (date(2024, 3, 1), "2024-03-01"),
        (" a\n b\x00 ", "a\nb"),
        (True, "True"),
    ],
)
def test_cells_as_text(value, text):
    assert cell_text(value) == text
