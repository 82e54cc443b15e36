"""Every public page in Chromium: readable by everybody, on a phone, in Chinese, in the dark, turned round."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from secretariat.registry.organisations.actions import name_host
from tests.browser.conftest import HOST
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.calls import make_open_call
from tests.factories.membership import make_member
from tests.factories.organisations import make_organisation
from tests.factories.places import make_group, make_place
from tests.factories.selections import make_selection

# The mark has the database made; the pages themselves are asked for once, in `site`.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WINDOWS = {
    "desk": {},
    "phone": {"width": 360, "height": 780},
    "chinese": {"locale": "zh-CN", "width": 360, "height": 780},
    "dark": {"color_scheme": "dark"},
}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Every public page of a played selection, in both languages, asked for once. Nothing stays in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        play, call, member = make_house()
        everything = paths(play, call, member)
        pages = {
            locale: {path: Client().get(path, HTTP_ACCEPT_LANGUAGE=locale) for path in everything}
            for locale in ("en-GB", "zh-CN")
        }
        transaction.set_rollback(True)
    translation.deactivate()  # a request leaves its language behind in the thread
    return SimpleNamespace(
        pages=pages, call=play.call.key, title=play.title(0), closes=call.closes_at, open=call.key
    )


def make_house():
    name_host(
        organisation=make_organisation("Example Conference", name_zh="示例大会"),
        disclaimer={"en": "Not affiliated.", "zh": "没有隶属关系。"},
        simulated={"en": "Simulated: invented names.", "zh": "模拟数据。"}, actor=INSTALLER, now=NOW,
    )  # fmt: skip
    make_group("europe", make_place("SE"))
    member = make_member(organisation=make_organisation(country=make_place("SE")))
    make_selection("assigned")
    opens = timezone.now() - timedelta(days=1)
    call = make_open_call(opens_at=opens, closes_at=opens + timedelta(days=30))
    return make_selection(refuse={2: "It was shown elsewhere."}), call, member


LISTS = ("front", "calls", "selections", "honours", "members", "places", "topics", "archive", "log")


def paths(play, call, member):
    first, key = play.submissions[0], play.call.key
    things = (
        ("entry", key, first.ref.number), ("selection", key), ("call", key), ("call", call.key), ("place", "se"),
        ("member", member.ref.number), ("topic", first.topic.key), ("edition", play.call.edition.ref.number),
    )  # fmt: skip
    pages = [reverse(f"site:{name}") for name in LISTS]
    return [*pages, *(reverse(f"site:{name}", args=args) for name, *args in things), "/nowhere/"]


def on_each(pages, look):
    """Go to each page and return what ``look(page)`` finds there, where it finds something."""

    def go(page):
        found = {}
        for path in pages:
            page.goto(HOST + path)
            found[path] = look(page)
        return {path: value for path, value in found.items() if value}

    return go


@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing_serious(browse, site, window):
    from axe_playwright_python.sync_playwright import Axe

    pages = site.pages[WINDOWS[window].get("locale", "en-GB")]

    def serious(page):
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        violations = Axe().run(page).response["violations"]
        return [
            (violation["id"], [node["html"] for node in violation["nodes"]][:3])
            for violation in violations
            if violation["impact"] in ("serious", "critical")
        ]

    assert browse(pages, on_each(pages, serious), **WINDOWS[window]) == {}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_sticks_out_on_a_phone(browse, site, direction):
    def overflow(page):
        page.evaluate(f"document.documentElement.dir = '{direction}'")
        return max(0, page.evaluate(OVERFLOW))

    assert browse(site.pages["en-GB"], on_each(site.pages["en-GB"], overflow), **WINDOWS["phone"]) == {}


def test_no_page_breaks_its_own_policy(browse, site):
    def complaints(page):
        on_each(site.pages["en-GB"], lambda page: None)(page)
        return [text for text in page.complaints if "404" not in text]

    assert browse(site.pages["en-GB"], complaints) == []


def test_a_breach_of_the_policy_would_be_seen(browse, site):
    def complaints(page):
        page.goto(HOST + "/")
        page.evaluate("document.body.setAttribute('style', 'color: red')")
        page.wait_for_timeout(100)
        return page.complaints

    assert "Content Security Policy" in " ".join(browse(site.pages["en-GB"], complaints))


WAYS = {
    "by the question": ["How were these chosen?", "See the list", None],
    "by the number": ["Recommended", "See the list", None],
    "by the honours": ["Honours", None],
}


@pytest.mark.parametrize("way", WAYS)
def test_four_clicks_without_scripts_lead_to_why_an_item_is_on_the_list(browse, site, way):
    """Every click is one; the item stands for None. Where it ends, the rule, the office and the log entry are told."""
    clicks = [name or site.title for name in WAYS[way]]
    pages = site.pages["en-GB"]
    chosen = {**pages, "/": pages["/"]}

    def click_through(page):
        page.goto(HOST + "/")
        for name in clicks:
            page.get_by_role("main").or_(page.get_by_role("navigation")).get_by_role(
                "link", name=name
            ).first.click()
        why = page.get_by_role("region", name="Why is it on the list?")
        return why.is_visible() and [
            word in why.inner_text() for word in ("by calibrated score", "(Chair)", "Log entry")
        ]

    assert len(clicks) <= 4
    assert browse(chosen, click_through, java_script_enabled=False) == [True, True, True]


@pytest.mark.parametrize(
    ("zone", "told"), [("America/New_York", True), ("Asia/Shanghai", False), ("UTC", False)]
)
def test_a_call_closes_at_the_readers_own_time_too(browse, site, zone, told):
    def beside(page):
        page.goto(HOST + reverse("site:call", args=[site.open]))
        return (
            page.locator("[data-local-time]").inner_text()
            if page.locator("[data-local-time]").is_visible()
            else ""
        )

    words = browse(site.pages["en-GB"], beside, timezone_id=zone)

    assert bool(words) == told
    assert words.startswith(" · where you are: ") or not told


def test_the_keyboard_reaches_the_content_at_once(browse, site):
    def tab(page):
        page.goto(HOST + "/")
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        return first, page.evaluate("document.activeElement.id")

    assert browse(site.pages["en-GB"], tab) == ("Skip to the content", "main")


def test_the_front_page_says_everything_in_one_screen(browse, site):
    def lowest(page):
        page.goto(HOST + "/")
        box = page.get_by_text("Not affiliated.").bounding_box()
        return box["y"] + box["height"]

    assert browse(site.pages["en-GB"], lowest, width=1440, height=900) <= 900


def test_on_paper_the_page_is_light_and_keeps_its_warning(browse, site):
    path = reverse("site:selection", args=[site.call])

    def printed(page):
        page.goto(HOST + path)
        page.emulate_media(media="print")
        return (
            page.get_by_text("Simulated: invented names.").is_visible(),
            page.get_by_role("navigation", name="Main").is_visible(),
            page.evaluate("getComputedStyle(document.body).color"),
        )

    warned, navigates, ink = browse(site.pages["en-GB"], printed, color_scheme="dark")
    assert (warned, navigates) == (True, False)
    assert ink.startswith("oklch(0.215")
