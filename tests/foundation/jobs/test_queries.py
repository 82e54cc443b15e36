from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from secretariat.foundation.jobs.actions import defer
from secretariat.foundation.jobs.queries import QueueHealth, failed_jobs, queue_health
from tests.factories.jobs import work_off
from tests.foundation.jobs import samples

pytestmark = pytest.mark.django_db
samples.declare()


def test_an_empty_queue_without_a_worker_is_not_well():
    now = timezone.now()

    health = queue_health(now)

    assert health == QueueHealth(workers=0, waiting=0, failed=0, due_since=None)
    assert not health.is_well(now)


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_is_counted_in_two_statements(count, django_assert_num_queries):
    for _ in range(count):
        defer("tests.note", word="hopeless")
    work_off()
    for _ in range(count):
        defer("tests.note", word="waits")
    defer("tests.note", word="later", at=timezone.now() + timedelta(hours=1))
    now = timezone.now() + timedelta(seconds=1)

    with django_assert_num_queries(2):
        health = queue_health(now)

    assert (health.workers, health.waiting, health.failed) == (1, count + 1, count)
    assert health.due_since <= now
    assert health.is_well(now)
    assert not health.is_well(now + timedelta(minutes=6))


def test_failed_jobs_stand_with_the_time_of_their_failure():
    number = defer("tests.note", word="hopeless")
    work_off()
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(at) FROM procrastinate_events WHERE type = 'failed'")
        (at,) = cursor.fetchone()

    assert [(job.pk, job.args, job.failed_at) for job in failed_jobs()] == [
        (number, {"word": "hopeless"}, at)
    ]
