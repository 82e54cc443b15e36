"""The pages of one's own account, of assistants and of the security administrator."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.utils import timezone

from secretariat.foundation.accounts.actions import give_grant, name_assistant
from secretariat.foundation.accounts.models import Account, Assistance, Grant, Session
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.foundation.accounts.test_sign_in import sign_in, totp_code

pytestmark = pytest.mark.django_db
FAR = NOW.date() + timedelta(days=10000)


@pytest.fixture
def me(client):
    """An account that has just signed in with this client."""
    account = make_account("me@example.org")
    sign_in(client, account)
    mail.outbox.clear()
    return account


def long_ago(client):
    """Let the last showing of who she is be an hour away."""
    session = client.session
    session["signed_in"] = {**session["signed_in"], "at": timezone.now().timestamp() - 3600}
    session.save()


def with_right(client, right, email="admin@example.org"):
    account = make_account(email)
    give_grant(account=account, right=right, starts_on=NOW.date(), reason="x", actor=INSTALLER, now=NOW)
    sign_in(client, account)
    mail.outbox.clear()
    return account


def link_of(message):
    return re.search(r"http://testserver(\S+)", message.body)[1]


def test_the_language_of_mails_and_pages(client, me):
    response = client.post("/my/account/language/", {"language": "zh-hans"})

    me.refresh_from_db()
    assert (me.language, response.cookies["django_language"].value) == ("zh-hans", "zh-hans")
    client.post("/my/account/language/", {"language": "tlh"})
    me.refresh_from_db()
    assert me.language == "zh-hans"


def test_the_address_changes_when_the_link_is_read_there(client, me):
    client.post("/my/account/email/", {"email": "New@example.org"})
    link = link_of(mail.outbox[0])
    assert mail.outbox[0].to == ["new@example.org"]

    assert "new@example.org" in client.get(link).content.decode()
    me.refresh_from_db()
    assert me.email == "me@example.org"
    client.post(link)

    me.refresh_from_db()
    assert me.email == "new@example.org"
    assert mail.outbox[1].to == ["me@example.org"]
    assert client.post(link).status_code == 404
    client.post("/sign-out/")
    sign_in(client, me)
    assert client.get("/my/account/").status_code == 200


def test_a_link_for_another_address_is_nothing_for_others(client, me):
    client.post("/my/account/email/", {"email": "new@example.org"})
    link, other = link_of(mail.outbox[0]), Client()
    sign_in(other, make_account())

    assert [other.get(link).status_code, other.post(link).status_code] == [404, 404]
    assert client.get(link[:-3] + "x/").status_code == 404


def test_an_address_that_is_taken_is_told_to_its_owner_alone(client, me):
    make_account("taken@example.org")

    pages = [
        client.post("/my/account/email/", {"email": email}).content.decode().replace(email, "")
        for email in ("taken@example.org", "free@example.org")
    ]

    hide = re.compile(r'csrf\S+ value="\S+"|X-CSRFToken[^}]+')
    assert hide.sub("", pages[0]) == hide.sub("", pages[1])
    assert "http" not in mail.outbox[0].body.replace("http://localhost:8000", "")


# What matters asks to show again who one is.
SENSITIVE = [
    ("get", "/my/account/email/"),
    ("post", "/my/account/email/"),
    ("get", "/my/account/password/"),
    ("post", "/my/account/password/remove/"),
    ("get", "/my/account/passkeys/add/"),
    ("get", "/my/account/app/add/"),
]


@pytest.mark.parametrize(("method", "path"), SENSITIVE)
def test_what_matters_asks_again(client, me, method, path):
    assert "confirm" not in getattr(client, method)(path).headers.get("Location", "")
    long_ago(client)

    answer = getattr(client, method)(path)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/my/account/confirm/?next=")


def test_a_code_by_mail_shows_again_who_one_is(client, me):
    long_ago(client)
    asked = client.get("/my/account/password/").headers["Location"]
    assert "me@example.org" in client.get(asked).content.decode()

    sent = client.post(asked, {"next": "/my/account/password/"})
    code = re.search(r"^    (\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    wrong = client.post(sent.headers["Location"], {"code": "WRONG"})
    right = client.post(sent.headers["Location"], {"code": code, "next": "/my/account/password/"})

    assert (wrong.status_code, right.status_code) == (200, 302)
    assert right.headers["Location"] == "/my/account/password/"
    assert client.get("/my/account/password/").status_code == 200


def test_a_password_is_set_changed_and_done_without(client, me):
    weak = client.post("/my/account/password/", {"password": "password"})
    client.post("/my/account/password/", {"password": "correct horse battery"})
    me.refresh_from_db()

    assert "field-error" in weak.content.decode()
    assert me.check_password("correct horse battery")
    assert client.get("/my/account/").status_code == 200
    client.post("/my/account/password/remove/")
    me.refresh_from_db()
    assert not me.has_usable_password()


def test_an_app_is_added_with_recovery_codes_and_removed(client, me):
    page = client.get("/my/account/app/add/").content.decode()
    secret = re.search(r'<code class="totp-key">(\w+)</code>', page)[1]

    wrong = client.post("/my/account/app/add/", {"code": "000000"})
    added = client.post("/my/account/app/add/", {"code": totp_code(secret)})

    assert (wrong.status_code, added.headers["Location"]) == (200, "/my/account/codes/")
    assert (
        len(set(re.findall(r"<li><code>(\d{8})</code>", client.get("/my/account/codes/").content.decode())))
        == 10
    )
    assert client.post("/my/account/app/remove/").headers["Location"] == "/my/account/"
    assert Authenticator.objects.count() == 0


def test_sessions_are_listed_and_ended(client, me):
    others = [Client(), Client()]
    for other in others:
        sign_in(other, me)
    page = client.get("/my/account/").content.decode()
    names = re.findall(r'name="session" value="(\w+)"', page)
    assert (page.count("Firefox, Linux"), len(names)) == (3, 2)
    assert not set(names) & set(Session.objects.values_list("session_key", flat=True))

    client.post("/my/account/sessions/end/", {"session": names[0]})
    assert sum(other.get("/my/account/").status_code == 200 for other in others) == 1
    client.post("/my/account/sessions/end/")

    assert [other.get("/my/account/").status_code for other in others] == [302, 302]
    assert client.get("/my/account/").status_code == 200


def test_a_session_of_somebody_else_is_not_ended(client, me):
    other = Client()
    sign_in(other, make_account())
    page = other.get("/my/account/").content.decode()

    client.post("/my/account/sessions/end/", {"session": "0" * 64})
    client.post("/my/account/sessions/end/")

    assert "this one" in page
    assert other.get("/my/account/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_account_page_asks_a_fixed_number_of_questions(client, me, count, django_assert_num_queries):
    for _ in range(count - 1):
        sign_in(Client(), me)
    client.get("/my/account/")

    with django_assert_num_queries(9):
        client.get("/my/account/")


def test_an_assistant_is_named_acts_and_is_withdrawn(client, me):
    assistant = make_account("assistant@example.org")
    values = {
        "email": "Assistant@example.org",
        "tasks": ["calls.apply"],
        "starts_on": NOW.date(),
        "ends_on": FAR,
    }
    assert client.post("/my/assistants/", values).headers["Location"] == "/my/assistants/"
    theirs = Client()
    sign_in(theirs, assistant)
    assert "me@example.org" in theirs.get("/my/assistants/").content.decode()

    theirs.post("/my/assistants/act/", {"principal": me.pk})
    refused = theirs.get("/my/account/")
    assert refused.status_code == 403
    assert "You act for somebody else." in refused.content.decode()
    assert theirs.post("/my/account/password/remove/").status_code == 403
    theirs.post("/my/assistants/act/")
    assert theirs.get("/my/account/").status_code == 200

    theirs.post("/my/assistants/act/", {"principal": me.pk})
    client.post(f"/my/assistants/{Assistance.objects.get().pk}/withdraw/")
    assert theirs.get("/my/account/").status_code == 200


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"email": "nobody@example.org"}, "Nobody else signs in here"),
        ({"email": "me@example.org"}, "Nobody else signs in here"),
        ({"tasks": ["ballots.cast"]}, "Select a valid choice"),
        ({"ends_on": "2001-01-01"}, "before the first"),
    ],
)
def test_who_cannot_be_named(client, me, values, said):
    make_account("assistant@example.org")
    full = {
        "email": "assistant@example.org",
        "tasks": ["calls.apply"],
        "starts_on": NOW.date(),
        "ends_on": FAR,
    }

    page = client.post("/my/assistants/", full | values)

    assert said in page.content.decode()
    assert Assistance.objects.count() == 0


def test_nobody_acts_for_somebody_who_did_not_name_her(client, me):
    other = make_account()

    assert client.post("/my/assistants/act/", {"principal": other.pk}).status_code == 404
    assert client.session.get("acting_for") is None
    third = name_assistant(
        assistant=other, tasks=["calls.apply"], starts_on=NOW.date(), ends_on=FAR,
        actor=make_actor(account=make_account()), now=NOW,
    )  # fmt: skip
    assert client.post(f"/my/assistants/{third.pk}/withdraw/").status_code == 404


# right -> (invitations, accounts, one account, giving a right, ending one): what each page answers.
DESK = {
    "desk.run": (200, 404, 404, 404, 404),
    "desk.read": (404, 404, 404, 404, 404),
    "audit.read": (404, 200, 200, 404, 404),
    "security.administer": (200, 200, 200, 302, 302),
    "system.administer": (404, 404, 404, 404, 404),
}


@pytest.mark.parametrize("right", DESK)
def test_who_sees_and_gives_what_at_the_desk(client, right):
    other = make_account()
    grant = give_grant(
        account=other, right="desk.read", starts_on=NOW.date(), reason="x", actor=INSTALLER, now=NOW
    )
    with_right(client, right)
    given = {"right": "desk.run", "starts_on": NOW.date(), "reason": "because"}

    answers = (
        client.get("/desk/invitations/"),
        client.get("/desk/accounts/"),
        client.get(f"/desk/accounts/{other.pk}/"),
        client.post(f"/desk/accounts/{other.pk}/grant/", given),
        client.post(f"/desk/grants/{grant.pk}/end/", {"reason": "because"}),
    )

    assert tuple(answer.status_code for answer in answers) == DESK[right]
    held = set(Grant.objects.filter(account=other, ended_at=None).values_list("right", flat=True))
    assert held == ({"desk.run"} if right == "security.administer" else {"desk.read"})


def test_a_stranger_is_sent_to_sign_in(client):
    for path in ("/my/account/", "/my/assistants/", "/desk/accounts/", "/desk/invitations/"):
        assert client.get(path).headers["Location"].startswith("/sign-in/?next=")


def test_rights_that_exclude_each_other_are_refused_in_place(client):
    other = make_account()
    give_grant(account=other, right="audit.read", starts_on=NOW.date(), reason="x", actor=INSTALLER, now=NOW)
    admin = with_right(client, "security.administer")
    values = {"right": "system.administer", "starts_on": NOW.date(), "reason": "because"}

    refused = client.post(f"/desk/accounts/{other.pk}/grant/", values)
    own = client.post(f"/desk/accounts/{admin.pk}/grant/", values, follow=True)

    assert "another administrator" in refused.content.decode()
    assert "You may not do this" in own.content.decode()
    assert Grant.objects.count() == 2


def test_a_lost_second_step_is_removed_with_a_reason_and_sessions_end(client):
    other, theirs = make_account(), Client()
    sign_in(theirs, other)
    TOTP.activate(other, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    with_right(client, "security.administer")

    client.post(f"/desk/accounts/{other.pk}/reset/", {"reason": ""})
    assert Authenticator.objects.count() == 1
    client.post(f"/desk/accounts/{other.pk}/reset/", {"reason": "phone stolen; called back"})

    assert Authenticator.objects.count() == 0
    assert theirs.get("/my/account/").status_code == 302


def test_an_account_is_closed_and_opened_again(client):
    other = make_account()
    with_right(client, "security.administer")

    for what, is_active in (("close", False), ("open", True)):
        client.post(f"/desk/accounts/{other.pk}/{what}/", {"reason": "because"})
        assert Account.objects.get(pk=other.pk).is_active is is_active


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_accounts_asks_a_fixed_number_of_questions(client, count, django_assert_num_queries):
    for _ in range(count):
        account = make_account()
        give_grant(
            account=account, right="desk.read", starts_on=NOW.date(), reason="x", actor=INSTALLER, now=NOW
        )
    with_right(client, "audit.read")
    client.get("/desk/accounts/")

    with django_assert_num_queries(11):
        assert client.get("/desk/accounts/?q=person").status_code == 200
