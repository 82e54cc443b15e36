"""From the call to a receipt in a real browser: by the keyboard alone, and without scripts."""

import pytest
from django.test import Client
from django.urls import reverse

from secretariat.summit.calls.models import Receipt, Submission
from tests.factories.calls import make_applicant
from tests.factories.places import make_place
from tests.journeys.test_apply import open_now

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HOST = "http://localhost"
STEPS = 120  # no control is further away than this


@pytest.fixture
def signed_in():
    make_place("SE")
    person, _actor = make_applicant()
    client = Client()
    client.force_login(person.account)
    return client


def reach(page, selector):
    """Walk on with the Tab key until the control has the focus."""
    for _step in range(STEPS):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_by_the_keyboard_alone_from_the_call_to_the_receipt(drive, signed_in):
    call = open_now()

    def walk(page):
        page.goto(HOST + reverse("my_calls:call", args=[call.key]))
        reach(page, "input[name='begun-before']")
        page.keyboard.type("01012020")
        reach(page, "form[method='get'] .button--main")
        page.keyboard.press("Enter")
        page.wait_for_url("**/*begun-before=*")
        reach(page, "input[name='organisation']")
        page.keyboard.press("Space")
        reach(page, "form[action$='/start/'] .button--main")
        page.keyboard.press("Enter")
        page.wait_for_url("**/write/")
        for name, text in (
            ("title_en", "Example"),
            ("title_zh", "示例"),
            ("summary_en", "A."),
            ("summary_zh", "一。"),
        ):
            reach(page, f"[name='{name}']")
            page.keyboard.insert_text(text)
        reach(page, "[data-places-search]")
        page.keyboard.insert_text("swed")
        page.keyboard.press("Enter")
        reach(page, "button[value='preview']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/preview/")
        reach(page, "button[value='submit']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/receipts/1/")
        return page.inner_text("h1"), page.inner_text(".receipt"), page.complaints

    heading, told, complaints = drive(walk, client=signed_in)

    receipt = Receipt.objects.get()
    assert heading == "It is handed in"
    assert receipt.number in told
    assert receipt.version.content["countries"] == ["SE"]
    assert complaints == []


def test_without_scripts_from_the_call_to_the_receipt(drive, signed_in):
    call = open_now()

    def walk(page):
        page.goto(HOST + reverse("my_calls:call", args=[call.key]))
        page.fill("input[name='begun-before']", "2020-01-01")
        page.click("form[method='get'] .button--main")
        page.click("form[action$='/start/'] .button--main")
        page.fill("[name='title_en']", "Example")
        page.fill("[name='summary_en']", "An example.")
        page.check("input[name='countries'][value='SE']")
        page.click("button[value='more:people']")
        rows = page.locator("[data-row]").count()
        page.fill("[name='people-0-name_en']", "Example Person")
        page.click("button[value='preview']")
        page.click("button[value='submit']")
        return rows, page.inner_text("h1")

    rows, heading = drive(walk, client=signed_in, java_script_enabled=False)

    assert (rows, heading) == (4, "It is handed in")
    assert Receipt.objects.get().version.content["people"] == [{"name_en": "Example Person"}]


def test_the_page_saves_itself_and_says_so(drive, signed_in):
    call = open_now()
    path = signed_in.post(
        reverse("my_calls:start", args=[call.key]), {"begun-before": "2020-01-01", "organisation": ""}
    )["Location"]

    def walk(page):
        page.goto(HOST + path)
        page.fill("[name='title_en']", "Kept by itself")
        page.focus("[name='summary_en']")
        page.locator("[data-autosave-state]").filter(has_text="Saved").wait_for()
        return page.complaints

    assert drive(walk, client=signed_in) == []
    assert Submission.objects.get().draft["title"] == {"en": "Kept by itself"}


@pytest.mark.parametrize("width", [360, 1440])
def test_no_page_is_wider_than_its_window(drive, signed_in, width):
    call = open_now()
    path = signed_in.post(
        reverse("my_calls:start", args=[call.key]), {"begun-before": "2020-01-01", "organisation": ""}
    )["Location"]
    paths = [reverse("my:home"), reverse("my:roles"), reverse("my_calls:submissions"), path]
    paths += [path.replace("write", name) for name in ("preview", "partners", "withdraw")]
    paths += [path.removesuffix("write/"), reverse("my_calls:call", args=[call.key])]

    def walk(page):
        wide = {}
        for each in paths:
            page.goto(HOST + each)
            wide[each] = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        return wide, page.complaints

    assert drive(walk, client=signed_in, width=width) == (dict.fromkeys(paths, False), [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(drive, signed_in, scheme):
    from axe_playwright_python.sync_playwright import Axe

    call = open_now()
    path = signed_in.post(
        reverse("my_calls:start", args=[call.key]), {"begun-before": "2020-01-01", "organisation": ""}
    )["Location"]
    paths = [reverse("my:home"), reverse("my_calls:submissions"), f"{path}?check=1"]
    paths += [path.replace("write", name) for name in ("preview", "partners", "withdraw")]
    paths += [
        path.removesuffix("write/"),
        f"{reverse('my_calls:call', args=[call.key])}?begun-before=2023-01-01",
    ]

    def walk(page):
        found = {}
        for each in paths:
            page.goto(HOST + each, wait_until="networkidle")
            bad = [
                v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")
            ]
            found[each] = [(v["id"], v["nodes"][0]["html"][:120]) for v in bad]
        return found

    assert drive(walk, client=signed_in, color_scheme=scheme) == {each: [] for each in paths}
