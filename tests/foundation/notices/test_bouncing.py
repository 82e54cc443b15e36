import io
import mailbox
import sys
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.management import call_command

from secretariat.foundation.accounts.actions import give_grant
from secretariat.foundation.accounts.actor import Actor, NotAllowed
from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.actions import record_bounce, tell, try_address_again, write_again
from secretariat.foundation.notices.bounces import Report, read_reports
from secretariat.foundation.notices.logic import message_id
from secretariat.foundation.notices.models import Message, Notice, Postbox
from secretariat.foundation.notices.queries import bounced_mail, dead_addresses, unreachable_accounts
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account, make_actor
from tests.factories.notices import declare_kinds, make_dead, tell_one
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
declare_kinds()
COMMAND = Actor(door="command")


def notification(row, recipient, *, action="failed", status="5.1.1", whole=True, ours=True):
    """What a mail server sends back (RFC 3464)."""
    identifier = message_id(row, "site.example.org") if ours else "<somebody.else@example.net>"
    parts = [
        "From: MAILER-DAEMON@mx.example.net\nTo: returned@example.org\nSubject: Undelivered\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"\n\n'
        "--=_b\nContent-Type: text/plain\n\nIt did not arrive.\n",
        "--=_b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; 550 {status} no such\n user here\n",
        f"--=_b\nContent-Type: {'message/rfc822' if whole else 'text/rfc822-headers'}\n\n"
        f"Message-ID: {identifier}\nSubject: Something\n" + ("\nIts text.\n" if whole else ""),
        "--=_b--\n",
    ]
    return "\n".join(parts).encode()


def sent_to(account, kind="plain", **data):
    notice = tell_one(account, kind, **data)
    Message.objects.filter(notice=notice).update(state="sent", sent_at=NOW)
    return Message.objects.get(notice=notice)


@pytest.mark.parametrize("whole", [True, False])
def test_a_report_says_which_mail_where_and_why(whole):
    row = Message().pk

    reports = read_reports(notification(row, "Nobody@Example.org", whole=whole))

    assert reports == [
        Report(row, "nobody@example.org", "failed", "5.1.1", "5.1.1 550 5.1.1 no such user here")
    ]
    assert reports[0].is_final
    assert reports[0].is_permanent


@pytest.mark.parametrize(
    ("action", "status", "final", "permanent"),
    [
        ("failed", "5.1.1", True, True),
        ("failed", "5.2.2", True, False),
        ("failed", "4.4.7", True, False),
        ("delayed", "4.4.1", False, False),
        ("delivered", "2.0.0", False, False),
    ],
)
def test_only_an_address_that_does_not_exist_is_at_fault(action, status, final, permanent):
    [report] = read_reports(notification(Message().pk, "a@example.org", action=action, status=status))

    assert (report.is_final, report.is_permanent) == (final, permanent)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: I am away\n\nUntil Monday.",
        notification(Message().pk, "a@example.org", ours=False),
    ],
)
def test_what_is_no_report_about_a_mail_of_ours_says_nothing(raw):
    assert read_reports(raw) == []


def test_a_mail_that_came_back_marks_the_address_and_tells_the_desk():
    clerk, account = make_account(), make_account()
    give_grant(
        account=clerk, right="desk.run", starts_on=TODAY, reason="works there", actor=INSTALLER, now=NOW
    )
    message = sent_to(account)
    [report] = read_reports(notification(message.pk, account.email))

    assert record_bounce(report=report, actor=COMMAND, now=NOW) == message
    assert record_bounce(report=report, actor=COMMAND, now=NOW) is None

    message.refresh_from_db()
    assert (message.state, message.ended_at, message.reason) == ("bounced", NOW, report.reason)
    assert set(Postbox.objects.values_list("account", "unreachable", "unreachable_since")) == {
        (account.pk, account.email, NOW)
    }
    told = Notice.objects.filter(kind="mail_bounced")
    assert set(told.values_list("account", "data__address")) == {(clerk.pk, account.email)}
    assert Act.objects.filter(verb="mail_came_back").values_list("subject_id", flat=True).get() == account.pk


def test_whoever_had_it_sent_is_told_instead_of_the_desk():
    clerk, sender, account = make_account(), make_account(), make_account()
    give_grant(
        account=clerk, right="desk.run", starts_on=TODAY, reason="works there", actor=INSTALLER, now=NOW
    )
    tell(accounts=[account.pk], kind="plain", subject_id=account.pk, told_by=sender.pk, now=NOW)
    Message.objects.filter(account=account).update(state="sent", sent_at=NOW)
    row = Message.objects.get(account=account)

    record_bounce(report=read_reports(notification(row.pk, account.email))[0], actor=COMMAND, now=NOW)

    assert set(Notice.objects.filter(kind="mail_bounced").values_list("account", flat=True)) == {sender.pk}


def test_news_of_what_came_back_comes_back_without_end_of_it():
    clerk, other = make_account(), make_account()
    for account in (clerk, other):
        give_grant(account=account, right="desk.run", starts_on=TODAY, reason="", actor=INSTALLER, now=NOW)
    message = sent_to(clerk, "mail_bounced", address="x@example.org", reason="5.1.1")

    record_bounce(report=read_reports(notification(message.pk, clerk.email))[0], actor=COMMAND, now=NOW)

    assert Notice.objects.filter(kind="mail_bounced").count() == 1
    assert Message.objects.get(pk=message.pk).state == "bounced"


