"""The style guide in every window: each component in its states, readable by everybody."""

import pytest
from django.test import Client
from django.utils import translation

from tests.browser.conftest import HOST

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Query of the page, and the window it is looked at through.
WINDOWS = {
    "light": ("", {}),
    "dark": ("?theme=dark", {}),
    "chinese": ("", {"locale": "zh-CN"}),
    "turned round": ("?dir=rtl", {}),
    "phone": ("", {"width": 360, "height": 780}),
    "dark phone, turned round, in Chinese": (
        "?theme=dark&dir=rtl",
        {"locale": "zh-CN", "width": 360, "height": 780},
    ),
}


def asked(window):
    query, options = WINDOWS[window]
    answer = Client().get("/style/" + query, HTTP_ACCEPT_LANGUAGE=options.get("locale", "en-GB"))
    translation.deactivate()  # a request leaves its language behind in the thread
    assert answer.status_code == 200
    return {"/style/": answer}, options


@pytest.mark.parametrize("window", WINDOWS)
def test_every_component_is_readable(browse, window):
    from axe_playwright_python.sync_playwright import Axe

    served, options = asked(window)

    def look(page):
        page.goto(f"{HOST}/style/")
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        violations = Axe().run(page).response["violations"]
        serious = [
            (violation["id"], [node["html"][:200] for node in violation["nodes"]][:3])
            for violation in violations
            if violation["impact"] in ("serious", "critical")
        ]
        return max(0, page.evaluate(OVERFLOW)), page.complaints, serious

    assert browse(served, look, **options) == (0, [], [])


def test_the_windows_are_photographed(browse, tmp_path):
    def photograph(window):
        served, options = asked(window)

        def look(page):
            page.goto(f"{HOST}/style/")
            page.evaluate("document.fonts.ready")
            return page.screenshot(path=tmp_path / f"{window}.png", full_page=True, animations="disabled")

        return browse(served, look, reduced_motion="reduce", **options)

    pictures = {window: photograph(window) for window in WINDOWS}

    assert len(set(pictures.values())) == len(WINDOWS)
    assert {path.stem for path in tmp_path.iterdir()} == set(WINDOWS)


def test_a_phone_asked_for_night_is_dark_from_the_first_paint(browse):
    served, options = asked("dark")

    def grounds(page):
        page.goto(f"{HOST}/style/", wait_until="commit")
        page.wait_for_selector("h1")
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert browse(served, grounds, color_scheme="light", **options).startswith("oklch(0.185")


def test_a_dialog_opens_and_gives_the_focus_back(browse):
    served, options = asked("light")

    def walk(page):
        page.goto(f"{HOST}/style/")
        page.locator("html[data-enhanced]").wait_for()
        opener = page.get_by_role("link", name="Open a dialog")
        opener.click()
        dialog = page.get_by_role("dialog", name="Withdraw this submission?")
        opened = dialog.is_visible()
        page.keyboard.press("Escape")
        focused = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("d")  # its key, listed by "?"
        page.get_by_role("link", name="Cancel").click()
        return opened, focused, dialog.is_visible()

    assert browse(served, walk, **options) == (True, "Open a dialog", False)


def test_without_scripts_a_link_shows_the_dialog_and_another_leaves_it(browse):
    served, options = asked("light")

    def walk(page):
        page.goto(f"{HOST}/style/")
        page.get_by_role("link", name="Open a dialog").click()
        dialog = page.get_by_role("dialog", name="Withdraw this submission?")
        opened = dialog.is_visible()
        page.get_by_role("link", name="Cancel").click()
        return opened, dialog.is_visible()

    assert browse(served, walk, java_script_enabled=False, **options) == (True, False)


def test_a_question_mark_lists_the_keys_of_the_page(browse):
    served, options = asked("light")

    def walk(page):
        page.goto(f"{HOST}/style/")
        page.locator("html[data-enhanced]").wait_for()
        page.keyboard.press("?")
        return page.locator("#keys dt, #keys dd").all_inner_texts()

    assert browse(served, walk, **options) == [
        "?", "This list", "Esc", "Close a menu or a dialog", "d", "Open a dialog",
    ]  # fmt: skip


def test_a_menu_walks_by_arrows_and_closes_by_escape(browse):
    served, options = asked("light")

    def walk(page):
        page.goto(f"{HOST}/style/")
        page.locator("html[data-enhanced]").wait_for()
        page.locator("summary", has_text="Export").click()
        walked = []
        for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"):
            page.keyboard.press(key)
            walked.append(page.evaluate("document.activeElement.textContent"))
        page.keyboard.press("Escape")
        menu = page.locator(".style-menu")
        return walked, menu.get_attribute("open"), page.evaluate("document.activeElement.textContent")

    assert browse(served, walk, **options) == (
        ["As a table", "As a spreadsheet", "Print", "As a table"],
        None,
        "Export",
    )


def test_a_counter_says_how_much_is_too_much(browse):
    served, options = asked("light")

    def walk(page):
        page.goto(f"{HOST}/style/")
        page.locator("html[data-enhanced]").wait_for()
        field = page.get_by_label("What was achieved")
        line = page.locator("[data-counts=id_filled-summary]")
        counted = []
        for text in ("互联网\n", "x" * 601):
            field.fill(text)
            counted.append(line.inner_text())
        return counted, line.get_attribute("role")

    assert browse(served, walk, **options) == (
        ["5 of 600 characters", "601 of 600 characters: 1 too many"],
        "status",
    )
