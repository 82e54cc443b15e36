"""A list of the desk in a real browser: with htmx, by keyboard, without scripts, on a phone, and before axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories.people import make_affiliation, make_person
from tests.factories.places import make_place
from tests.factories.staff import sign_in_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LIST = "http://localhost/desk/people/"


@pytest.fixture
def reader(client):
    kenya = make_place("KE")
    for number in range(60):
        make_affiliation(make_person(f"Given{number:02d}", "Example", country=kenya if number % 2 else None))
    sign_in_with(client, "desk.read")
    return client


def names(page):
    return page.locator("tbody th").all_inner_texts()


def test_typing_sorting_and_paging_change_the_list_alone(drive, reader):
    def look(page):
        page.goto(LIST)
        page.evaluate("document.body.dataset.kept = 'yes'")
        page.get_by_role("link", name="Next").click()
        page.wait_for_url("**after=*")
        second = names(page)
        page.keyboard.press("/")
        page.keyboard.type("given07")
        page.wait_for_url("**/?q=given07")
        found = names(page)
        page.get_by_role("link", name="Number").click()
        page.wait_for_url("**sort=number")
        return second, found, page.evaluate("document.body.dataset.kept"), page.complaints

    second, found, kept, complaints = drive(look, client=reader)

    assert second == [f"Given{number:02d} Example" for number in range(50, 60)]
    assert found == ["Given07 Example"]
    assert kept == "yes" and complaints == []


def test_without_scripts_the_same_is_asked_by_a_button(drive, reader):
    def look(page):
        page.goto(LIST)
        page.get_by_text("Country or region", exact=True).first.click()
        page.get_by_label("Kenya").check()
        page.get_by_role("button", name="Apply").click()
        return page.url, len(names(page))

    url, count = drive(look, client=reader, java_script_enabled=False)

    assert "country=KE" in url and count == 30


@pytest.mark.parametrize("width", [360, 1440])
def test_a_list_fits_and_axe_finds_nothing_serious(drive, reader, width):
    def look(page):
        page.goto(LIST + "?q=given&country=KE")
        wide = page.evaluate("document.documentElement.scrollWidth")
        found = Axe().run(page).response["violations"]
        return wide, [v["id"] for v in found if v["impact"] in {"serious", "critical"}]

    wide, violations = drive(look, client=reader, width=width)

    assert wide <= width
    assert violations == []
