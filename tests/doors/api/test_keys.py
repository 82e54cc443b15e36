"""The rows behind the keys of requests."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from secretariat.doors.api.actions import KEPT_FOR, keep_answer, reserve_key
from secretariat.doors.api.models import KeptAnswer
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
DIGEST = "0" * 64


def test_a_key_is_free_again_after_a_day():
    owner = uuid4()
    asked = {"owner": owner, "key": "a", "request_digest": DIGEST}

    assert reserve_key(**asked, now=NOW)[1]
    assert not reserve_key(**asked, now=NOW + KEPT_FOR - timedelta(seconds=1))[1]
    assert reserve_key(**asked, now=NOW + KEPT_FOR)[1]
    assert KeptAnswer.objects.count() == 1


def test_of_two_at_once_the_second_waits_and_is_answered_as_the_first():
    owner = uuid4()

    def ask(_number):
        try:
            with transaction.atomic():
                kept, is_free = reserve_key(owner=owner, key="race", request_digest=DIGEST, now=NOW)
                if is_free:
                    time.sleep(0.3)
                    keep_answer(kept=kept, status=201, body="done")
                return is_free, kept.body
        finally:
            connection.close()

    def clean(_number):
        KeptAnswer.objects.filter(owner=owner).delete()
        connection.close()

    with ThreadPoolExecutor(2) as threads:
        try:
            answers = list(threads.map(ask, range(2)))
        finally:
            list(threads.map(clean, range(1)))

    assert sorted(answers) == [(False, "done"), (True, "done")]
