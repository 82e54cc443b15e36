"""A mailing is written, approved by another, goes out in parts, can be stopped, and reaches each reader once."""

import email
from collections import Counter
from email import policy

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.actions import record_bounce
from secretariat.foundation.notices.bounces import Report
from secretariat.foundation.notices.models import Message, Notice
from secretariat.record.mailings import actions, queries
from secretariat.record.mailings.actions import sending
from secretariat.record.mailings.models import Copy, Mailing, Text
from secretariat.record.tasks.duties import duties_of
from tests.factories.accounts import NOW
from tests.factories.correspondence import as_staff, make_staff
from tests.factories.jobs import work_off
from tests.factories.mailings import (
    WORDS,
    make_mailing,
    make_mailing_for_approval,
    make_reader,
    make_sent_mailing,
)
from tests.factories.notices import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    settings.SITE_URL, settings.MAIL_BOUNCES = "https://site.example.org", "returned@example.org"
    with mail_server(settings) as keeper:
        yield keeper


def mails(server):
    """The mailing's mails by address; whoever was given a right meanwhile got other mail."""
    found = [email.message_from_bytes(each.content, policy=policy.default) for each in server.mails]
    return {mail["To"]: mail for mail in found if mail["Subject"].endswith(("The programme", "日程"))}


def received(server):
    found = [email.message_from_bytes(each.content, policy=policy.default) for each in server.mails]
    return Counter(mail["To"] for mail in found if mail["Subject"].endswith("The programme"))


def state(mailing):
    return Mailing.objects.get(pk=mailing.pk).state


def finish(mailing):
    """Do what the worker does until the mailing has ended."""
    for _ in range(20):
        work_off()
        actions.send_batch(mailing_id=mailing.pk, now=NOW)
        if state(mailing) == "sent":
            return
    raise AssertionError(state(mailing))


def test_every_reader_gets_one_mail_in_her_language_with_a_way_out(server):
    readers = [make_reader("Ana"), make_reader("Bo", language="zh-hans")]
    mailing = make_sent_mailing(people=readers)

    finish(mailing)

    found = mails(server)
    assert set(found) == {reader.account.email for reader in readers}
    english, chinese = (found[reader.account.email] for reader in readers)
    assert "Dear Ana Example" in english.get_body(("plain",)).get_content()
    assert "尊敬的" in chinese.get_body(("html",)).get_content()
    assert "/mailings/stop/" in english["List-Unsubscribe"]
    standing = queries.standing_of(mailing)
    assert (standing.total, standing.sent, standing.waiting, standing.returned) == (2, 2, 0, 0)
    assert Notice.objects.get(kind="mailing_sent").account_id == mailing.drafter.account_id


def test_what_is_about_her_own_affairs_has_no_way_out(server):
    reader = make_reader()
    finish(make_sent_mailing(people=[reader], kind="affair"))

    assert mails(server)[reader.account.email]["List-Unsubscribe"] is None


def test_sending_twice_what_was_sent_reaches_nobody_twice(server):
    mailing = make_sent_mailing(people=[make_reader(), make_reader()])
    for _ in range(3):
        actions.send_batch(mailing_id=mailing.pk, now=NOW)
    finish(mailing)

    assert set(received(server).values()) == {1} and len(received(server)) == 2


def test_it_is_stopped_in_the_middle_and_goes_on_with_the_others(server, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 2)
    mailing = make_sent_mailing(people=[make_reader() for _ in range(5)])
    actor = as_staff(mailing.drafter)
    work_off()
    assert len(received(server)) == 2
    actions.send_batch(mailing_id=mailing.pk, now=NOW)  # two wait in the queue when it is stopped

    actions.stop(mailing=mailing, actor=actor, now=NOW)
    work_off()
    assert (len(received(server)), queries.standing_of(mailing).waiting) == (2, 3)
    actions.resume(mailing=mailing, actor=actor, now=NOW)
    finish(mailing)

    assert sorted(received(server).values()) == [1] * 5


def test_many_readers_want_a_second_person(settings):
    settings.MAILING_ALONE = 1
    mailing = make_mailing(people=[make_reader(), make_reader()])

    with pytest.raises(NotAllowed, match="second person"):
        actions.start(mailing=mailing, actor=as_staff(mailing.drafter), now=NOW)

    assert (state(mailing), Copy.objects.count()) == ("draft", 0)


