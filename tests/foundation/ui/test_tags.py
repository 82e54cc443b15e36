from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import translation

from secretariat.foundation.ui.templatetags import ui


@pytest.fixture
def chinese():
    with translation.override("zh-hans"):
        yield


ROW = SimpleNamespace(title_en="Title", title_zh="名称", only_en="Only", only_zh="")


def test_text_is_in_the_readers_language():
    assert ui.text(ROW, "title") == "Title"
    assert ui.text({"name_en": "Name", "name_zh": ""}, "name") == "Name"
    assert ui.here({"en": "Guests", "zh": "嘉宾"}) == "Guests"


def test_text_is_in_chinese_for_a_chinese_reader_or_else_in_english(chinese):
    assert ui.text(ROW, "title") == "名称"
    assert ui.text(ROW, "only") == "Only"
    assert ui.here({"en": "Guests", "zh": "嘉宾"}) == "嘉宾"
    assert ui.text(None, "title") == ""


@pytest.mark.parametrize(
    "first,last,english,chinese_text",
    [
        (date(2023, 11, 8), date(2023, 11, 10), "8–10 November 2023", "2023年11月8日至10日"),
        (date(2023, 11, 30), date(2023, 12, 2), "30 November – 2 December 2023", "2023年11月30日至12月2日"),
        (
            date(2023, 12, 31),
            date(2024, 1, 1),
            "31 December 2023 – 1 January 2024",
            "2023年12月31日至2024年1月1日",
        ),
        (date(2023, 11, 8), None, "8 November 2023", "2023年11月8日"),
    ],
)
def test_days_say_once_what_they_share(first, last, english, chinese_text):
    assert ui.until(first, last) == english
    with translation.override("zh-hans"):
        assert ui.until(first, last) == chinese_text


def test_a_moment_is_told_in_its_zone():
    closes = datetime(2022, 8, 31, 10, tzinfo=UTC)

    assert ui.moment(closes, "Asia/Shanghai") == "31 August 2022 18:00 China Standard Time"
    assert ui.moment(closes) == "31 August 2022 10:00 UTC"
    assert ui.moment(None) == ""


def test_a_moment_is_told_in_chinese(chinese):
    assert (
        ui.moment(datetime(2022, 8, 31, 10, tzinfo=UTC), "Asia/Shanghai")
        == "2022年8月31日 18:00 中国标准时间"
    )


@pytest.mark.parametrize(
    "value,words",
    [
        (1.0, "over 99 %"),
        (0.9964, "over 99 %"),
        (0.994, "99 %"),
        (0.5, "50 %"),
        (0.001, "under 1 %"),
        (None, ""),
    ],
)
def test_a_probability_never_claims_certainty(value, words):
    assert ui.probability(value) == words


def test_days_left_are_never_below_none():
    now = datetime(2022, 8, 31, tzinfo=UTC)

    assert ui.days_left(datetime(2022, 9, 3, 12, tzinfo=UTC), now) == 3
    assert ui.days_left(datetime(2022, 8, 1, tzinfo=UTC), now) == 0


def test_what_a_template_is_given_is_escaped():
    template = engines["django"].from_string("{% load ui %}{% digest value %}{{ row|text:'title' }}")

    assert "<b>" not in template.render({"value": "<b>x</b>", "row": {"title_en": "<b>", "title_zh": ""}})
