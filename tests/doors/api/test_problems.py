import json

import pytest

from secretariat.doors.api.problems import KINDS

pytestmark = pytest.mark.django_db


def problem(answer):
    """The problem of an answer, its shape held against RFC 9457."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = json.loads(answer.content)
    kind = told["type"].removeprefix("/api/v1/docs/#")
    assert told["status"] == answer.status_code == KINDS[kind].status
    assert {"type", "title", "status", "detail", "instance", "request_id"} <= set(told)
    assert told["request_id"] == answer.headers["X-Request-ID"]
    return kind, told


@pytest.mark.parametrize(
    ("path", "field", "rule"),
    [
        ("/members?limit=0", "limit", "greater_than_equal"),
        ("/members?limit=x", "limit", "int_parsing"),
        ("/honours?year=99999", "year", "less_than_equal"),
        ("/log/inclusion?index=0", "size", "missing"),
        ("/members?after=forged", "after", "cursor"),
        ("/members?q=%00", "query", "text"),
    ],
)
def test_a_wrong_value_is_named_with_its_rule(api, path, field, rule):
    kind, told = problem(api(path))

    assert kind == "invalid"
    assert [(error["field"], error["rule"]) for error in told["errors"]] == [(field, rule)]


def test_a_zero_character_in_a_path_is_nothing(api):
    assert problem(api("/calls/a%00b"))[0] == "not-found"


def test_another_method_is_named(api):
    answer = api("/editions", method="delete")

    assert problem(answer)[0] == "wrong-method"
    assert answer.headers["Allow"] == "GET"


@pytest.mark.parametrize("body", ["{", "[NaN]", "[1e999]", "[" * 100_000])
def test_what_is_not_json_is_unreadable(api, body):
    assert problem(api("/editions", method="post", body=body))[0] == "unreadable"


@pytest.mark.parametrize("body", [r'["\u0000"]', r'["\ud800"]'])
def test_what_is_not_text_is_refused(api, body):
    assert problem(api("/editions", method="post", body=body))[0] == "invalid"


def test_a_problem_speaks_the_readers_language(api):
    told = problem(api("/calls/x", HTTP_ACCEPT_LANGUAGE="zh-CN"))[1]

    assert told["title"] == "未找到"
    assert problem(api("/calls/x", HTTP_ACCEPT_LANGUAGE="en"))[1]["title"] == "Not found"
