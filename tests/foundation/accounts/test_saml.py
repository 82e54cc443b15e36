"""Signing in over SAML: a provider that signs, our page, and whatever is wrong with an answer."""

import base64
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from lxml import etree

from secretariat.config.identities import saml
from secretariat.foundation.accounts.actions import change_email
from secretariat.foundation.accounts.models import Account
from secretariat.foundation.audit.models import Act
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.saml import EMAIL, ENTITY, SIGN_ON, UID, Provider, make_key, sign_out_asked

pytestmark = pytest.mark.django_db
HOST = "www.example.org"
LOGIN, BACK = "/sign-in/with/saml/saml/login/", "/sign-in/with/saml/saml/acs/"


@pytest.fixture(scope="module")
def house():
    return Provider()


@pytest.fixture(autouse=True)
def provider(settings, tmp_path, house):
    cache.clear()  # what the library knows of the provider of another test
    metadata = tmp_path / "metadata.xml"
    metadata.write_text(house.metadata(), encoding="utf-8")
    settings.ALLOWED_HOSTS = [HOST]
    settings.SOCIALACCOUNT_PROVIDERS = {"saml": saml(entity=ENTITY, metadata=metadata.as_uri(), name="House")}
    return house


@pytest.fixture
def client():
    return Client(headers={"host": HOST})


def begin(client):
    """Press the button, and return where the browser is sent."""
    begun = client.post(f"{LOGIN}?next=/my/account/")
    assert begun.headers["Location"].startswith(f"{SIGN_ON}?SAMLRequest=")
    return begun.headers["Location"]


def come_back(client, response):
    """Post what the provider gave to the browser, and follow to where it is read."""
    posted = client.post(BACK, {"SAMLResponse": response, "RelayState": ""})
    return client.get(posted.headers["Location"])


def is_in(client):
    return client.get("/my/account/").status_code == 200


def test_a_signed_assertion_opens_the_account_of_its_address(client, provider):
    account = make_account("ada@example.org")
    assert "Sign in with House" in client.get("/sign-in/").content.decode()

    answer = come_back(client, provider.answer(begin(client)))

    assert answer.headers["Location"] == "/my/account/" and is_in(client)
    assert Act.objects.get(verb="signed_in").detail["method"] == "socialaccount"
    known = SocialAccount.objects.get()
    assert (known.user, known.provider, known.uid) == (account, ENTITY, "person-1")


def test_from_then_on_the_providers_name_counts_and_not_the_address(client, provider):
    account = make_account("ada@example.org")
    come_back(client, provider.answer(begin(client)))
    client.post("/sign-out/")
    change_email(account=account, email="new@example.org", actor=make_actor(account=account), now=NOW)

    come_back(client, provider.answer(begin(client), attributes={EMAIL: "other@example.org"}))

    assert "new@example.org" in client.get("/my/account/").content.decode()


@pytest.mark.parametrize(
    "attributes",
    [{UID: "person-2", EMAIL: "stranger@example.org"}, {UID: "person-2", EMAIL: None}],
    ids=["a stranger", "no address"],
)
def test_nobody_becomes_an_account_that_way(client, provider, attributes):
    make_account("ada@example.org")

    answer = come_back(client, provider.answer(begin(client), attributes=attributes))

    assert "no account for it here" in answer.content.decode()
    assert Account.objects.count() == 1 and not is_in(client)


