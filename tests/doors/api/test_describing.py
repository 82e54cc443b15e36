"""The description is whole, and the product does what it says."""

import json
import os
import re

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from secretariat.config.wsgi import application
from secretariat.doors.api.describing import description
from secretariat.doors.api.offered import operations
from secretariat.foundation.accounts.models import Attempts
from secretariat.foundation.tokens.scopes import SCOPES
from tests.architecture.product import ROOT

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]  # fmt: skip
PATHS = description()["paths"]
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(description())))
schema.app = application


def told():
    return [(path, method, about) for path, methods in PATHS.items() for method, about in methods.items()]


def test_every_operation_is_described():
    declared = {(f"/api/v1{path}", method.lower()) for path, op in operations() for method in op.methods}

    assert {(path, method) for path, method, _about in told()} == declared
    assert description()["openapi"].startswith("3.1")


@pytest.mark.parametrize(("path", "method", "about"), told())
def test_an_operation_says_what_it_does_needs_and_refuses(path, method, about):
    assert about["description"].endswith(".") and about["x-scope"] in SCOPES
    statuses = {int(status) for status in about["responses"]}
    assert {400, 401, 422, 429, 500} <= statuses and statuses & {200, 201}
    if "{" in path:
        assert 404 in statuses
    if about["x-scope"] != "public.read":
        assert 403 in statuses and {} not in about["security"]
    if method == "get":
        assert 304 in statuses and 413 not in statuses
    else:
        assert about["x-scope"] in {"my.write", "desk.run"} and 413 in statuses
    for status in statuses:
        if status >= 400:
            assert list(about["responses"][str(status)]["content"]) == ["application/problem+json"]


def test_the_reference_names_every_operation_and_scope():
    page = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `(GET|POST|PUT|DELETE) ([^`]+)` \| `([^`]+)`", page, re.MULTILINE))

    assert listed == {
        (method.upper(), path.removeprefix("/api/v1"), about["x-scope"]) for path, method, about in told()
    }


@pytest.mark.django_db
def test_the_pages_that_describe_it(client):
    assert client.get("/api/v1/openapi.json").json() == description()
    page = client.get("/api/v1/docs/").content.decode()
    for _path, _method, about in told():
        assert f'id="{about["operationId"]}"' in page


@pytest.fixture
def kept_connection(db):
    """The connection of the test stays open, as Django's own client keeps it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def secret(kept_connection, secret_of):
    """A token with every scope there is, of somebody who may use them all."""
    return secret_of(*SCOPES, rights=["desk.run", "audit.read"])


EXAMPLES = 50 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 4


@pytest.mark.parametrize(("path", "method"), [(path, method) for path, method, _about in told()])
def test_whatever_is_asked_is_answered_as_described(secret, path, method):
    strategy = schema[path][method.upper()].as_strategy()
    is_public = PATHS[path][method]["x-scope"] == "public.read"
    headers = {} if is_public else {"Authorization": f"Bearer {secret}"}

    @seed(1)
    @settings(
        max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None, database=None,
        phases=[Phase.generate],
    )  # fmt: skip
    @given(strategy)
    def ask(case):
        Attempts.objects.all().delete()  # the limit is another test's
        case.validate_response(case.call(headers=headers), checks=CHECKS)

    ask()
