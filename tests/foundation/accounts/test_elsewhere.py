"""Signing in over OpenID Connect, against a tiny provider on this machine."""

import base64
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount

from secretariat.foundation.accounts.actions import change_email
from secretariat.foundation.accounts.models import Account
from secretariat.foundation.audit.models import Act
from tests.factories.accounts import NOW, make_account, make_actor

pytestmark = pytest.mark.django_db
CLIENT, SECRET = "secretariat", "a secret shared with the provider of the tests"


class Provider(HTTPServer):
    """Knows one person, and gives a token to who shows the code and the verifier its challenge was made of."""

    person = {"sub": "person-1", "email": "ada@example.org", "email_verified": True}
    challenge = ""
    claims = {}  # what its token says otherwise

    @property
    def issuer(self):
        return f"http://localhost:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        issuer = self.server.issuer
        if self.path == "/.well-known/openid-configuration":
            names = ("authorization", "token", "userinfo")
            self.give(
                {"issuer": issuer, "jwks_uri": f"{issuer}/keys"}
                | {f"{n}_endpoint": f"{issuer}/{n}" for n in names}
            )
        elif self.path == "/userinfo" and self.headers["Authorization"] == "Bearer token-1":
            self.give(self.server.person)
        else:
            self.give({}, 404)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        verifier = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(verifier).rstrip(b"=").decode() != self.server.challenge:
            return self.give({"error": "invalid_grant"}, 400)
        claims = {**self.server.person, "iss": self.server.issuer, "aud": CLIENT, "exp": 4102444800, "iat": 0}
        claims |= self.server.claims
        token = jwt.encode(claims, SECRET, algorithm="HS256")
        return self.give({"access_token": "token-1", "token_type": "Bearer", "id_token": token})

    def give(self, content, status=200):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def provider(settings):
    server = Provider(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    app = {
        "provider_id": "oidc", "name": "House", "client_id": CLIENT, "secret": SECRET,
        "settings": {"server_url": server.issuer, "token_auth_method": "client_secret_post"},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def come_from(provider, client, **person):
    """Walk through the provider as this person and return what our page answers."""
    provider.person = Provider.person | person
    begun = client.post("/sign-in/with/oidc/oidc/login/?next=/my/account/")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begun.headers["Location"]).query).items()}
    assert begun.headers["Location"].startswith(f"{provider.issuer}/authorization?")
    provider.challenge = asked["code_challenge"]
    back = urlsplit(asked["redirect_uri"]).path
    return client.get(back, {"code": "code-1", "state": asked["state"]})


def test_a_verified_address_opens_its_account(client, provider):
    account = make_account("ada@example.org")
    page = client.get("/sign-in/").content.decode()

    answer = come_from(provider, client)

    assert "Sign in with House" in page
    assert answer.headers["Location"] == "/my/account/"
    assert client.get("/my/account/").status_code == 200
    assert Act.objects.get(verb="signed_in").detail["method"] == "socialaccount"
    assert SocialAccount.objects.get().user == account


def test_from_then_on_the_providers_name_counts_and_not_the_address(client, provider):
    account = make_account("ada@example.org")
    come_from(provider, client)
    client.post("/sign-out/")
    change_email(account=account, email="new@example.org", actor=make_actor(account=account), now=NOW)

    come_from(provider, client, email="other@example.org")

    assert "new@example.org" in client.get("/my/account/").content.decode()


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "person-2", "email": "stranger@example.org"},
        {"sub": "person-2", "email_verified": False},
        {"sub": "person-2", "email": None},
    ],
)
def test_nobody_becomes_an_account_or_takes_one_that_way(client, provider, person):
    make_account("ada@example.org")

    answer = come_from(provider, client, **person)

    assert "no account for it here" in answer.content.decode()
    assert Account.objects.count() == 1
    assert client.get("/my/account/").status_code == 302


def test_a_second_step_stays(client, provider):
    TOTP.activate(make_account("ada@example.org"), "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

    answer = come_from(provider, client)

    assert answer.headers["Location"] == "/sign-in/second-step/"


def test_a_state_that_was_not_given_here_is_refused(client, provider):
    make_account("ada@example.org")

    answer = client.get("/sign-in/with/oidc/oidc/login/callback/", {"code": "code-1", "state": "made-up"})

    assert "Signing in failed" in answer.content.decode()


@pytest.mark.parametrize(
    "claims",
    [{"aud": "another"}, {"iss": "http://other.example.org"}, {"exp": 1_600_000_000}],
    ids=["for another", "of another", "expired"],
)
def test_a_token_that_is_not_for_us_opens_nothing(client, provider, claims):
    make_account("ada@example.org")
    provider.claims = claims

    answer = come_from(provider, client)

    assert "Signing in failed" in answer.content.decode()
    assert client.get("/my/account/").status_code == 302 and not SocialAccount.objects.exists()


def test_the_same_answer_twice_opens_nothing_the_second_time(client, provider):
    make_account("ada@example.org")
    answer = come_from(provider, client)
    again = answer.wsgi_request.get_full_path()
    client.post("/sign-out/")

    refused = client.get(again)

    assert "Signing in failed" in refused.content.decode()
    assert client.get("/my/account/").status_code == 302


def test_a_get_from_elsewhere_begins_nothing(client, provider):
    assert client.get("/sign-in/with/oidc/oidc/login/").status_code == 200
    assert "House" in client.get("/sign-in/with/oidc/oidc/login/").content.decode()
