import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from secretariat.foundation.notices.actions import choose_deliveries, tell
from secretariat.foundation.notices.models import Mark, Message, Notice, Postbox
from secretariat.foundation.notices.signals import told
from secretariat.foundation.notices.states import Delivery
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.jobs import waiting
from tests.factories.notices import declare_kinds, tell_one

pytestmark = pytest.mark.django_db
declare_kinds()
UNTIL = "2022-07-01T16:00:00+00:00"


def test_each_account_is_told_once():
    first, second, subject = make_account(), make_account(), uuid.uuid4()

    assert tell(accounts=[first.pk], kind="opened", subject_id=subject, now=NOW, call="ACH", until=UNTIL) == 1
    both = [first.pk, second.pk, second.pk]
    assert tell(accounts=both, kind="opened", subject_id=subject, now=NOW, call="X", until=UNTIL) == 3

    notices = set(Notice.objects.values_list("account_id", "kind", "subject_id", "data__call", "told_at"))
    assert notices == {
        (first.pk, "opened", subject, "ACH", NOW),
        (second.pk, "opened", subject, "X", NOW),
    }
    assert set(Mark.objects.values_list("account", "read_at")) == {(first.pk, None), (second.pk, None)}
    assert sorted(Message.objects.values_list("address", flat=True)) == sorted([first.email, second.email])
    assert len(waiting("notices.send_message")) == 2


def test_another_kind_or_another_subject_is_another_notice():
    account, one, other = make_account(), uuid.uuid4(), uuid.uuid4()
    for kind, subject in [("plain", one), ("ordered", one), ("plain", other)]:
        tell(accounts=[account.pk], kind=kind, subject_id=subject, now=NOW)

    assert set(Notice.objects.values_list("kind", "subject_id")) == {
        ("plain", one),
        ("ordered", one),
        ("plain", other),
    }


@pytest.mark.parametrize(("count", "statements"), [(0, 0), (1, 5), (3, 5)])
def test_many_are_told_in_a_fixed_number_of_statements(count, statements, django_assert_num_queries):
    accounts = [make_account().pk for _ in range(count)]
    receivers, told.receivers = told.receivers, []
    told.sender_receivers_cache.clear()

    try:
        with django_assert_num_queries(statements):
            assert tell(accounts=accounts, kind="plain", subject_id=uuid.uuid4(), now=NOW) == count
    finally:
        told.receivers = receivers
        told.sender_receivers_cache.clear()


def test_a_notice_leaves_with_the_transaction_it_was_written_in_and_its_mail_too():
    account = make_account()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell_one(account)
        raise ZeroDivisionError

    assert not Notice.objects.exists()
    assert not Message.objects.exists()
    assert waiting() == []


def test_what_was_told_is_not_changed():
    tell_one(make_account())

    for change in ("UPDATE notices_notice SET kind = 'closed'", "DELETE FROM notices_notice"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)


def test_a_kind_that_nobody_declares_is_not_told():
    with pytest.raises(LookupError, match="unheard_of"):
        tell(accounts=[make_account().pk], kind="unheard_of", subject_id=uuid.uuid4(), now=NOW)


def test_a_sentence_with_a_gap_is_not_told():
    with pytest.raises(ValueError, match="without call, until"):
        tell(accounts=[make_account().pk], kind="opened", subject_id=uuid.uuid4(), now=NOW)

    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("kind", "delivery", "expected"),
    [
        ("plain", None, [False]),
        ("plain", Delivery.AT_ONCE, [False]),
        ("plain", Delivery.DAILY, [True]),
        ("plain", Delivery.INBOX, []),
        ("ordered", None, [False]),
    ],
)
def test_mail_goes_as_the_reader_wants_it(kind, delivery, expected):
    account = make_account()
    if delivery:
        choose_deliveries(choices={"tests": delivery}, actor=make_actor(account=account), now=NOW)

    tell_one(account, kind)

    assert list(Message.objects.values_list("for_digest", flat=True)) == expected
    assert len(waiting("notices.send_message")) == expected.count(False)
    assert Notice.objects.count() == Mark.objects.count() == 1


def test_whoever_may_not_sign_in_gets_no_mail():
    account = make_account()
    account.is_active = False
    account.save()

    tell_one(account, "ordered")

    assert not Message.objects.exists()


@pytest.mark.parametrize(("unreachable", "mails"), [("{email}", 0), ("former@example.org", 1)])
def test_no_mail_goes_where_mail_came_back_from(unreachable, mails):
    account = make_account()
    Postbox.objects.create(
        account=account, unreachable=unreachable.format(email=account.email), unreachable_since=NOW
    )

    tell_one(account, "ordered")

    assert Message.objects.count() == mails


def test_who_wants_to_know_at_once_learns_who_was_told_for_the_first_time():
    first, second, subject, heard = make_account(), make_account(), uuid.uuid4(), []

    def listen(notices, now, **_):
        heard.append(({notice.account_id for notice in notices}, now))

    told.connect(listen)
    try:
        for accounts in ([first.pk], [first.pk, second.pk], [second.pk]):
            tell(accounts=accounts, kind="plain", subject_id=subject, now=NOW)
    finally:
        told.disconnect(listen)

    assert heard == [({first.pk}, NOW), ({second.pk}, NOW)]
