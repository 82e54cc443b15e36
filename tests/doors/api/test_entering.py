"""Who comes in, and what everybody is told around an answer."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from secretariat.doors.api.entering import OF_ACCOUNT, OF_STRANGER, PERIOD
from secretariat.foundation.accounts.actions import set_active
from secretariat.foundation.accounts.actions.limits import hit
from secretariat.foundation.tokens.models import Token, Use
from tests.factories.accounts import INSTALLER, make_account
from tests.factories.tokens import make_token

pytestmark = pytest.mark.django_db


def test_what_is_public_needs_no_token(api, secret_of):
    assert api("/editions").status_code == 200
    assert api("/editions", secret_of("my.read")).status_code == 200


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer nothing", "Bearer sec_0a1b2c3d4e5f_no", "Basic eDp5", ""]
)
def test_a_token_that_does_not_hold_is_refused_everywhere(api, header):
    answer = api("/editions", HTTP_AUTHORIZATION=header)

    assert answer.status_code == 401
    assert answer.json()["type"] == "/api/v1/docs/#unauthenticated"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a_token_that_ran_out_or_whose_account_is_closed_is_refused(api):
    now = timezone.now()
    token, secret = make_token(now=now)
    _old, old = make_token(now=now - timedelta(days=91))

    assert (api("/editions", secret).status_code, api("/editions", old).status_code) == (200, 401)
    set_active(account=token.account, is_active=False, reason="Left", actor=INSTALLER, now=now)
    assert api("/editions", secret).status_code == 401


def test_the_day_of_use_is_kept(api, secret_of):
    api("/editions", secret_of())

    assert list(Use.objects.values_list("token", "last_on")) == [
        (Token.objects.get().pk, timezone.now().date())
    ]


def test_every_answer_tells_the_limit_and_its_number(api, secret_of):
    stranger, owner = api("/editions"), api("/editions", secret_of())

    assert stranger.headers["RateLimit-Policy"] == f'"requests";q={OF_STRANGER};w=60'
    assert stranger.headers["RateLimit"].startswith(f'"requests";r={OF_STRANGER - 1};t=')
    assert owner.headers["RateLimit-Policy"] == f'"requests";q={OF_ACCOUNT};w=60'
    assert len(stranger.headers["X-Request-ID"]) >= 8


def test_one_too_many_is_told_when_to_come_again(api, secret_of):
    secret = secret_of()
    key = f"api:{Token.objects.get().pk}"
    for _ in range(OF_ACCOUNT):
        hit(key, OF_ACCOUNT, PERIOD, timezone.now())
    answer = api("/editions", secret)

    assert (answer.status_code, answer.json()["type"]) == (429, "/api/v1/docs/#too-many")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert api("/editions").status_code == 200


def test_guessing_tokens_is_counted_as_a_strangers_asking(api):
    for _ in range(OF_STRANGER):
        hit("api:127.0.0.1", OF_STRANGER, PERIOD, timezone.now())

    assert api("/editions", "sec_0a1b2c3d4e5f_guess").status_code == 429


def test_what_the_reader_has_is_not_sent_again(api):
    first = api("/places")
    again = api("/places", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    other = api("/places", HTTP_IF_NONE_MATCH='"other"')

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["RateLimit"] and again.headers["ETag"] == first.headers["ETag"]
    assert other.status_code == 200


def test_caches_keep_apart_what_is_for_one_reader(api, secret_of):
    assert api("/places").headers["Cache-Control"] == "no-cache"
    owner = api("/places", secret_of())
    assert owner.headers["Cache-Control"] == "private, no-store"
    assert {"Accept-Language", "Authorization", "Cookie"} <= {
        name.strip() for name in owner.headers["Vary"].split(",")
    }


def test_a_session_reads_as_the_browser_does():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_account())

    assert client.get("/api/v1/places").headers["RateLimit-Policy"] == f'"requests";q={OF_ACCOUNT};w=60'
    answer = client.post("/api/v1/places", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["type"]) == (403, "/api/v1/docs/#not-allowed")