def test_another_approves_what_then_goes_out_unchanged(settings):
    settings.MAILING_ALONE = 0
    mailing = make_mailing_for_approval()
    approver = as_staff(mailing.approver)
    assert {duty.title for duty in duties_of(approver, "desk", NOW) if duty.key.startswith("mailing:")} == {
        "Approve the mailing “The programme”"
    }

    actions.approve(mailing=mailing, actor=approver, now=NOW)
    actions.start(mailing=mailing, actor=as_staff(mailing.drafter), now=NOW)

    verbs = Act.objects.filter(subject_id=mailing.pk).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == [
        "mailing_begun", "mailing_changed", "mailing_put_up", "mailing_approved", "mailing_started",
    ]  # fmt: skip
    assert set(Notice.objects.filter(kind__startswith="mailing").values_list("kind", "account_id")) == {
        ("mailing_to_approve", mailing.approver.account_id), ("mailing_approved", mailing.drafter.account_id),
    }  # fmt: skip


def test_nobody_approves_her_own_mailing_nor_through_an_assistant():
    mailing = make_mailing_for_approval()
    others = [mailing.drafter, make_staff()]

    for actor in [
        *map(as_staff, others),
        as_staff(mailing.approver, acting_for_id=mailing.approver.account_id),
    ]:
        with pytest.raises(NotAllowed):
            actions.approve(mailing=mailing, actor=actor, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mailing.objects.filter(pk=mailing.pk).update(approver=mailing.drafter)


def test_sent_back_it_is_written_anew_and_its_copies_with_it():
    mailing = make_mailing_for_approval()

    actions.send_back(mailing=mailing, remark="Name the day.", actor=as_staff(mailing.approver), now=NOW)

    mailing.refresh_from_db()
    assert (mailing.state, mailing.remark, mailing.copies.count()) == ("draft", "Name the day.", 0)
    actions.put_up(mailing=mailing, actor=as_staff(mailing.drafter), now=NOW)
    assert mailing.copies.count() == 1


@pytest.mark.parametrize("model", [Text, Copy])
def test_the_database_keeps_what_was_put_up_as_it_was(model):
    mailing = make_mailing_for_approval()
    column = {Text: "text_en", Copy: "text"}[model]

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(mailing=mailing).update(**{column: "Something else"})


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"text_en": ""}, "belong together"),
        (dict.fromkeys(WORDS, ""), "needs a subject"),
        ({"text_en": "By {deadline}"}, "which day"),
        ({"people": []}, "Nobody"),
    ],
)
def test_an_unfinished_mailing_does_not_go(words, why):
    words = {"people": [make_reader()], **words}
    mailing = make_mailing(**words) if words["people"] else None
    if mailing is None:
        mailing = actions.begin_mailing(
            audience="people", query="q=nobody-of-this-name", actor=as_staff(make_staff()), now=NOW
        )
        Text.objects.filter(mailing=mailing).update(**WORDS)

    with pytest.raises(ValueError, match=why):
        actions.start(mailing=mailing, actor=as_staff(mailing.drafter), now=NOW)


def test_a_place_nobody_fills_is_refused():
    with pytest.raises(ValueError, match="surname"):
        make_mailing(text_en="Dear {surname}")


def test_what_comes_back_is_counted_with_its_mailing():
    mailing = make_sent_mailing()
    finish(mailing)
    message = Message.objects.get(origin="mailings.copy")
    report = Report(message.pk, message.address, "failed", "5.1.1", "5.1.1 no such user")

    record_bounce(report=report, actor=Actor(door="command"), now=NOW)

    [copy] = queries.copies_with_mail(mailing)
    assert (copy.outcome, copy.mail_reason) == ("bounced", "5.1.1 no such user")
    assert queries.standing_of(mailing).returned == 1
    assert Act.objects.get(verb="mail_came_back").subject_id == mailing.pk
    [row] = queries.with_counts([mailing])
    assert (row.going, row.returned) == (1, 1)


def test_what_has_gone_is_not_stopped():
    mailing = make_sent_mailing()
    finish(mailing)

    with pytest.raises(WrongState):
        actions.stop(mailing=mailing, actor=as_staff(mailing.drafter), now=NOW)
