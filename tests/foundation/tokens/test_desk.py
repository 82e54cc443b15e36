"""The desk's pages of service tokens."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actions import set_active
from secretariat.foundation.tokens.models import Token
from secretariat.foundation.tokens.queries import token_of
from tests.factories.accounts import INSTALLER, make_account
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with
from tests.factories.tokens import make_service_token, make_staff
from tests.foundation.tokens.test_pages import just_signed_in

pytestmark = pytest.mark.django_db
LIST, NEW = "desk_tokens:tokens", "desk_tokens:new"


@pytest.fixture
def keeper(client):
    account = sign_in_with(client, "system.administer")
    just_signed_in(client)
    return account


@pytest.fixture
def token():
    return make_service_token(now=timezone.now())[0]


def to(name, token):
    return reverse(f"desk_tokens:{name}", args=[token.pk])


def secret_in(page):
    return re.search(r"sec_[0-9a-f]{12}_[\w-]{43}", page.content.decode())[0]


def test_the_secret_is_shown_once_and_works(client, keeper):
    staff = make_staff()
    asked = {"name": "Directory", "scopes": ["desk.read"], "responsible": str(staff.pk), "days": "90"}
    page = client.post(reverse(NEW), asked)
    token = token_of(secret_in(page), timezone.now())

    assert (token.account, token.responsible, token.scopes) == (None, staff, ["desk.read"])
    assert "no-store" in page.headers["Cache-Control"]
    for shown in (reverse(LIST), to("token", token)):
        page = client.get(shown).content.decode()
        assert f"sec_{token.head}_…" in page or shown == reverse(LIST)
        assert "Directory" in page and not re.search(r"sec_[0-9a-f]{12}_[\w-]{43}", page)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"scopes": []}, {"scopes": ["my.read"]}, {"responsible": "x"}, {"responsible": ""},
        {"days": "9999"},
    ],
    ids=str,
)  # fmt: skip
def test_a_form_filled_in_wrongly_says_so(client, keeper, wrong):
    asked = {"name": "A", "scopes": ["desk.read"], "responsible": str(make_staff().pk), "days": "90"}
    page = client.post(reverse(NEW), {**asked, **wrong})

    assert page.context["form"].errors
    assert not Token.objects.exists()


def test_the_staff_is_offered_by_name(client, keeper):
    make_person("Ada", "Example", account=make_staff("desk.run"))
    make_person("Eve", "Elsewhere", account=make_account())
    offered = client.get(reverse(NEW)).context["form"].fields["responsible"].choices

    assert "Ada Example" in [name for _key, name in offered]
    assert "Eve Elsewhere" not in [name for _key, name in offered]


def test_renewing_shows_another_secret(client, keeper, token):
    secret = secret_in(client.post(to("renew", token), {"days": "90"}))

    assert token_of(secret, timezone.now()).replaces == token
    page = client.get(to("token", token))
    assert to("renew", token) not in page.content.decode()
    assert client.post(to("renew", token), {"days": "90"}).status_code == 302
    assert Token.objects.count() == 2


def test_handing_over_and_ending(client, keeper, token):
    staff = make_staff()
    assert client.post(to("hand_over", token), {"responsible": str(staff.pk)}).url == to("token", token)
    assert Token.objects.get().responsible == staff
    client.post(to("hand_over", token), {"responsible": str(make_account().pk)})
    assert Token.objects.get().responsible == staff
    client.post(to("revoke", token))
    assert Token.objects.get().revoked_at is not None
    assert to("revoke", token) not in client.get(to("token", token)).content.decode()


def test_that_nobody_answers_any_more_is_said(client, keeper, token):
    set_active(account=token.responsible, is_active=False, reason="Left", actor=INSTALLER, now=timezone.now())

    assert "nobody answers" in client.get(reverse(LIST)).content.decode()
    assert client.get(to("token", token)).context["token"].stands == "left"


@pytest.mark.parametrize("name", ["new", "renew", "hand_over", "revoke"])
@pytest.mark.parametrize("right", ["security.administer", "audit.read"])
def test_who_watches_changes_nothing(client, token, right, name):
    sign_in_with(client, right)
    just_signed_in(client)

    assert client.get(reverse(LIST)).status_code == client.get(to("token", token)).status_code == 200
    assert client.post(reverse(NEW) if name == "new" else to(name, token)).status_code == 404
    assert Token.objects.get().revoked_at is None


def test_i_end_what_i_answer_for_from_my_page(client, token):
    client.force_login(token.responsible)
    just_signed_in(client)

    assert "Service tokens you answer for" in client.get(reverse("my_tokens:tokens")).content.decode()
    client.post(reverse("my_tokens:revoke", args=[token.pk]))
    assert Token.objects.get().revoked_at is not None


def test_the_list_asks_the_same_whatever_its_length(client, keeper, django_assert_max_num_queries):
    counts = []
    for number in (1, 3):
        while Token.objects.count() < number:
            make_service_token(now=timezone.now() - timedelta(days=1))
        with django_assert_max_num_queries(40) as asked:
            client.get(reverse(LIST))
        counts.append(len(asked))

    assert counts[0] == counts[1]
