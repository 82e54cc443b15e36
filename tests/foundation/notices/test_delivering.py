"""Mail as it goes out, through a real SMTP server."""

import email
from datetime import UTC, datetime, timedelta
from email import policy

import pytest
from django.db import DatabaseError, connection, transaction

from secretariat.foundation.notices.actions import choose_deliveries, queue_digests, send_message, set_postbox
from secretariat.foundation.notices.logic import message_id, row_of
from secretariat.foundation.notices.models import Message, Postbox
from secretariat.foundation.notices.posting import post
from secretariat.foundation.notices.states import Delivery
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.jobs import waiting, work_off
from tests.factories.notices import declare_kinds, mail_server, tell_one

pytestmark = pytest.mark.django_db
declare_kinds()
CALL = {
    "call": {"en": "The call of achievements", "zh": "科技成果征集"},
    "until": "2022-07-01T16:00:00+00:00",
}


@pytest.fixture
def server(settings):
    settings.SITE_URL, settings.DEFAULT_FROM_EMAIL = "https://site.example.org", "office@example.org"
    settings.MAIL_BOUNCES = "returned@example.org"
    with mail_server(settings) as keeper:
        yield keeper


def read(envelope):
    return email.message_from_bytes(envelope.content, policy=policy.default)


def due_now():
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 second' WHERE status = 'todo'"
        )


def states():
    return list(Message.objects.order_by("queued_at", "pk").values_list("state", flat=True))


