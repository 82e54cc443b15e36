"""An address is invited, accepts once and becomes an account and a person."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from secretariat.foundation.accounts.actions import give_grant, invitations
from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.accounts.models import Account, Invitation
from secretariat.foundation.accounts.queries import invitation_of
from secretariat.foundation.audit.models import Act
from secretariat.registry.people.models import Person
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
NAME = {"given_name": "Ada", "family_name": "Example", "name_zh": ""}


@pytest.fixture
def staff(client):
    account = make_account("staff@example.org")
    give_grant(
        account=account, right="desk.run", starts_on=NOW.date(), reason="test", actor=INSTALLER, now=NOW
    )
    client.force_login(account)
    return account


def invite(email="ada@example.org", actor=INSTALLER, now=NOW, **kw):
    return invitations.invite(email=email, reason="Reviewer", actor=actor, now=now, **kw)


def accept(invitation, now=NOW, **kw):
    return invitations.accept_invitation(invitation=invitation, actor=make_actor(), now=now, **(NAME | kw))


def link_of(message):
    return re.search(r"http://testserver(\S+)", message.body)[1]


def send(client, **kw):
    return client.post(
        "/desk/invitations/", {"email": "Ada@example.org", "reason": "Reviewer", "language": "en"} | kw
    )


def test_from_the_desk_to_the_account(client, staff):
    assert send(client).headers["Location"] == "/desk/invitations/"
    assert (mail.outbox[0].to, "Reviewer" in mail.outbox[0].body) == (["ada@example.org"], True)
    path = link_of(mail.outbox[0])
    assert "ada@example.org" in client.get("/desk/invitations/").content.decode()

    client.logout()
    page = client.get(path).content.decode()
    assert "Reviewer" in page
    answer = client.post(path, NAME)

    account = Account.objects.get(email="ada@example.org")
    person = Person.objects.get(account=account)
    assert answer.headers["Location"] == "/my/account/"
    assert client.get("/my/account/").status_code == 200
    assert (person.given_name, person.family_name) == ("Ada", "Example")
    assert client.get(path).status_code == 404
    assert Invitation.objects.get().account == account


def test_a_person_of_the_registry_gets_her_account(client, staff):
    person = make_person("Lin", "Example")

    send(client, person=str(person.ref))
    client.logout()
    client.post(link_of(mail.outbox[0]))

    person.refresh_from_db()
    assert person.account.email == "ada@example.org"
    assert Person.objects.count() == 1
    linked = Act.objects.get(verb="account_linked")
    assert linked.account_id == staff.pk


@pytest.mark.parametrize("number", ["PER-99999", "nonsense"])
def test_a_person_that_is_not_there_is_not_invited(client, staff, number):
    assert "no person with this number" in send(client, person=number).content.decode()
    assert Invitation.objects.count() == len(mail.outbox) == 0


def test_an_account_is_not_invited(client, staff):
    assert "has an account already" in send(client, email="staff@example.org").content.decode()
    assert mail.outbox == []


def test_only_a_digest_of_the_link_is_kept_and_history_keeps_no_address():
    invitation, token = invite()

    assert token not in str(list(Invitation.objects.values()))
    assert invitation_of(token, NOW) == invitation
    assert invitation_of(invitation.token_digest, NOW) is None


def test_a_link_opens_once_until_it_runs_out():
    invitation, token = invite()

    assert invitation_of(token, NOW + invitations.VALID) is None
    with pytest.raises(WrongState, match="run out"):
        accept(invitation, now=NOW + invitations.VALID)
    accept(invitation)
    with pytest.raises(WrongState):
        accept(invitation)
    assert Account.objects.count() == 1


def test_a_new_link_voids_the_old_one():
    invitation, first = invite()

    again, second = invitations.send_again(
        invitation=invitation, actor=INSTALLER, now=NOW + timedelta(days=1)
    )
    other, third = invite()

    assert [invitation_of(token, NOW) for token in (first, second, third)] == [None, None, other]
    again.refresh_from_db()
    assert (again.state, again.expires_at) == ("withdrawn", NOW + timedelta(days=15))


def test_what_was_taken_back_opens_nothing(client, staff):
    invitation, token = invite(actor=make_actor("desk.run", account=staff), now=timezone.now())

    client.post(f"/desk/invitations/{invitation.pk}/withdraw/")

    assert client.get(f"/invitation/{token}/").status_code == 404
    client.post(f"/desk/invitations/{invitation.pk}/again/")
    assert mail.outbox == []


def test_who_may_not_invite():
    for actor in (make_actor(), make_actor("desk.read"), make_actor("audit.read")):
        with pytest.raises(NotAllowed):
            invite(actor=actor)
    with pytest.raises(ValueError, match="Say why"):
        invitations.invite(email="ada@example.org", reason=" ", actor=INSTALLER, now=NOW)


def test_a_guest_at_somebody_elses_browser_becomes_herself(client, staff):
    _invitation, token = invite(now=timezone.now())

    client.post(f"/invitation/{token}/", NAME)

    assert "ada@example.org" in client.get("/my/account/").content.decode()


def test_a_name_is_needed(client):
    _invitation, token = invite(now=timezone.now())

    page = client.post(f"/invitation/{token}/", {"given_name": " "})

    assert "Say your name" in page.content.decode()
    assert Account.objects.count() == 0


def test_nobody_signs_up_unless_it_is_open(client, settings):
    assert client.get("/sign-up/").status_code == 404
    settings.SIGN_UP = "open"
    assert client.get("/sign-up/").status_code == 200


def test_where_it_is_open_a_mail_makes_the_account_and_the_page_tells_nothing(client, settings):
    settings.SIGN_UP = "open"
    make_account("bob@example.org")

    pages = [
        re.sub(r"\w+@example.org|csrf\S+ value=\S+", "", page.content.decode())
        for page in (
            client.post("/sign-up/", {"email": "ada@example.org"}),
            client.post("/sign-up/", {"email": "bob@example.org"}),
        )
    ]

    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [["ada@example.org"], ["bob@example.org"]]
    assert link_of(mail.outbox[1]) == "/sign-in/"
    assert not Account.objects.filter(email="ada@example.org").exists()
    client.post(link_of(mail.outbox[0]), NAME)
    assert Account.objects.filter(email="ada@example.org").exists()
