from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from secretariat.foundation.audit.models import Act
from secretariat.foundation.jobs.actions import defer, defer_many, forget_old, rescue_stalled, retry_failed
from secretariat.foundation.jobs.logic import RESCUES, SHORT, next_try
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.jobs import waiting, work_off
from tests.foundation.jobs import samples

pytestmark = pytest.mark.django_db
samples.declare()


@pytest.fixture(autouse=True)
def nothing_done():
    samples.DONE.clear()


def states():
    return dict(ProcrastinateJob.objects.values_list("args__word", "status"))


def test_a_job_is_done_once():
    defer("tests.note", word="hello")

    assert work_off() == [("tests.note", "done")]
    assert work_off() == []
    assert samples.DONE == ["hello"]


def test_a_job_leaves_with_the_transaction_it_was_deferred_in():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        defer("tests.note", word="never")
        raise ZeroDivisionError

    assert waiting() == []


@pytest.mark.parametrize("count", [0, 1, 3])
def test_many_jobs_take_one_statement(count, django_assert_num_queries):
    with django_assert_num_queries(min(count, 1)):
        assert len(defer_many("tests.note", [{"word": str(n)} for n in range(count)])) == count

    assert waiting("tests.note") == [{"word": str(n)} for n in range(count)]


def test_a_job_that_nobody_declares_is_refused():
    with pytest.raises(LookupError, match="nobody"):
        defer("nobody.knows", word="x")


def test_a_job_may_wait_for_its_hour():
    defer("tests.note", word="tomorrow", at=NOW.replace(year=2200))

    assert work_off() == []
    assert waiting() == [{"word": "tomorrow"}]


def test_a_failing_job_is_tried_again_and_then_given_up():
    defer("tests.note", word="broken")

    for _ in range(2):
        assert work_off() == [("tests.note", "again")]
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 second'")
    assert samples.DONE == []
    assert work_off() == [("tests.note", "failed")]

    assert samples.DONE == ["gave up broken"]
    assert states() == {"broken": "failed"}


def test_a_hopeless_job_is_given_up_at_once():
    defer("tests.note", word="hopeless")

    assert work_off() == [("tests.note", "failed")]
    assert samples.DONE == ["gave up hopeless"]


def test_the_waits_grow_and_end():
    waits = [next_try(attempts, NOW) for attempts in range(len(SHORT) + 1)]

    assert waits == [*(NOW + timedelta(seconds=wait) for wait in SHORT), None]
    assert sorted(set(SHORT)) == list(SHORT)


def leave_behind(word, *, silent_for, attempts=0):
    """A job that a worker has begun, and the worker's last sign of life."""
    number = defer("tests.note", word=word)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH worker AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id) "
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s, worker_id = worker.id FROM worker "
            "WHERE procrastinate_jobs.id = %s",
            [NOW - timedelta(seconds=silent_for), attempts, number],
        )
    return number


def test_jobs_of_dead_workers_are_rescued_and_no_other():
    leave_behind("dead", silent_for=60)
    leave_behind("living", silent_for=5)
    leave_behind("deadly", silent_for=60, attempts=RESCUES)
    orphan = leave_behind("orphan", silent_for=5)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET worker_id = NULL WHERE id = %s", [orphan])

    assert rescue_stalled(now=NOW) == 3
    assert states() == {"dead": "todo", "living": "doing", "deadly": "failed", "orphan": "todo"}
    assert rescue_stalled(now=NOW) == 0
    assert {name for name, _ in work_off()} == {"tests.note"}
    assert set(samples.DONE) == {"dead", "orphan"}


def test_what_failed_long_ago_is_forgotten():
    defer("tests.note", word="hopeless")
    defer("tests.note", word="tomorrow", at=NOW.replace(year=2200))
    work_off()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = %s", [NOW])

    assert forget_old(now=NOW + timedelta(days=59)) == 0
    assert forget_old(now=NOW + timedelta(days=61)) == 1
    assert states() == {"tomorrow": "todo"}


def test_a_failed_job_is_tried_again_by_who_runs_the_system():
    number = defer("tests.note", word="hopeless")
    work_off()
    operator = make_actor("system.run", account=make_account())

    with pytest.raises(PermissionDenied):
        retry_failed(number=number, actor=make_actor("desk.run"), now=NOW)
    retry_failed(number=number, actor=operator, now=NOW)

    assert states() == {"hopeless": "todo"}
    assert Act.objects.filter(verb="job_retried").values_list("account_id", "detail__job").get() == (
        operator.account_id,
        number,
    )


def test_a_job_that_has_not_failed_is_not_tried_again():
    number = defer("tests.note", word="waits")

    with pytest.raises(ValueError, match="not failed"):
        retry_failed(number=number, actor=make_actor("system.run"), now=NOW)
    assert states() == {"waits": "todo"}
