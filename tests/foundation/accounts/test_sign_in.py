"""The front door through the HTTP client: codes by mail, passwords, the second step, and what is refused."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.utils import timezone

from secretariat.foundation.accounts.actions import set_active, set_password
from secretariat.foundation.accounts.models import Device, Session
from secretariat.foundation.accounts.signals import alerted
from secretariat.foundation.audit.models import Act
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"


def code_of(message):
    return re.search(r"^    (\S+)$", message.body, re.MULTILINE)[1]


def ask_for_code(client, email, **kw):
    return client.post("/sign-in/", {"email": email, **kw}, headers={"User-Agent": FIREFOX})


def enter(client, code, **kw):
    return client.post("/sign-in/code/", {"code": code, **kw}, headers={"User-Agent": FIREFOX})


def sign_in(client, account, **kw):
    ask_for_code(client, account.email)
    return enter(client, code_of(mail.outbox[-1]), **kw)


def is_signed_in(client):
    return client.get("/my/account/").status_code == 200


def totp_code(secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def alerts():
    heard = []

    def hear(accounts, kind, **_):
        heard.append((kind, *accounts))

    alerted.connect(hear)
    yield heard
    alerted.disconnect(hear)


def test_a_code_by_mail_signs_in_and_leads_back(client):
    account = make_account("ada@example.org")

    asked = ask_for_code(client, "Ada@Example.org ", next="/my/account/?x=1")
    assert asked.status_code == 302
    assert asked.headers["Location"] == "/sign-in/code/?next=%2Fmy%2Faccount%2F%3Fx%3D1"
    assert "ada@example.org" in client.get(asked.headers["Location"]).content.decode()
    entered = enter(client, code_of(mail.outbox[0]).lower(), next="/my/account/?x=1")

    assert (entered.status_code, entered.headers["Location"]) == (302, "/my/account/?x=1")
    assert is_signed_in(client)
    assert mail.outbox[0].to == ["ada@example.org"]
    assert mail.outbox[0].extra_headers == {"Auto-Submitted": "auto-generated"}
    act = Act.objects.get(verb="signed_in")
    assert (act.account_id, act.subject_id, act.detail["method"]) == (account.pk, account.pk, "code")


def test_the_mail_is_in_the_language_of_the_account(client):
    make_account("ada@example.org", language="zh-hans")

    ask_for_code(client, "ada@example.org")

    assert mail.outbox[0].subject == "您的登录验证码"


def test_leading_back_never_leaves_the_site(client):
    account = make_account()

    assert sign_in(client, account, next="https://elsewhere.example/").headers["Location"] == "/my/"


def test_a_page_does_not_tell_whether_there_is_an_account(client):
    make_account("ada@example.org")
    known, unknown = Client(), Client()

    answers = [
        [answer.status_code, answer.headers["Location"]]
        for answer in (
            ask_for_code(known, "ada@example.org"),
            ask_for_code(unknown, "bob@example.org"),
        )
    ]
    pages = [
        re.sub(r'value="[^"]{60,}"', "", door.get("/sign-in/code/").content.decode().replace(name, ""))
        for door, name in ((known, "ada@example.org"), (unknown, "bob@example.org"))
    ]
    wrong = [enter(door, "NOTACODE").status_code for door in (known, unknown)]

    assert answers[0] == answers[1]
    assert pages[0] == pages[1]
    assert wrong == [200, 200]
    assert [message.to for message in mail.outbox] == [["ada@example.org"], ["bob@example.org"]]
    assert re.search(r"^    \S+$", mail.outbox[1].body, re.MULTILINE) is None


def test_a_code_is_guessed_three_times_and_no_more(client):
    account = make_account()
    ask_for_code(client, account.email)
    code = code_of(mail.outbox[0])

    tried = [enter(client, "WRONG").status_code for _ in range(3)]
    late = enter(client, code)

    assert tried == [200, 200, 302]
    assert late.status_code in {302, 429}
    assert not is_signed_in(client)


def test_a_mailbox_is_sent_five_codes_in_a_quarter_of_an_hour():
    make_account("ada@example.org")

    asked = [ask_for_code(Client(), "ada@example.org") for _ in range(6)]

    assert [answer.status_code for answer in asked] == [302] * 5 + [429]
    assert 0 < int(asked[-1].headers["Retry-After"]) <= 900
    assert len(mail.outbox) == 5
    assert "15 minutes" in asked[-1].content.decode()


def test_a_code_opens_the_door_once_and_only_where_it_was_asked_for(client):
    account = make_account()
    ask_for_code(client, account.email)
    code = code_of(mail.outbox[0])

    assert enter(Client(), code).headers["Location"] == "/sign-in/"
    assert enter(client, code).headers["Location"] == "/my/"
    client.post("/sign-out/")
    assert enter(client, code).headers["Location"] == "/sign-in/"
    assert not is_signed_in(client)


def test_a_password_opens_the_door_where_one_was_chosen(client):
    account = make_account("ada@example.org")
    set_password(
        account=account, password="correct horse battery", actor=make_actor(account=account), now=NOW
    )

    wrong = client.post("/sign-in/password/", {"login": "ada@example.org", "password": "wrong"})
    nobody = client.post("/sign-in/password/", {"login": "bob@example.org", "password": "wrong"})
    right = client.post(
        "/sign-in/password/", {"login": "ADA@example.org", "password": "correct horse battery"}
    )

    said = "Address and password do not belong together."
    assert [page.content.decode().count(said) > 0 for page in (wrong, nobody)] == [True, True]
    assert right.headers["Location"] == "/my/"
    assert Act.objects.get(verb="signed_in").detail["method"] == "password"


def test_a_password_is_guessed_five_times_from_one_place(client):
    make_account("ada@example.org")

    tried = [
        client.post("/sign-in/password/", {"login": "ada@example.org", "password": f"guess {n}"}).status_code
        for n in range(6)
    ]

    assert tried == [200] * 5 + [429]


def test_an_account_with_an_app_asks_for_the_second_step(client):
    account = make_account()
    TOTP.activate(account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

    assert sign_in(client, account).headers["Location"] == "/sign-in/second-step/"
    assert not is_signed_in(client)
    wrong = client.post("/sign-in/second-step/", {"code": "000000"})
    right = client.post("/sign-in/second-step/", {"code": totp_code()})

    assert wrong.status_code == 200
    assert right.status_code == 302
    assert is_signed_in(client)
    assert "JBSWY" not in str(Authenticator.objects.get().data)


def test_a_code_of_the_app_is_used_once():
    account = make_account()
    TOTP.activate(account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    code, doors = totp_code(), [Client(), Client()]
    for door in doors:
        sign_in(door, account)

    answers = [door.post("/sign-in/second-step/", {"code": code}).status_code for door in doors]

    assert answers == [302, 200]
    assert [is_signed_in(door) for door in doors] == [True, False]


def test_a_recovery_code_stands_in_for_the_app_once():
    account = make_account()
    TOTP.activate(account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    code = RecoveryCodes.activate(account).get_unused_codes()[0]
    answers = []
    for door in (Client(), Client()):
        sign_in(door, account)
        answers.append(door.post("/sign-in/second-step/", {"code": code}).status_code)

    assert answers == [302, 200]


def test_a_closed_account_gets_no_code_and_loses_its_sessions(client):
    account = make_account("ada@example.org")
    sign_in(client, account)

    set_active(account=account, is_active=False, reason="left", actor=INSTALLER, now=NOW)

    assert not is_signed_in(client)
    ask_for_code(Client(), "ada@example.org")
    assert re.search(r"^    \S+$", mail.outbox[-1].body, re.MULTILINE) is None


def test_a_new_device_is_told_and_a_known_one_is_not(alerts):
    account = make_account()
    at_home, at_work = Client(), Client()

    for door in (at_home, at_work, at_home):
        sign_in(door, account)
        door.post("/sign-out/")

    assert alerts == [("account_new_device", account.pk)]
    assert set(Device.objects.values_list("account", "label", "network")) == {
        (account.pk, "Firefox, Linux", "127.0.0.0/24")
    }
    assert Device.objects.count() == 2


def test_a_session_knows_whose_it_is_and_a_strangers_page_keeps_none(client):
    client.get("/sign-in/")
    assert Session.objects.count() == 0
    account = make_account()

    sign_in(client, account)

    session = Session.objects.get(account=account)
    assert session.get_decoded()["signed_in"]["method"] == "code"
    assert timezone.now() - session.seen_at < timedelta(minutes=1)


def test_signed_in_the_page_leads_on(client):
    sign_in(client, make_account())

    assert client.get("/sign-in/").headers["Location"] == "/my/"


def test_signing_out_takes_a_post(client):
    sign_in(client, make_account())

    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/"
    assert not is_signed_in(client)


def test_identities_kept_elsewhere_are_off_unless_set(client):
    assert client.get("/sign-in/with/oidc/oidc/login/").status_code == 404
    assert "oidc" not in client.get("/sign-in/").content.decode()