@pytest.mark.parametrize(
    "change",
    [{"recipient": "somebody.else@example.org"}, {"status": "4.4.1", "action": "delayed"}],
)
def test_what_says_nothing_new_changes_nothing(change):
    account = make_account()
    message = sent_to(account)
    told = {"recipient": account.email, **change}

    [report] = read_reports(notification(message.pk, **told))

    assert record_bounce(report=report, actor=COMMAND, now=NOW) is None
    assert Message.objects.get(pk=message.pk).state == "sent"
    assert not Postbox.objects.exists()


def test_a_full_mailbox_is_noted_but_its_address_is_kept():
    account = make_account()
    message = sent_to(account)

    record_bounce(
        report=read_reports(notification(message.pk, account.email, status="5.2.2"))[0],
        actor=COMMAND,
        now=NOW,
    )

    assert Message.objects.get(pk=message.pk).state == "bounced"
    assert not Postbox.objects.exclude(unreachable="").exists()


def test_nobody_reports_through_a_page():
    message = sent_to(make_account())
    [report] = read_reports(notification(message.pk, message.address))

    with pytest.raises(NotAllowed):
        record_bounce(report=report, actor=make_actor("desk.run", account=make_account()), now=NOW)


def test_an_address_may_be_tried_again():
    account = make_account()
    Postbox.objects.create(account=account, unreachable=account.email, unreachable_since=NOW)

    try_address_again(actor=make_actor(account=account), now=NOW)
    tell_one(account)

    assert Message.objects.filter(address=account.email).count() == 1


def test_the_desk_sees_what_came_back_and_nobody_else():
    account, desk = make_account(), make_actor("desk.read")
    message = sent_to(account)
    record_bounce(report=read_reports(notification(message.pk, account.email))[0], actor=COMMAND, now=NOW)
    sent_to(make_account())

    assert list(bounced_mail(desk)) == [message]
    assert [box.account_id for box in unreachable_accounts(desk)] == [account.pk]
    for stranger in (Actor(), make_actor("review.sit"), make_actor(account=account)):
        assert list(bounced_mail(stranger)) == list(unreachable_accounts(stranger)) == []


def test_the_command_reads_a_message_or_a_mailbox(tmp_path, monkeypatch, capsys):
    first, second = sent_to(make_account()), sent_to(make_account())
    box = mailbox.mbox(tmp_path / "returned")
    box.add(notification(second.pk, second.address))
    box.add(b"Subject: I am away\n\nUntil Monday.")
    box.close()

    monkeypatch.setattr(
        sys, "stdin", SimpleNamespace(buffer=io.BytesIO(notification(first.pk, first.address, whole=False)))
    )
    call_command("bounce")
    call_command("bounce", mbox=str(tmp_path / "returned"))

    assert capsys.readouterr().out.count("1 noted") == 2
    assert set(Message.objects.filter(state="bounced")) == {first, second}


def dead_outside(address="Old@Example.org", **kw):
    message = Message.objects.create(
        origin="letters", origin_id=uuid4(), address=address, queued_at=NOW, **kw
    )
    return make_dead(message, NOW)


def test_mail_goes_again_to_an_address_that_nobody_has_here_when_the_desk_says_why():
    first, _second, other = dead_outside(), dead_outside("old@example.org"), dead_outside("else@example.org")
    assert dead_addresses(["OLD@example.org"]) == {"old@example.org"}

    assert (
        write_again(message=first, reason=" She wrote from it. ", actor=make_actor("desk.run"), now=NOW) == 2
    )

    assert dead_addresses([first.address, other.address]) == {other.address}
    act = Act.objects.get(verb="address_opened")
    assert (act.subject_id, act.detail) == (first.pk, {"reason": "She wrote from it.", "messages": 2})
    with pytest.raises(ValueError, match="already"):
        write_again(message=first, reason="Again", actor=make_actor("desk.run"), now=NOW)


def test_it_needs_a_reason_and_whose_account_it_is_says_it_herself():
    message, own = dead_outside(), dead_outside("her@example.org", account=make_account())

    for refused, reason in ((message, " "), (own, "Because")):
        with pytest.raises(ValueError):
            write_again(message=refused, reason=reason, actor=make_actor("desk.run"), now=NOW)
    for actor in (Actor(), make_actor("desk.read"), make_actor(account=own.account)):
        with pytest.raises(NotAllowed):
            write_again(message=message, reason="Because", actor=actor, now=NOW)
    assert Message.objects.filter(is_dead=True).count() == 2


def test_the_desk_opens_an_address_from_the_list_of_what_came_back(client):
    message = dead_outside()
    sign_in_with(client, "desk.run")
    client.cookies["django_language"] = "en"
    path = f"/desk/notices/returned/{message.pk}/"
    assert f'href="{path}"' in client.get("/desk/notices/returned/").content.decode()

    assert "This field is required" in client.post(path, {"reason": ""}).content.decode()
    answered = client.post(path, {"reason": "She wrote from it."}, follow=True).content.decode()

    assert "Mail goes to Old@Example.org again." in answered and path not in answered
    assert client.get(path).status_code == 404


def test_who_only_reads_the_desk_sees_that_no_mail_goes_there(client):
    message = dead_outside()
    sign_in_with(client, "desk.read")
    client.cookies["django_language"] = "en"

    shown = client.get("/desk/notices/returned/").content.decode()

    assert "No mail goes there" in shown and str(message.pk) not in shown
    assert client.get(f"/desk/notices/returned/{message.pk}/").status_code == 404
