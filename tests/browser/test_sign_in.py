"""Coming in by the front door in a real browser: by keyboard, without JavaScript, and with a passkey."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from tests.browser.conftest import HOST
from tests.factories.accounts import make_account
from tests.foundation.accounts.test_sign_in import code_of, sign_in, totp_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def account():
    return make_account("ada@example.org")


@pytest.fixture
def client_of(account):
    client = Client(HTTP_HOST="localhost")
    sign_in(client, account)
    return client


def by_code(page):
    """Sign in with nothing but the keyboard."""
    page.goto(f"{HOST}/sign-in/?next=/my/account/")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type("ada@example.org")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/code/**")
    page.get_by_label("Code from the mail").focus()
    page.keyboard.type(code_of(mail.outbox[-1]))
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/account/")
    return page.locator("h1").inner_text()


@pytest.mark.parametrize("has_js", [True, False])
def test_a_code_by_keyboard_with_and_without_javascript(drive, account, has_js):
    def walk(page):
        return by_code(page), page.complaints

    assert drive(walk, java_script_enabled=has_js) == ("Account and sign-in", [])


def test_a_wrong_code_is_said_beside_the_field_which_has_the_focus_near(drive, account):
    def walk(page):
        page.goto(f"{HOST}/sign-in/")
        page.get_by_label("E-mail address").fill("ada@example.org")
        page.keyboard.press("Enter")
        page.get_by_label("Code from the mail").fill("WRONG")
        page.keyboard.press("Enter")
        page.wait_for_selector(".form-errors")
        return (
            page.locator(".form-errors").inner_text(),
            page.get_by_label("Code from the mail").get_attribute("aria-invalid"),
        )

    said, is_wrong = drive(walk)
    assert "This code is not right." in said
    assert is_wrong == "true"


def with_key(page):
    """Give the page's browser a device that keeps passkeys and knows its owner."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_opens_the_door(drive, account, client_of):
    def walk(page):
        with_key(page)
        page.goto(f"{HOST}/my/account/")
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_label("Name").fill("Laptop")
        page.get_by_role("button", name="Add the passkey").click()
        page.wait_for_url("**/my/account/codes/")
        page.goto(f"{HOST}/my/account/")
        listed = page.get_by_text("Laptop", exact=True).count()
        page.locator(".masthead-account summary").click()
        page.get_by_role("button", name="Sign out").click()
        page.goto(f"{HOST}/sign-in/?next=/my/account/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url(f"{HOST}/my/account/")
        return listed, page.locator("h1").inner_text(), page.complaints

    assert drive(walk, client=client_of) == (1, "Account and sign-in", [])
    assert {row.type for row in Authenticator.objects.all()} == {"webauthn", "recovery_codes"}


def test_an_app_is_added_by_its_key_and_asked_for(drive, account, client_of):
    def walk(page):
        page.goto(f"{HOST}/my/account/app/add/")
        seen = page.locator(".totp img").evaluate("image => image.naturalWidth > 100")
        code = totp_code(page.locator(".totp-key").inner_text())
        page.get_by_label("Code from the app").fill(code)
        page.keyboard.press("Enter")
        page.wait_for_url("**/my/account/codes/")
        recovery = page.locator(".codes code").first.inner_text()
        page.context.clear_cookies()
        return seen, recovery, page.complaints

    seen, recovery, complaints = drive(walk, client=client_of)
    assert (seen, complaints) == (True, [])

    def again(page):
        page.goto(f"{HOST}/sign-in/?next=/my/account/")
        page.get_by_label("E-mail address").fill("ada@example.org")
        page.keyboard.press("Enter")
        page.wait_for_url("**/sign-in/code/**")
        page.get_by_label("Code from the mail").fill(code_of(mail.outbox[-1]))
        page.keyboard.press("Enter")
        page.wait_for_url("**/second-step/")
        page.get_by_label("Code", exact=True).fill(recovery)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/my/"))
        return page.complaints

    assert drive(again) == []


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-in/password/", "/my/account/", "/my/assistants/"])
def test_nothing_is_wider_than_a_phone(drive, client_of, path):
    def look(page):
        page.goto(f"{HOST}{path}")
        return page.evaluate("document.documentElement.scrollWidth")

    assert drive(look, client=client_of if path.startswith("/my/") else None, width=360, height=740) <= 360
