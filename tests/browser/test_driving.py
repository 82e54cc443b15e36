"""The walk itself: what the browser asks for is answered by the application, forms and redirects included."""

import pytest

from tests.browser.conftest import HOST

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_a_link_is_followed_and_the_language_stays(drive):
    def walk(page):
        page.goto(f"{HOST}/")
        page.get_by_role("link", name="简体中文").click()
        page.get_by_role("link", name="历届档案", exact=True).first.click()
        return page.url, page.get_attribute("html", "lang"), page.complaints

    assert drive(walk) == (f"{HOST}/archive/", "zh-hans", [])
