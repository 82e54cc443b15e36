"""A worker as it runs: a process of its own on a database of its own, stopped and killed."""

import signal

import psycopg
import pytest

from tests.factories.jobs import own_database, until, worker_process

SECONDS_UNTIL_RESCUE = 60


@pytest.fixture
def queue(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database("jobs_of_a_worker") as url:
        yield url


def ask(url, statement, *values):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(statement, values).fetchall()


def defer(url, **arguments):
    ask(
        url,
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
        "VALUES ('default', 'tests.note', %s) RETURNING id",
        psycopg.types.json.Jsonb(arguments),
    )


def lines(path):
    return path.read_text().splitlines() if path.exists() else []


def test_a_worker_stops_gently_and_what_a_killed_one_began_is_done_again(queue, tmp_path):
    path = tmp_path / "done"
    defer(queue, word="gentle", path=str(path), seconds=2)
    with worker_process(queue, SECRETARIAT_VAR=str(tmp_path)) as worker:
        until(lambda: lines(path) == ["begun gentle"])
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    assert lines(path) == ["begun gentle", "ended gentle"]
    assert ask(queue, "SELECT count(*) FROM procrastinate_workers") == [(0,)]

    defer(queue, word="killed", path=str(path), seconds=1)
    with worker_process(queue, SECRETARIAT_VAR=str(tmp_path)) as worker:
        until(lambda: lines(path)[2:] == ["begun killed"])
        worker.kill()
    assert ask(queue, "SELECT status FROM procrastinate_jobs WHERE args->>'word' = 'killed'") == [("doing",)]

    ask(queue, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute' RETURNING id")
    with worker_process(queue, SECRETARIAT_VAR=str(tmp_path)):
        until(lambda: "ended killed" in lines(path), SECONDS_UNTIL_RESCUE)
    assert lines(path)[2:] == ["begun killed", "begun killed", "ended killed"]
