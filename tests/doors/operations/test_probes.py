import json

import pytest
from django.db import connection

from secretariat.doors.operations import probes


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch):
    monkeypatch.setattr(probes, "_applied", False)


@pytest.fixture
def log_key(settings, tmp_path):
    settings.VAR, settings.LOG_KEY = tmp_path, tmp_path / "log.pem"
    settings.LOG_KEY.with_suffix(".pub").write_text("key")
    return settings.LOG_KEY


def test_a_process_that_lives_says_so_without_asking_anybody(client):
    answer = client.get("/healthz", headers={"host": "a-host-of-the-probe"})

    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"lives\n", "no-store")


@pytest.mark.django_db
def test_a_process_that_can_work_is_ready(client, log_key):
    answer = client.get("/readyz", headers={"host": "a-host-of-the-probe"})

    assert answer.status_code == 200
    assert json.loads(answer.content) == {"database": True, "migrations": True, "log_key": True, "disk": True}


@pytest.mark.django_db
def test_the_migrations_are_looked_at_once(client, log_key, django_assert_num_queries):
    client.get("/readyz")

    with django_assert_num_queries(1):
        client.get("/readyz")


@pytest.mark.django_db
def test_what_is_missing_is_named_and_nothing_else_is_told(client, log_key, monkeypatch, settings):
    log_key.with_suffix(".pub").unlink()
    monkeypatch.setattr(probes, "FREE_BYTES", 1 << 60)
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert json.loads(answer.content) == {
        "database": True,
        "migrations": True,
        "log_key": False,
        "disk": False,
    }


@pytest.mark.django_db
def test_without_tables_it_is_not_ready(client, log_key):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'operations'")
        cursor.execute("SET ROLE app")

    assert json.loads(client.get("/readyz").content)["migrations"] is False


def test_in_production_a_probe_is_not_sent_to_another_address(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200
