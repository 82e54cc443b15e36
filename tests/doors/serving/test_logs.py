import json
import logging
import sys

import pytest
from django.db import IntegrityError
from django.test import RequestFactory

from secretariat.doors.serving.logs import JsonFormatter, LineFormatter
from secretariat.doors.serving.requests import log_middleware
from tests.factories.accounts import make_account


def record(message="said", *args, error=None, **extra):
    made = logging.makeLogRecord(
        {"msg": message, "args": args, "levelname": "ERROR", "name": "secretariat.x"}
    )
    vars(made).update(extra)
    if error:
        try:
            raise error
        except type(error):
            made.exc_info = sys.exc_info()
    return made


def line(made):
    return json.loads(JsonFormatter().format(made))


def test_a_line_says_when_what_and_what_was_told_beside():
    found = line(record("%s of %s", 1, 2, part="web", count=3, thing=object()))

    assert found.pop("at").endswith("+00:00")
    assert found == {
        "level": "error",
        "logger": "secretariat.x",
        "message": "1 of 2",
        "part": "web",
        "count": 3,
    }


def test_the_values_of_a_row_stay_out_of_the_log():
    error = IntegrityError(
        'duplicate key violates "account_email"\nDETAIL:  Key (email)=(ada@example.org) exists.'
    )
    found = line(record(error=error))

    assert found["error"]["kind"] == "django.db.utils.IntegrityError"
    assert found["error"]["says"] == 'duplicate key violates "account_email"'
    assert found["error"]["frames"][0].endswith("record")
    for formatter in (JsonFormatter(), LineFormatter()):
        assert "ada@example.org" not in formatter.format(record(error=error))


def test_the_path_of_a_request_stays_out_of_the_log():
    request = RequestFactory().get("/enter/secret-link/?token=abc")
    made = record("Forbidden: %s", request.get_full_path(), request=request)

    assert line(made)["message"] == "Forbidden: -"
    assert LineFormatter().format(made) == "ERROR secretariat.x Forbidden: -"


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_reader_and_its_route(client, caplog):
    account = make_account()
    client.force_login(account)
    caplog.clear()
    with caplog.at_level(logging.INFO, logger="secretariat.requests"):
        answer = client.get("/my/", {"token": "hidden"})

    (found,) = (r for r in caplog.records if r.name == "secretariat.requests")
    told = line(found)
    assert told["request_id"] == answer["X-Request-ID"]
    assert (told["account"], told["method"], told["route"], told["status"]) == (
        str(account.pk), "GET", "/my/", answer.status_code,
    )  # fmt: skip
    assert told["ms"] > 0
    assert "hidden" not in json.dumps(told)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("a-number-of-the-proxy", True), ("short", False), ('x"y' * 5, False), ("a" * 65, False)],
)
def test_a_number_given_by_the_proxy_is_kept_if_it_is_one(given, kept):
    from django.http import HttpResponse

    request = RequestFactory().get("/", headers={"X-Request-ID": given})
    answer = log_middleware(lambda _: HttpResponse())(request)

    assert (answer["X-Request-ID"] == given) is kept
    assert request.id == answer["X-Request-ID"]
