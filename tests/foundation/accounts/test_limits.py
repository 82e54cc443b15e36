"""Counting tries: exact whoever asks at the same time, by windows, and without keeping what was tried."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from secretariat.foundation.accounts.actions.limits import TooMany, clear, hit, require_within, sweep
from secretariat.foundation.accounts.models import Attempts
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_tries_are_counted_in_a_window_that_begins_with_the_first():
    verdicts = [hit("key", 2, MINUTE, NOW + n * timedelta(seconds=20)) for n in range(4)]

    assert [(v.allowed, v.count) for v in verdicts] == [(True, 1), (True, 2), (False, 3), (True, 1)]
    assert [v.until for v in verdicts] == [NOW + MINUTE] * 3 + [NOW + 2 * MINUTE]


def test_keys_are_counted_apart_and_kept_as_digests():
    hit("code:ada@example.org", 1, MINUTE, NOW)

    assert hit("code:bob@example.org", 1, MINUTE, NOW).allowed
    assert all(len(key) == 64 and "@" not in key for key in Attempts.objects.values_list("key", flat=True))


def test_one_too_many_says_when_to_come_again():
    require_within("key", 1, MINUTE, NOW)

    with pytest.raises(TooMany) as refused:
        require_within("key", 1, MINUTE, NOW + timedelta(seconds=59))
    assert refused.value.until == NOW + MINUTE


def test_what_went_well_is_forgotten():
    hit("key", 1, MINUTE, NOW)
    clear("key")

    assert hit("key", 1, MINUTE, NOW).allowed


def test_windows_that_ended_are_swept_away():
    for n in range(3):
        hit(f"key {n}", 1, n * MINUTE + MINUTE, NOW)

    assert sweep(NOW + 2 * MINUTE) == 2
    assert Attempts.objects.count() == 1


def test_one_try_is_one_statement(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("secrets.randbelow", lambda _n: 1)

    with django_assert_num_queries(1):
        hit("key", 1, MINUTE, NOW)


def test_the_table_is_not_logged():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'accounts_attempts'")
        assert cursor.fetchone() == ("u",)


def test_exactly_as_many_as_allowed_come_through_however_many_try_at_once():
    """Four connections, fifty tries each, all under one key: what a cache loses, the table counts."""

    def one_connection(_number):
        try:
            return [hit("race", 60, MINUTE, NOW) for _ in range(50)]
        finally:
            connection.close()

    def clean(_number):
        clear("race")
        connection.close()

    with ThreadPoolExecutor(4) as threads:
        try:
            verdicts = [verdict for found in threads.map(one_connection, range(4)) for verdict in found]
        finally:
            list(threads.map(clean, range(1)))

    assert sorted(verdict.count for verdict in verdicts) == list(range(1, 201))
    assert sum(verdict.allowed for verdict in verdicts) == 60
