import json
import os
import subprocess
import sys

import pytest

SHOW = "import json; from secretariat.config import settings as s; print(json.dumps({k: [v['USER'], v.get('OPTIONS', {})] for k, v in s.DATABASES.items()}))"  # noqa: E501

KEPT = {"prepare_threshold": 2}


def settings_with(**environment):
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("DATABASE", "SECRETARIAT"))
    }
    return subprocess.run(
        [sys.executable, "-c", SHOW], env={**kept, **environment}, capture_output=True, text=True, check=False
    )


def test_one_address_for_all_takes_the_role_of_each_connection():
    found = json.loads(settings_with(DATABASE_URL="postgres://boss:x@db.example.org/d").stdout)

    assert found == {
        "default": ["boss", {"options": "-c role=app", **KEPT}],
        "owner": ["boss", KEPT],
        "sealer": ["boss", {"options": "-c role=sealer", **KEPT}],
    }


def test_an_address_of_its_own_is_taken_as_it_is():
    found = json.loads(
        settings_with(
            DATABASE_URL="postgres://boss:x@db.example.org/d",
            DATABASE_URL_APP="postgres://web:x@db.example.org/d",
        ).stdout
    )
    assert found["default"] == ["web", KEPT]


@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({"SECRETARIAT_MODE": "production"}, "SECRETARIAT_SECRET_KEY"),
        ({"SECRETARIAT_MODE": "production", "SECRETARIAT_SECRET_KEY": "x"}, "DATABASE_URL"),
        ({"SECRETARIAT_MODE": "holiday"}, "holiday"),
    ],
)
def test_what_is_missing_is_named(environment, missing):
    refused = settings_with(**environment)
    assert refused.returncode == 1
    assert missing in refused.stderr
