"""A box for a number or a name, by keyboard and by pointer; and what it says of itself to a screen reader."""

import pytest
from django.test import Client

from tests.browser.conftest import HOST
from tests.factories.correspondence import make_staff
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LINES = ".suggested:not([hidden]) [role=option]"
READY = "html[data-enhanced]"
PAGE = f"{HOST}/desk/letters/in/new/"


@pytest.fixture
def client():
    client = Client()
    client.force_login(make_staff().account)
    return client


def opened(page):
    page.goto(PAGE)
    page.locator(READY).wait_for()
    return page.get_by_role("combobox", name="Organisation")


def test_one_is_chosen_by_keyboard(drive, client):
    first, second = make_organisation("Birch Institute"), make_organisation("Birch University")

    def walk(page):
        box = opened(page)
        before = box.get_attribute("aria-expanded")
        box.press_sequentially("birch")
        page.locator(LINES).first.wait_for()
        shown = page.locator(LINES).count()
        box.press("ArrowDown"), box.press("ArrowDown")
        active = page.locator(f"#{box.get_attribute('aria-activedescendant')}").inner_text()
        during = box.get_attribute("aria-expanded")
        box.press("Enter")
        return before, during, shown, active, box.input_value(), page.url, page.complaints

    before, during, shown, active, value, url, complaints = drive(walk, client=client)
    assert (before, during, shown, complaints, url) == ("false", "true", 2, [], PAGE)
    assert second.ref.number in active and value == f"{second.ref.number} Birch University"
    assert first.ref.number not in value


def test_one_is_chosen_by_pointer_and_escape_puts_the_list_away(drive, client):
    birch = make_organisation("Birch Institute")

    def walk(page):
        box = opened(page)
        box.press_sequentially("birch")
        page.locator(LINES).first.wait_for()
        box.press("Escape")
        away, kept = page.locator(LINES).count(), box.input_value()
        box.press_sequentially(" i")
        page.locator(LINES).first.click()
        return away, kept, box.input_value()

    assert drive(walk, client=client) == (0, "birch", f"{birch.ref.number} Birch Institute")
