"""What waits for the system administrator because of programs."""

from datetime import timedelta

import pytest

from secretariat.doors.api.duties import duties
from secretariat.foundation.accounts.actions import set_active
from secretariat.foundation.tokens.actions import renew_token
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.factories.tokens import make_service_token, make_token

pytestmark = pytest.mark.django_db


def keeper():
    return make_actor("system.administer", account=make_account())


def waits(actor, now, door="my"):
    return [(duty.key.partition(":")[0], duty.due) for duty in duties(actor, door, now)]


def test_what_ends_soon_waits_until_it_is_renewed():
    token, _secret = make_service_token(days=20)
    make_token(days=20)

    assert waits(keeper(), NOW) == []
    at = NOW + timedelta(days=6)
    assert waits(keeper(), at) == [("token-ends", token.expires_at)]
    assert waits(keeper(), at, "desk") == []
    renew_token(token=token, days=90, actor=keeper(), now=at)
    assert waits(keeper(), at) == []


def test_somebody_answers_for_each():
    token, _secret = make_service_token()
    set_active(account=token.responsible, is_active=False, reason="Left", actor=INSTALLER, now=NOW)

    assert waits(keeper(), NOW) == [("token-left", None)]


@pytest.mark.parametrize("right", ["desk.run", "security.administer", "audit.read"])
def test_it_waits_for_nobody_else(django_assert_num_queries, right):
    make_service_token(days=1)
    actor = make_actor(right, account=make_account())

    with django_assert_num_queries(0):
        assert waits(actor, NOW) == []