def test_a_mail_says_what_the_notice_says(server):
    account = make_account()
    notice = tell_one(account, "opened", **CALL)

    assert work_off() == [("notices.send_message", "done")]

    [envelope] = server.mails
    mail, row = read(envelope), Message.objects.get()
    assert (envelope.mail_from, envelope.rcpt_tos) == ("returned@example.org", [account.email])
    assert mail["From"].addresses[0].addr_spec == "office@example.org"
    assert mail["Message-ID"] == message_id(row.pk, "site.example.org")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == NOW
    assert mail["Subject"].endswith("The call of achievements is open")
    assert mail["List-Unsubscribe"].strip().startswith("<https://site.example.org/notices/stop/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for part in (text, html):
        assert "It is open until 1 July 2022 16:00 UTC." in part
        assert "Hand in what you have." in part
        assert f"https://site.example.org/my/notices/{notice.pk}/open/" in part
    assert "src=" not in html
    assert (row.state, row.sent_at is not None) == ("sent", True)


def test_a_mail_speaks_its_readers_language_and_time(server):
    account = make_account(language="zh-hans")
    set_postbox(time_zone="Asia/Shanghai", digest_hour=8, actor=make_actor(account=account), now=NOW)
    tell_one(account, "opened", **CALL)

    work_off()

    mail = read(server.mails[0])
    assert "科技成果征集" in mail["Subject"]
    assert "2022年7月2日 00:00" in mail.get_body(("plain",)).get_content()
    assert 'lang="zh-hans"' in mail.get_body(("html",)).get_content()


def test_what_is_mandatory_cannot_be_switched_off_from_the_mail(server):
    tell_one(make_account(), "ordered")

    work_off()

    assert read(server.mails[0])["List-Unsubscribe"] is None


def test_a_mail_that_was_sent_is_not_sent_again(server):
    tell_one(make_account())
    row = Message.objects.get()

    assert send_message(message_id=row.pk, now=NOW) is True
    assert send_message(message_id=row.pk, now=NOW) is False
    work_off()

    assert len(server.mails) == 1


def test_dying_between_sending_and_noting_sends_the_same_mail_again(server, monkeypatch):
    tell_one(make_account(), "opened", **CALL)
    row = Message.objects.get()

    class PowerCut(BaseException):
        pass

    def die_after(mail):
        post(mail)
        raise PowerCut

    with monkeypatch.context() as patch, pytest.raises(PowerCut):
        patch.setattr("secretariat.foundation.notices.actions.delivering.post", die_after)
        send_message(message_id=row.pk, now=NOW)
    assert states() == ["queued"]
    work_off()

    first, second = (read(envelope) for envelope in server.mails)
    assert first["Message-ID"] == second["Message-ID"] == message_id(row.pk, "site.example.org")
    assert first["Date"] == second["Date"]
    assert first.get_body(("plain",)).get_content() == second.get_body(("plain",)).get_content()
    assert states() == ["sent"]


@pytest.mark.parametrize("answer", ["451 later, please", "421 too busy"])
def test_a_server_that_cannot_take_it_now_is_asked_again(server, answer):
    tell_one(make_account())
    server.answers = [answer]

    assert work_off() == [("notices.send_message", "again")]
    assert states() == ["queued"]
    due_now()
    assert work_off() == [("notices.send_message", "done")]

    assert states() == ["sent"]


def test_no_server_at_all_is_waited_for(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tell_one(make_account())

    assert work_off() == [("notices.send_message", "again")]
    assert states() == ["queued"]


def test_after_a_day_of_trying_the_mail_is_given_up(server):
    tell_one(make_account())
    server.answers = ["451 later, please"] * 50
    tries = []
    while outcomes := work_off():
        tries += [outcome for _name, outcome in outcomes]
        due_now()

    assert tries[-1] == "failed"
    assert set(tries[:-1]) == {"again"}
    row = Message.objects.get()
    assert (row.state, "451" in row.reason) == ("failed", True)


@pytest.mark.parametrize("where", ["recipient", "content"])
def test_a_permanent_refusal_is_noted_at_once(server, where):
    account = make_account()
    tell_one(account)
    if where == "recipient":
        server.refused[account.email] = "550 5.1.1 no such user"
    else:
        server.answers = ["554 5.7.1 not wanted"]

    assert work_off() == [("notices.send_message", "failed")]

    row = Message.objects.get()
    assert row.state == "failed"
    assert row.reason.startswith("55")


def test_states_only_move_on():
    tell_one(make_account())
    Message.objects.update(state="failed", ended_at=NOW)

    with pytest.raises(DatabaseError, match="may not go from failed to sent"), transaction.atomic():
        Message.objects.update(state="sent", sent_at=NOW)


def daily(account, zone="UTC", hour=8):
    actor = make_actor(account=account)
    choose_deliveries(choices={"tests": Delivery.DAILY}, actor=actor, now=NOW)
    set_postbox(time_zone=zone, digest_hour=hour, actor=actor, now=NOW)


def test_a_digest_carries_what_was_told_since_the_last(server):
    account, other = make_account(), make_account()
    daily(account)
    for call in ("First", "Second"):
        tell_one(account, "opened", call=call, until=CALL["until"])
    tell_one(other)
    morning = datetime(2022, 6, 2, 8, 0, tzinfo=UTC)

    assert queue_digests(now=morning - timedelta(minutes=1)) == 0
    assert queue_digests(now=morning) == 1
    assert queue_digests(now=morning + timedelta(hours=3)) == 0
    work_off()

    mails = {envelope.rcpt_tos[0]: read(envelope) for envelope in server.mails}
    assert set(mails) == {account.email, other.email}
    text = mails[account.email].get_body(("plain",)).get_content()
    assert text.index("First is open") < text.index("Second is open")
    assert sorted(states()) == ["carried", "carried", "sent", "sent"]


def test_what_is_told_after_the_digest_waits_for_the_next_day(server):
    account = make_account()
    daily(account)
    morning = datetime(2022, 6, 2, 8, 0, tzinfo=UTC)
    tell_one(account)
    queue_digests(now=morning)
    tell_one(account, now=morning)

    assert queue_digests(now=morning + timedelta(hours=10)) == 0
    assert queue_digests(now=morning + timedelta(days=1)) == 1
    work_off()

    assert len(server.mails) == 2
    assert sorted(states()) == ["carried", "carried", "sent", "sent"]


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("Asia/Shanghai", datetime(2022, 6, 2, 0, 0, tzinfo=UTC)),
        ("America/New_York", datetime(2022, 6, 2, 12, 0, tzinfo=UTC)),
    ],
)
def test_a_digest_goes_out_in_its_readers_morning(zone, due):
    account = make_account()
    daily(account, zone)
    tell_one(account)
    # Ends the day on which she was told, so that only the hour decides.
    queue_digests(now=datetime(2022, 6, 1, 23, 30, tzinfo=UTC) - timedelta(hours=12))
    tell_one(account)

    early = queue_digests(now=due - timedelta(minutes=10))
    assert early == 0
    assert queue_digests(now=due) == 1


def test_no_digest_goes_where_mail_came_back_from():
    account = make_account()
    daily(account)
    tell_one(account)
    Postbox.objects.update(unreachable=account.email, unreachable_since=NOW)

    assert queue_digests(now=NOW + timedelta(days=1)) == 0
    account.email = "another@example.org"
    account.save()
    assert queue_digests(now=NOW + timedelta(days=1)) == 1
    assert Message.objects.get(notice=None).address == "another@example.org"


def test_no_digest_without_news():
    daily(make_account())

    assert queue_digests(now=NOW + timedelta(days=3)) == 0
    assert waiting("notices.send_message") == []


def test_a_message_id_leads_back_to_its_row():
    row = Message().pk

    assert row_of(message_id(row, "site.example.org")) == row
    assert [row_of(other) for other in ("", "<abc@host>", "<" + "z" * 32 + "@host>", "x")] == [None] * 4
