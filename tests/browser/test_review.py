"""From the queue to a handed-in review in Chromium: by keyboard alone, without scripts, on a phone, in Chinese."""

import pytest
from django.test import Client
from django.urls import reverse

from secretariat.summit.review.models import Conflict, Review, ReviewDraft
from tests.browser.conftest import HOST
from tests.factories.calls import CRITERIA
from tests.factories.review import (
    assignments_of,
    declare_all,
    freeze,
    make_call_in_review,
    make_conflict,
    make_desk,
    make_matching,
    make_reviewed_call,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def client_of(person):
    client = Client()
    client.force_login(person.account)
    return client


@pytest.fixture
def play():
    """A reader with two items, both open to her."""
    call, members = make_call_in_review(2, members=2, readers=2)
    make_matching(call)
    declare_all(call, members)
    return call, members[1]


def handed_in(reviewer):
    return sorted(
        (review.scores["depth"], review.scores["benefit"], review.comment)
        for review in Review.objects.filter(assignment__reviewer=reviewer)
    )


def test_by_keyboard_alone(drive, play):
    _call, reader = play

    def walk(page):
        page.goto(f"{HOST}{reverse('my_review:queue')}", wait_until="networkidle")
        page.keyboard.press("r")  # begin reading
        page.wait_for_selector("form[data-reading]")
        first = page.url
        page.wait_for_timeout(300)
        page.keyboard.press("8")  # the first criterion, then the next
        page.keyboard.press("0")
        page.keyboard.type("Read on a train.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # the button after the words hands in
        page.wait_for_url(lambda url: url != first)
        return first, page.url, page.complaints

    first, second, complaints = drive(walk, client=client_of(reader))
    assert handed_in(reader) == [(8, 10, "Read on a train.")]
    assert "/items/" in second and second != first
    assert complaints == []


def test_without_scripts(drive, play):
    _call, reader = play

    def walk(page):
        page.goto(f"{HOST}{reverse('my_review:queue')}")
        page.get_by_role("link", name="Begin reading").click()
        page.wait_for_url("**/items/**")
        for _item in range(2):
            before = page.url
            for radio in page.locator("fieldset[data-criterion]").all():
                radio.get_by_role("radio", name="6").check()
            page.get_by_label("Comment to the committee").fill("Without scripts.")
            page.get_by_role("button", name="Hand in and go on").click()
            page.wait_for_url(lambda url, before=before: url != before)
        return page.url, page.text_content("h1")

    url, heading = drive(walk, client=client_of(reader), java_script_enabled=False)
    assert handed_in(reader) == [(6, 6, "Without scripts.")] * 2
    assert url.endswith("/done/")
    assert "Thank you" in heading


def test_what_is_written_is_kept_by_itself(drive, play):
    _call, reader = play

    def walk(page):
        page.goto(f"{HOST}{reverse('my_review:queue')}")
        page.get_by_role("link", name="Begin reading").click()
        page.wait_for_selector("form[data-reading]")
        page.wait_for_load_state("networkidle")
        page.keyboard.press("3")
        # The score is being saved by itself meanwhile, so the comment goes with the next saving.
        with page.expect_response(lambda answer: "Half a thought" in (answer.request.post_data or "")):
            page.get_by_label("Comment to the committee").fill("Half a thought")
            page.get_by_label("Comment to the committee").blur()
        page.wait_for_selector("[data-autosave-state]:has-text('Saved')")
        return page.complaints

    assert drive(walk, client=client_of(reader)) == []
    draft = ReviewDraft.objects.get()
    assert (draft.scores, draft.comment) == ({"depth": 3}, "Half a thought")


def test_the_keys_change_the_item(drive, play):
    _call, reader = play

    def walk(page):
        page.goto(f"{HOST}{reverse('my_review:queue')}", wait_until="networkidle")
        page.keyboard.press("r")
        page.wait_for_selector("form[data-reading]")
        page.wait_for_load_state("networkidle")
        first = page.url
        page.keyboard.press("n")
        page.wait_for_url(lambda url: url != first)
        page.wait_for_load_state("networkidle")
        page.locator("input[type=radio]").first.focus()
        page.keyboard.press("p")
        page.wait_for_url(first)
        return True

    assert drive(walk, client=client_of(reader))


@pytest.mark.parametrize("width", [360, 1440])
def test_what_scores_mean_makes_no_form_longer_on_a_phone(drive, width):
    words = {str(n): {"en": f"Meaning of {n}.", "zh": f"{n} 的含义。"} for n in (1, 4, 7, 10)}
    call, _members = make_call_in_review(1, criteria=[{**row, "anchors": words} for row in CRITERIA])
    make_matching(call)
    row = assignments_of(call)[0]
    path = reverse("my_review:read", args=[call.key, "recommended", row.submission.ref.number])

    def walk(page):
        page.goto(f"{HOST}{path}", wait_until="networkidle")
        at_once = page.get_by_text("Meaning of 7.").first.is_visible()
        if not at_once:
            page.get_by_text("What the scores mean").first.click()
        return at_once, page.get_by_text("Meaning of 7.").first.is_visible(), page.evaluate(OVERFLOW)

    assert drive(walk, client=client_of(row.reviewer), width=width) == (width > 1000, True, 0)


def test_how_sure_she_is_is_no_criterion_for_the_keys(drive, play):
    _call, reader = play

    def walk(page):
        page.goto(f"{HOST}{reverse('my_review:queue')}", wait_until="networkidle")
        page.keyboard.press("r")
        page.wait_for_selector("form[data-reading]")
        page.wait_for_timeout(300)
        page.locator("[data-sure] input").first.focus()
        page.keyboard.press("3")
        checked = "document.querySelectorAll('form[data-reading] input[type=radio]:checked')"
        return page.evaluate(f"[...{checked}].map((radio) => [radio.name, radio.value])")

    assert drive(walk, client=client_of(reader)) == [["confidence", "3"]]


@pytest.fixture
def pages():
    """Every page of the reviews with something on it, and who looks at it."""
    call, members = make_call_in_review(2, members=3, readers=2)
    make_matching(call, signed=False)
    declare_all(call, members[1:])
    staff = make_desk("desk.run")
    reading = next(a for a in assignments_of(call) if a.reviewer != members[0])
    make_conflict(members[0], call.submissions.order_by("ref__number").last())
    frozen, chairs = make_reviewed_call(3)
    freeze(frozen)
    at = [call.key, "recommended"]
    number = reading.submission.ref.number
    return {
        reading.reviewer: [reverse("my_review:queue"), reverse("my_review:read", args=[*at, number])],
        members[0]: [reverse("my_review:declare", args=[call.key])],
        chairs[0]: [reverse("my_review:lists"), reverse("my_review:decide", args=[frozen.key, "recommended"])],
        staff: [
            reverse("desk_review:calls"), reverse("desk_review:call", args=[call.key]),
            reverse("desk_review:conflicts", args=[call.key]), reverse("desk_review:readings", args=at),
            reverse("desk_review:item", args=[call.key, number]),
            reverse("desk_review:list", args=[frozen.key, "recommended"]),
        ],
    }  # fmt: skip


WINDOWS = {
    "desk": {},
    "phone": {"width": 360, "height": 780, "locale": "zh-CN"},
    "dark": {"color_scheme": "dark"},
}


@pytest.mark.parametrize("window", WINDOWS)
def test_every_page_is_readable_by_everybody(drive, pages, window):
    from axe_playwright_python.sync_playwright import Axe

    found = {}
    for person, paths in pages.items():

        def look(page, paths=paths):
            for path in paths:
                page.goto(HOST + path)
                serious = [
                    (v["id"], [n["html"] for n in v["nodes"]][:3])
                    for v in Axe().run(page).response["violations"] if v["impact"] in {"serious", "critical"}
                ]  # fmt: skip
                told = [*serious, *page.complaints, *(["overflow"] if page.evaluate(OVERFLOW) > 0 else [])]
                page.complaints.clear()
                if told:
                    found[path] = told

        drive(look, client=client_of(person), **WINDOWS[window])
    assert found == {}


def test_stepping_aside_by_keyboard(drive, play):
    _call, reader = play

    def walk(page):
        page.goto(f"{HOST}{reverse('my_review:queue')}", wait_until="networkidle")
        page.keyboard.press("r")
        page.wait_for_selector("form[data-reading]")
        first = page.url
        page.get_by_text("I may not judge this item").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("My neighbour.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url != first)

    drive(walk, client=client_of(reader))
    assert [(c.person_id, c.explanation) for c in Conflict.objects.all()] == [(reader.pk, "My neighbour.")]
