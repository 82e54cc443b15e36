from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from secretariat.doors.operations.actions import (
    OPERATOR,
    record_restoring,
)
from secretariat.doors.operations.models import Backup, Verification
from secretariat.doors.operations.queries import BackupState, backup_state, backup_with_hash
from secretariat.foundation.accounts.actor import Actor, NotAllowed
from secretariat.foundation.audit.models import Act
from tests.factories.accounts import NOW, make_actor
from tests.factories.backups import make_backup, verify

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_the_same_file_is_one_backup():
    assert make_backup() == make_backup()
    assert Backup.objects.count() == 1
    assert [act.verb for act in Act.objects.all()] == ["backup_made"]


def test_the_state_names_the_newest_and_the_last_that_was_verified(django_assert_num_queries):
    assert backup_state() == BackupState(None, None, None)
    old, newer, newest = (make_backup(letter, made_at=NOW + n * DAY) for n, letter in enumerate("abc"))
    verify(old, at=NOW + 5 * DAY)
    verify(newer, at=NOW + 1 * DAY)
    verify(newest, "changed", at=NOW + 2 * DAY)

    with django_assert_num_queries(2):
        assert backup_state() == BackupState(newest, newer, NOW + 1 * DAY)


def test_what_was_found_stands_in_the_trail():
    backup = make_backup()
    verify(backup, "changed")
    record_restoring(backup=backup, actor=OPERATOR, now=NOW)

    assert [(act.verb, act.subject_id, act.door) for act in Act.objects.order_by("pk")] == [
        ("backup_made", backup.pk, "command"),
        ("backup_verified", backup.pk, "command"),
        ("backup_restored", backup.pk, "command"),
    ]
    assert Act.objects.get(verb="backup_verified").detail == {"whole": False}


# (who, allowed)
WHO = [(OPERATOR, True), (Actor(), False), (make_actor("desk.run"), False), (make_actor("system.run"), True)]


@pytest.mark.parametrize(("actor", "allowed"), WHO)
def test_only_who_runs_the_system_keeps_a_record(actor, allowed):
    if allowed:
        assert make_backup(actor=actor).pk
    else:
        with pytest.raises(NotAllowed):
            make_backup(actor=actor)
        assert not Backup.objects.exists()


def test_a_record_is_not_changed_afterwards():
    verification = verify(make_backup(), "changed")

    with pytest.raises(DatabaseError), transaction.atomic():
        Verification.objects.filter(pk=verification.pk).update(finding="")
    with pytest.raises(DatabaseError), transaction.atomic():
        Backup.objects.all().delete()


def test_a_hash_has_its_shape():
    assert backup_with_hash("f" * 64) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        make_backup("z")
