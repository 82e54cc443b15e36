"""A delegate votes on her phone in Chromium: in Chinese, and by the keyboard alone."""

import pytest
from django.test import Client
from django.urls import reverse

from secretariat.governance.ballots.models import Vote
from tests.browser.conftest import HOST
from tests.factories.ballots import make_council, make_open_ballot

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUSED = "document.activeElement.innerText.trim()"
MOST = 60  # presses of Tab from the top of a page to anything on it


def tab_to(page, words):
    """Press Tab until what has the focus says this."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == words:
            return
    raise AssertionError(f"The keyboard does not reach “{words}”.")


def test_a_delegate_votes_in_chinese_by_keyboard_alone(drive):
    council, people = make_council(3)
    ballot = make_open_ballot(council)
    delegate = Client()
    delegate.force_login(people[1].account)

    def walk(page):
        page.goto(HOST + reverse("my_ballots:ballots"))
        wide = [page.evaluate(OVERFLOW)]
        tab_to(page, "示例问题")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{ballot.ref.number}/")
        heading = page.get_by_role("heading", name="您的投票").inner_text()
        wide.append(page.evaluate(OVERFLOW))
        tab_to(page, "赞成")
        page.keyboard.press("Space")
        page.get_by_text("您的投票已记录：赞成。").wait_for()
        wide.append(page.evaluate(OVERFLOW))
        return heading, page.inner_text("main"), wide, page.complaints

    heading, told, wide, complaints = drive(walk, client=delegate, locale="zh-CN", width=360, height=780)
    assert (heading, wide, complaints) == ("您的投票", [0, 0, 0], [])
    assert "已投：赞成" in told
    assert [(vote.line.voter, vote.choice) for vote in Vote.objects.all()] == [(people[1], "yes")]
