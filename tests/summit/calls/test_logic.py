import pytest

from secretariat.summit.calls.logic import (
    Difference,
    FieldSpec,
    differences,
    failed_rules,
    problems_of,
)


def wrong(kind, value, **kw):
    return [
        p.message for p in problems_of([FieldSpec("f", kind, "F", "F", **kw)], {"f": value}, complete=True)
    ]


@pytest.mark.parametrize(
    ("kind", "value", "kw"),
    [
        ("short_text", {"en": "five!"}, {"limits": {"en": 5}}),
        ("long_text", {"en": "a", "zh": "一"}, {"limits": {"zh": 1}}),
        ("number", 3, {"params": {"minimum": 3, "maximum": 3}}),
        ("date", "2022-02-28", {}),
        ("url", "https://example.org/x", {}),
        ("country", ["SE", "NO"], {"params": {"maximum": 2}}),
        ("choice", "a", {"params": {"options": ["a"]}}),
        ("contributors", [{"name_en": "A"}] * 20, {"params": {"maximum": 20}}),
        ("file", "id", {}),
    ],
)
def test_what_is_accepted(kind, value, kw):
    assert wrong(kind, value, **kw) == []


@pytest.mark.parametrize(
    ("kind", "value", "kw"),
    [
        ("short_text", {"en": "sixsix"}, {"limits": {"en": 5}}),
        ("short_text", "not by language", {}),
        ("number", "3", {}),
        ("number", True, {}),
        ("number", 2, {"params": {"minimum": 3}}),
        ("date", "2022-02-30", {}),
        ("url", "javascript:alert(1)", {}),
        ("country", ["SE", "NO", "FI"], {"params": {"maximum": 2}}),
        ("country", "SE", {}),
        ("country", [1], {}),
        ("choice", "b", {"params": {"options": ["a"]}}),
        ("contributors", [{"name_en": "A"}] * 21, {"params": {"maximum": 20}}),
        ("contributors", [{"role": "lead"}], {}),
        ("file", 7, {}),
    ],
)
def test_what_is_refused_with_one_reason(kind, value, kw):
    assert len(wrong(kind, value, **kw)) == 1


def test_an_unknown_field_is_refused():
    assert [p.field for p in problems_of([], {"smuggled": 1}, complete=False)] == ["smuggled"]


def test_required_fields_bind_only_what_is_complete():
    spec = [FieldSpec("f", "url", "F", "F", required=True)]
    assert problems_of(spec, {}, complete=False) == []
    assert [p.field for p in problems_of(spec, {}, complete=True)] == ["f"]


RULES = [
    ("both", "languages_filled", {"fields": ["title"], "languages": ["en", "zh"]}),
    ("few", "count_between", {"field": "people", "minimum": 1, "maximum": 2}),
    ("early", "date_before", {"field": "begun", "before": "2022-01-01"}),
]


@pytest.mark.parametrize(
    ("content", "failed"),
    [
        ({"title": {"en": "A", "zh": "一"}, "people": [1], "begun": "2021-12-31"}, []),
        ({"title": {"en": "A", "zh": " "}, "people": [1], "begun": "2021-12-31"}, ["both"]),
        ({"title": {"en": "A", "zh": "一"}, "people": [1, 2, 3], "begun": "2022-01-01"}, ["few", "early"]),
        ({}, ["both", "few", "early"]),
    ],
)
def test_failed_rules(content, failed):
    assert failed_rules(RULES, content) == failed


def test_differences_name_each_changed_field():
    assert differences({"a": 1, "b": 2}, {"b": 3, "c": 4}) == [
        Difference("a", 1, None), Difference("b", 2, 3), Difference("c", None, 4),
    ]  # fmt: skip
