from datetime import timedelta
from uuid import uuid4

import pytest

from secretariat.foundation.accounts.actions import set_active
from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.models import Notice
from secretariat.foundation.tokens.actions import MOST_TOKENS, note_use, revoke_token
from secretariat.foundation.tokens.actions import make_token as make
from secretariat.foundation.tokens.models import Token, Use
from secretariat.foundation.tokens.queries import token_of, tokens_of
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.factories.tokens import make_token

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def test_a_secret_opens_its_token_and_is_kept_nowhere():
    token, secret = make_token("public.read", "my.read")

    assert token_of(secret, LATER) == token
    assert secret.startswith(f"sec_{token.head}_")
    kept = [str(value) for row in Token.objects.values() for value in row.values()]
    assert not any(secret in value or secret.rpartition("_")[2] in value for value in kept)


def test_making_one_is_kept_and_told():
    token, _secret = make_token("my.read", name="Export")

    act = Act.objects.get(verb="token_made")
    assert (act.subject_id, act.detail) == (token.pk, {"scopes": ["my.read"]})
    assert list(Notice.objects.values_list("account", "kind", "data")) == [
        (token.account_id, "token_made", {"token": "Export"})
    ]


@pytest.mark.parametrize("wrong", ["", "sec_", "sec_0a1b2c3d4e5f_", "sec_0a1b2c3d4e5f_guess", "Bearer", "\0"])
def test_what_is_no_secret_opens_nothing(wrong):
    make_token()

    assert token_of(wrong, LATER) is None


def test_the_head_alone_opens_nothing():
    token, secret = make_token()

    assert token_of(f"sec_{token.head}_guessed", LATER) is None
    assert token_of(secret + "x", LATER) is None


def test_it_dies_with_its_day():
    _token, secret = make_token(days=30)

    assert token_of(secret, NOW + timedelta(days=30, seconds=-1)) is not None
    assert token_of(secret, NOW + timedelta(days=30)) is None


def test_it_dies_with_its_account():
    token, secret = make_token()
    set_active(account=token.account, is_active=False, reason="Left", actor=INSTALLER, now=LATER)

    assert token_of(secret, LATER) is None


def test_it_dies_when_its_owner_ends_it_and_once():
    token, secret = make_token()
    owner = make_actor(account=token.account)
    revoke_token(token=token, actor=owner, now=LATER)

    assert token_of(secret, LATER) is None
    with pytest.raises(WrongState):
        revoke_token(token=token, actor=owner, now=LATER)


def test_nobody_ends_the_token_of_another():
    token, _secret = make_token()

    with pytest.raises(NotAllowed):
        revoke_token(token=token, actor=make_actor("desk.run", account=make_account()), now=LATER)


@pytest.mark.parametrize(
    "who",
    [
        {"account": None},
        {"acting_for_id": uuid4()},
        {"door": "api"},
    ],
)
def test_a_token_is_made_in_person_on_a_page(who):
    named = {"account": make_account(), **who}

    with pytest.raises(NotAllowed):
        make(name="X", scopes=["public.read"], days=30, actor=make_actor(**named), now=NOW)


@pytest.mark.parametrize(
    ("scopes", "rights"),
    [
        ([], ["desk.run"]),
        (["desk.read"], []),
        (["desk.run"], ["desk.read"]),
        (["public.read", "desk.run"], []),
        (["security.administer"], ["security.administer"]),
    ],
)
def test_nobody_gives_a_scope_she_does_not_have(scopes, rights):
    actor = make_actor(*rights, account=make_account())

    with pytest.raises(ValueError, match="scope"):
        make(name="X", scopes=scopes, days=30, actor=actor, now=NOW)


@pytest.mark.parametrize("days", [0, 366])
def test_a_token_holds_for_a_year_at_most(days):
    with pytest.raises(ValueError, match="year"):
        make_token(days=days)


def test_nobody_holds_more_than_twenty():
    account = make_account()
    for _ in range(MOST_TOKENS):
        make_token(account=account)

    with pytest.raises(ValueError, match="20"):
        make_token(account=account)
    assert len(tokens_of(make_actor(account=account))) == MOST_TOKENS


def test_use_is_kept_by_the_day(django_assert_num_queries):
    token, secret = make_token()
    note_use(token=token_of(secret, NOW), now=NOW)

    again = token_of(secret, NOW)
    with django_assert_num_queries(0):
        note_use(token=again, now=NOW + timedelta(hours=1))
    note_use(token=again, now=LATER)
    assert list(Use.objects.values_list("token", "last_on")) == [(token.pk, LATER.date())]


def test_i_see_my_tokens_alone(django_assert_num_queries):
    token, _secret = make_token()
    make_token()

    with django_assert_num_queries(1):
        assert tokens_of(make_actor(account=token.account)) == [token]
