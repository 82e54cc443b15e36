import json
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction

from secretariat.foundation.live.actions import LIMIT, ring
from secretariat.foundation.live.stream import DATABASE_CHANNEL


@pytest.fixture
def heard(dsn, django_db_setup, django_db_blocker):
    """What another connection hears: here transactions truly commit, and nothing is written."""
    with psycopg.connect(dsn, autocommit=True) as connection, django_db_blocker.unblock():
        connection.execute(f"LISTEN {DATABASE_CHANNEL}")

        yield lambda: [json.loads(n.payload) for n in connection.notifies(timeout=0.3)]


def test_a_ring_is_heard_when_its_transaction_commits(heard):
    call = uuid4()
    with transaction.atomic():
        ring("desk", call=call)
        ring("desk", call=call)
        assert heard() == []

    assert heard() == [{"channel": "desk", "call": str(call)}], "the same ring twice is one"


def test_a_ring_of_what_was_rolled_back_is_not_heard(heard):
    with transaction.atomic():
        ring("desk")
        transaction.set_rollback(True)

    assert heard() == []


def test_content_is_not_rung(heard):
    with pytest.raises(ValueError, match="too long"):
        ring("desk", text="x" * LIMIT)
    assert heard() == []
