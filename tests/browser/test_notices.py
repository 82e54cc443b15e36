"""The inbox, its preferences and the preview of a mail, in Chromium."""

import pytest

from secretariat.foundation.accounts.actions import give_grant
from secretariat.foundation.notices.models import DeliveryChoice, Mark
from tests.browser.conftest import HOST
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.notices import declare_kinds, tell_one

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
declare_kinds()
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
INBOX = f"{HOST}/my/notices/"
CALL = {"call": {"en": "A call with a rather long name that has to be broken", "zh": "一项征集"}}


@pytest.fixture
def reader(client):
    account = make_account()
    tell_one(account, "ordered")
    tell_one(account, "opened", until="2022-07-01T16:00:00+00:00", **CALL)
    give_grant(account=account, right="desk.read", starts_on=TODAY, reason="", actor=INSTALLER, now=NOW)
    client.force_login(account)
    return account


PAGES = [
    "/my/notices/",
    "/my/notices/preferences/",
    "/desk/notices/",
    "/desk/notices/kinds/",
    "/desk/notices/kinds/opened/",
    "/desk/notices/jobs/",
]


@pytest.mark.parametrize(
    "window",
    [
        {},
        {"width": 360, "height": 780},
        {"width": 360, "height": 780, "locale": "zh-CN", "color_scheme": "dark"},
    ],
)
def test_the_pages_are_readable_by_everybody(client, reader, drive, window):
    from axe_playwright_python.sync_playwright import Axe

    def look(page):
        found, said = {}, []
        for path in PAGES:
            page.complaints.clear()  # axe asks the framed mail, which answers nobody, and that is complained of
            page.goto(HOST + path)
            said.extend(page.complaints)
            violations = Axe().run(page).response["violations"]
            found[path] = {v["id"] for v in violations if v["impact"] in ("serious", "critical")}
            assert page.evaluate(OVERFLOW) <= 0, path
        # Nobody streams in a test: the page asks, is refused, and stays as it is.
        return found, [text for text in said if "404" not in text]

    found, complaints = drive(look, client=client, **window)

    assert found == {path: set() for path in PAGES}
    assert complaints == []


def test_the_keyboard_opens_a_notice_and_reads_it(client, reader, drive):
    def look(page):
        page.goto(INBOX)
        page.locator(".inbox-subject").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/my/notices/*-*/")
        return page.locator("h1").inner_text()

    title = drive(look, client=client)

    assert title
    assert Mark.objects.exclude(read_at=None).filter(account=reader).count() == 1


def test_preferences_are_kept_without_scripts(client, reader, drive):
    def look(page):
        page.goto(INBOX + "preferences/")
        page.locator('input[name="group-tests"][value="daily"]').check()
        page.locator("form.preferences button").click()
        page.wait_for_load_state()
        return page.locator(".messages").inner_text()

    said = drive(look, client=client, java_script_enabled=False)

    assert "Your choice is kept." in said
    assert DeliveryChoice.objects.filter(account=reader, group="tests", delivery="daily").exists()