def test_a_second_step_stays(client, provider):
    TOTP.activate(make_account("ada@example.org"), "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

    answer = come_back(client, provider.answer(begin(client)))

    assert answer.headers["Location"] == "/sign-in/second-step/" and not is_in(client)


WRONG = {
    "signed by another": {"key": make_key},
    "not signed": {"signs": "nothing"},
    "signed around, not itself": {"signs": "response"},
    "for another audience": {"audience": "https://elsewhere.example.org/"},
    "for another address": {"recipient": f"http://{HOST}/elsewhere/"},
    "from another provider": {"issuer": "https://other.example.org/metadata"},
    "expired": {"after": -timedelta(hours=1)},
    "not yet valid": {"after": timedelta(hours=1)},
    "nobody asked for it": {"asked": ""},
    "another asked for it": {"asked": "ONELOGIN_made_up"},
    "it says no": {"status": "urn:oasis:names:tc:SAML:2.0:status:Responder"},
}


@pytest.mark.parametrize("wrong", list(WRONG))
def test_an_answer_that_is_wrong_opens_nothing(client, provider, caplog, wrong):
    make_account("ada@example.org")

    answer = come_back(client, provider.answer(begin(client), **WRONG[wrong]))

    assert answer.status_code < 500 and not is_in(client)
    assert not SocialAccount.objects.exists() and not Act.objects.filter(verb="signed_in").exists()
    assert "ada@example.org" not in answer.content.decode()


def test_what_was_changed_on_the_way_opens_nothing(client, provider):
    make_account("ada@example.org"), make_account("eve@example.org")
    response = provider.answer(begin(client), attributes={EMAIL: "eve@example.org"})
    tampered = _with(response, b"eve@example.org", b"ada@example.org")

    come_back(client, tampered)

    assert not is_in(client)


def test_an_assertion_put_beside_a_signed_one_is_not_believed(client, provider):
    """Signature wrapping: the signed assertion is hidden, and a made-up one stands where it is looked for."""
    make_account("ada@example.org"), make_account("eve@example.org")
    location = begin(client)
    signed = _tree(provider.answer(location, attributes={EMAIL: "eve@example.org", UID: "eve"}))
    forged = _tree(provider.answer(location, signs="nothing", id="_forged"))
    made_up = forged.find("{*}Assertion")
    signed.insert(list(signed).index(signed.find("{*}Assertion")), made_up)

    come_back(client, _coded(etree.tostring(signed)))

    assert not is_in(client)


def test_the_same_answer_twice_opens_nothing_the_second_time(client, provider):
    make_account("ada@example.org")
    response = provider.answer(begin(client))
    come_back(client, response)
    client.post("/sign-out/")

    come_back(client, response)
    assert not is_in(client)

    other = Client(headers={"host": HOST})
    come_back(other, response)
    assert not is_in(other)


def test_who_did_not_ask_is_not_signed_in_by_anothers_answer(client, provider):
    """Nobody is led into somebody else's account: the answer opens only the browser that asked."""
    make_account("ada@example.org")
    response, other = provider.answer(begin(client)), Client(headers={"host": HOST})
    begin(other)

    come_back(other, response)

    assert not is_in(other)


@pytest.mark.parametrize("response", ["", "no base64 %", "PGE+", "PCFET0NUWVBFIGE+PGEvPg=="])
def test_nonsense_is_refused_in_words(client, response):
    answer = come_back(client, response)

    assert "Signing in failed" in answer.content.decode() and not is_in(client)


@pytest.mark.parametrize("sent", ["SAMLRequest", "SAMLResponse"])
@pytest.mark.parametrize("nonsense", ["", "PGE+", "PCFET0NUWVBFIGE+PGEvPg=="])
def test_nonsense_signs_nobody_out(client, provider, sent, nonsense):
    make_account("ada@example.org")
    come_back(client, provider.answer(begin(client)))

    answer = client.get("/sign-in/with/saml/saml/sls/", {sent: nonsense})

    assert answer.status_code < 500 and is_in(client)


def test_a_link_that_nobody_signed_signs_nobody_out(client, provider):
    make_account("ada@example.org")
    come_back(client, provider.answer(begin(client)))
    out = "/sign-in/with/saml/saml/sls/"

    answer = client.get(out, {"SAMLRequest": sign_out_asked(f"http://{HOST}{out}")})

    assert "Signing in failed" in answer.content.decode() and is_in(client)


def test_what_the_provider_needs_to_know_is_told(client):
    told = etree.fromstring(client.get("/sign-in/with/saml/saml/metadata/").content)

    [service] = told.iter("{*}AssertionConsumerService")
    assert service.get("Location") == f"http://{HOST}{BACK}"
    assert next(told.iter("{*}SPSSODescriptor")).get("WantAssertionsSigned") == "true"


def _tree(response):
    return etree.fromstring(base64.b64decode(response))


def _coded(text):
    return base64.b64encode(text).decode()


def _with(response, before, after):
    return _coded(etree.tostring(_tree(response)).replace(before, after))
