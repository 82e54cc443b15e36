import pytest
from django.core import signing
from django.urls import reverse

from secretariat.doors.site.entering import SALT, entry_path
from tests.factories.accounts import make_account
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.MODE = "demo"


def test_a_link_of_the_demo_signs_in(client, demo):
    account = make_account()

    response = client.get(entry_path(account))

    assert response["Location"] == reverse("my:home")
    assert client.session["_auth_user_id"] == str(account.pk)


@pytest.mark.parametrize("mode", ["test", "production"])
def test_anywhere_else_there_is_no_such_page(client, settings, mode):
    settings.MODE = mode

    assert client.get(entry_path(make_account())).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_forged_link_is_refused(client, demo):
    account = make_account()
    forged = [signing.dumps(str(account.pk), salt="another"), "nonsense", str(account.pk)]

    assert {client.get(reverse("site:enter", args=[token])).status_code for token in forged} == {404}


def test_an_old_link_is_refused(client, demo, monkeypatch):
    account = make_account()
    monkeypatch.setattr(signing.time, "time", lambda: 0)
    token = signing.dumps(str(account.pk), salt=SALT)
    monkeypatch.undo()

    assert client.get(reverse("site:enter", args=[token])).status_code == 404


def test_an_account_that_may_not_sign_in_does_not(client, demo):
    account = make_account()
    account.is_active = False
    account.save()

    assert client.get(entry_path(account)).status_code == 404


def test_signing_out_takes_a_form(client, demo):
    client.get(entry_path(make_person(account=make_account()).account))

    assert client.get(reverse("site:sign_out")).status_code == 405
    client.post(reverse("site:sign_out"))
    assert "_auth_user_id" not in client.session
