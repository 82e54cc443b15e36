import uuid

import pytest
from django.db import DatabaseError, transaction

from secretariat.foundation.notices.actions import tell
from secretariat.foundation.notices.models import Notice
from tests.factories.accounts import NOW, make_account

pytestmark = pytest.mark.django_db


def test_each_account_is_told_once():
    first, second, subject = make_account(), make_account(), uuid.uuid4()

    assert tell(accounts=[first.pk], kind="call_opened", subject_id=subject, now=NOW, call="ACH-2022") == 1
    assert (
        tell(accounts=[first.pk, second.pk], kind="call_opened", subject_id=subject, now=NOW, call="X") == 2
    )

    told = set(Notice.objects.values_list("account_id", "kind", "subject_id", "data__call", "told_at"))
    assert told == {
        (first.pk, "call_opened", subject, "ACH-2022", NOW),
        (second.pk, "call_opened", subject, "X", NOW),
    }


def test_another_kind_or_another_subject_is_another_notice():
    account, one, other = make_account(), uuid.uuid4(), uuid.uuid4()
    for kind, subject in [("opened", one), ("closed", one), ("opened", other)]:
        tell(accounts=[account.pk], kind=kind, subject_id=subject, now=NOW)

    assert set(Notice.objects.values_list("kind", "subject_id")) == {
        ("opened", one),
        ("closed", one),
        ("opened", other),
    }


@pytest.mark.parametrize("count", [0, 1, 3])
def test_many_are_told_in_one_statement(count, django_assert_num_queries):
    accounts = [make_account().pk for _ in range(count)]

    with django_assert_num_queries(min(count, 1)):
        assert tell(accounts=accounts, kind="opened", subject_id=uuid.uuid4(), now=NOW) == count


def test_a_notice_leaves_with_the_transaction_it_was_written_in():
    account = make_account()

    with pytest.raises(RuntimeError), transaction.atomic():
        tell(accounts=[account.pk], kind="opened", subject_id=uuid.uuid4(), now=NOW)
        raise RuntimeError

    assert not Notice.objects.exists()


def test_what_was_told_is_not_changed():
    tell(accounts=[make_account().pk], kind="opened", subject_id=uuid.uuid4(), now=NOW)

    for change in (lambda: Notice.objects.update(kind="closed"), lambda: Notice.objects.all().delete()):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()
