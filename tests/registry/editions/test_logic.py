from datetime import date

import pytest
from django.utils.translation import override

from secretariat.registry.editions.logic import (
    consecutive_years,
    renamed,
    shifted,
    show_fact,
    show_value,
    wrong_fact,
)


@pytest.mark.parametrize(
    ("years", "year", "count"),
    [
        (range(2014, 2023), 2022, 9),
        (range(2014, 2023), 2014, 1),
        ({2014, 2015, 2017, 2018}, 2018, 2),
        ({2014, 2015}, 2016, 0),
        ((), 2022, 0),
    ],
)
def test_years_in_a_row_are_counted_back(years, year, count):
    assert consecutive_years(set(years), year) == count


def test_what_is_not_recorded_does_not_shift():
    assert shifted(None, 7) is None
    assert shifted(date(2024, 2, 28), 2) == date(2024, 3, 1)


def test_a_title_takes_the_new_year():
    assert renamed("Summit 2022", 2022, 2023) == "Summit 2023"
    assert renamed("Summit", 2022, 2023) == "Summit"


CLAIMS = [
    {"value": 150, "qualifier": "more than", "sources": ["a"]},
    {"value": 100, "qualifier": "more than", "sources": ["b"]},
]


@pytest.mark.parametrize(
    ("fact", "shown"),
    [
        (("fact", 2100, "more than", []), "more than 2,100"),
        (("fact", 140, "", []), "140"),
        (("fact", "Beijing", "", []), "Beijing"),
        (("fact", {"en": "Beijing", "zh": "北京"}, "", []), "Beijing"),
        (("inference", [1, {"en": "two", "zh": "二"}], "", []), "1, two"),
        (("unknown", None, "", []), "not recorded"),
        (("conflict", None, "", CLAIMS), "more than 150 / more than 100"),
    ],
)
def test_a_fact_is_shown_as_it_was_published(fact, shown):
    assert show_fact(*fact) == shown


def test_a_text_is_shown_in_the_readers_language():
    with override("zh-hans"):
        assert show_value({"en": "Beijing", "zh": "北京"}) == "北京"
    with override("fr"):
        assert show_value({"en": "Beijing", "zh": "北京"}) == "Beijing"


@pytest.mark.parametrize(
    ("fact", "wrong"),
    [
        (("fact", 1, "nearly", [], ["a"]), ""),
        (("inference", 0, "", [], ["a"]), ""),
        (("unknown", None, "", [], ["a"]), ""),
        (("conflict", None, "", CLAIMS, []), ""),
        (("rumour", 1, "", [], ["a"]), "is of the kind 'rumour', which there is not"),
        (
            ("fact", 1, "perhaps", [], ["a"]),
            "has the qualifier 'perhaps'; there are: more than, nearly, around",
        ),
        (("fact", None, "", [], ["a"]), "has no value"),
        (("fact", 1, "", [], []), "has no source"),
        (("fact", 1, "", CLAIMS, ["a"]), "has claims but is no conflict"),
        (("unknown", 1, "", [], ["a"]), "is unknown but has a value"),
        (("unknown", None, "", [], []), "has no source"),
        (
            ("conflict", None, "", CLAIMS[:1], []),
            "is a conflict: it takes two claims or more and no value of its own",
        ),
        (
            ("conflict", 1, "", CLAIMS, []),
            "is a conflict: it takes two claims or more and no value of its own",
        ),
        (("conflict", None, "", [*CLAIMS, {"value": 1}], []), "has a claim without a source"),
    ],
)
def test_a_fact_holds_together_or_is_told_why_not(fact, wrong):
    assert wrong_fact(*fact) == wrong
