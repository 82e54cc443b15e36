import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.tokens.models import Token
from secretariat.foundation.tokens.queries import token_of
from tests.factories.accounts import make_account
from tests.factories.staff import sign_in_with
from tests.factories.tokens import make_token

pytestmark = pytest.mark.django_db
LIST, NEW = "my_tokens:tokens", "my_tokens:new"
ASKED = {"name": "Nightly export", "scopes": ["public.read", "my.read"], "days": "30"}


def just_signed_in(client, ago=0):
    at = timezone.now().timestamp() - ago
    session = client.session
    session["signed_in"] = {
        "at": at,
        "seen": timezone.now().timestamp(),
        "method": "code",
        "device": "",
        "network": "",
    }
    session.save()


@pytest.fixture
def account(client):
    account = make_account()
    client.force_login(account)
    just_signed_in(client)
    return account


def test_the_secret_is_shown_once_and_works(client, account):
    page = client.post(reverse(NEW), ASKED)

    secret = re.search(r"sec_[0-9a-f]{12}_[\w-]{43}", page.content.decode())[0]
    token = token_of(secret, timezone.now())
    assert (token.account, token.name, token.scopes) == (
        account,
        "Nightly export",
        ["public.read", "my.read"],
    )
    assert "no-store" in page.headers["Cache-Control"]
    listed = client.get(reverse(LIST)).content.decode()
    assert secret not in listed and "Nightly export" in listed and f"sec_{token.head}_…" in listed


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["desk.run"]}, {"days": "400"}, {"days": "x"}]
)
def test_a_form_filled_in_wrongly_says_so(client, account, wrong):
    page = client.post(reverse(NEW), {**ASKED, **wrong})

    assert page.context["form"].errors
    assert not Token.objects.exists()


def test_the_desk_is_offered_its_scopes(client):
    sign_in_with(client, "desk.read")
    just_signed_in(client)
    offered = client.get(reverse(NEW)).context["form"].fields["scopes"].choices

    assert [scope for scope, _words in offered] == ["public.read", "my.read", "my.write", "desk.read"]


def test_a_token_is_made_by_who_showed_a_short_while_ago_who_she_is(client):
    client.force_login(make_account())
    just_signed_in(client, ago=3600)

    assert client.post(reverse(NEW), ASKED).status_code == 302
    assert not Token.objects.exists()


def test_ending_one(client, account):
    token, secret = make_token(account=account, now=timezone.now())
    answer = client.post(reverse("my_tokens:revoke", args=[token.pk]))

    assert answer.url == reverse(LIST)
    assert token_of(secret, timezone.now()) is None
    assert reverse("my_tokens:revoke", args=[token.pk]) not in client.get(reverse(LIST)).content.decode()


def test_the_token_of_another_is_not_there(client, account):
    token, _secret = make_token()

    assert client.post(reverse("my_tokens:revoke", args=[token.pk])).status_code == 404


@pytest.mark.parametrize("name", [LIST, NEW])
def test_a_stranger_is_sent_to_sign_in(client, name):
    assert client.get(reverse(name)).url.startswith("/sign-in/")


def test_the_list_asks_the_same_whatever_its_length(client, account, django_assert_max_num_queries):
    counts = []
    for number in (1, 3):
        while Token.objects.count() < number:
            make_token(account=account, now=timezone.now() - timedelta(days=1))
        with django_assert_max_num_queries(40) as asked:
            client.get(reverse(LIST))
        counts.append(len(asked))

    assert counts[0] == counts[1]
