"""Statements of every page, and what the desk does with a call."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from secretariat.foundation.accounts.actions import give_grant
from secretariat.summit.calls import actions
from secretariat.summit.calls.following import timeline_of
from secretariat.summit.calls.models import Call
from secretariat.summit.calls.states import SubmissionState
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.calls import CONTENT, STAFF, make_applicant, make_submission
from tests.factories.selections import make_selection
from tests.journeys.test_apply import open_now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_language():
    """A request leaves its language behind in the thread; the next test begins without it."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def desk(client):
    account = make_account()
    give_grant(account=account, right="desk.run", starts_on=TODAY, reason="test", actor=INSTALLER, now=NOW)
    client.force_login(account)
    return account


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "statements"), [("calls", 8), ("call", 16), ("submissions", 12)])
def test_statements_of_the_desk(client, desk, django_assert_num_queries, name, statements, count):
    call = open_now()
    for _n in range(count):
        make_submission(call, now=timezone.now())
    path = reverse(f"desk_calls:{name}", args=[] if name == "calls" else [call.key])
    client.get(path)

    with django_assert_num_queries(statements):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_what_a_saving_by_the_page_costs(client, django_assert_num_queries, count):
    person, _actor = applicant = make_applicant()
    made = [
        make_submission(open_now(), applicant=applicant, now=timezone.now(), hand_in=False)
        for _n in range(count)
    ]
    client.force_login(person.account)
    path, revision = reverse("my_calls:autosave", args=[made[0].ref.number]), made[0].revision
    client.get(reverse("my_calls:submissions"))

    # Ten by themselves: inside a test's transaction the act's mark is taken back.
    with django_assert_num_queries(11):
        answer = client.post(
            path, {"revision": revision, "title_en": "Saved", "countries": CONTENT["countries"]}
        )
    assert answer.json() == {"revision": revision + 1}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "statements"), [("submissions", 9), ("submission", 21), ("write", 11), ("preview", 11)]
)
def test_statements_of_my_pages(client, django_assert_num_queries, name, statements, count):
    person, actor = applicant = make_applicant()
    call = open_now()
    for _n in range(count):
        made = make_submission(call, applicant=applicant, now=timezone.now())
    for _n in range(count):
        changed = {**CONTENT, "title": {"en": f"Version {_n}"}}
        actions.save_draft(submission=made, content=changed, actor=actor, now=timezone.now())
        actions.submit(submission=made, actor=actor, now=timezone.now())
    client.force_login(person.account)
    path = reverse(f"my_calls:{name}", args=[] if name == "submissions" else [made.ref.number])
    client.get(path)

    with django_assert_num_queries(statements):
        assert client.get(path).status_code == 200


def test_the_desk_closes_and_screens_by_two_confirmed_acts(client, desk):
    call = open_now(closes_in=timedelta(minutes=1))
    kept = make_submission(call, now=timezone.now())
    late = make_submission(call, content={**CONTENT, "started_on": "2022-03-01"}, now=timezone.now())
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    page = reverse("desk_calls:call", args=[call.key])
    acts = [[act for act, _label in client.get(page).context["acts"]]]

    for act in ("close", "screen"):
        path = reverse("desk_calls:confirm", args=[call.key, act])
        assert client.get(path).status_code == 200
        client.post(path)
        acts.append([act for act, _label in client.get(page).context["acts"]])

    assert acts == [["close"], ["screen"], []]
    kept.refresh_from_db()
    late.refresh_from_db()
    assert (kept.state, late.state) == (SubmissionState.ELIGIBLE, SubmissionState.INELIGIBLE)
    shown = client.get(reverse("desk_calls:submission", args=[late.ref.number]))
    assert "Begun too late." in shown.content.decode()


def test_the_form_is_shown_to_the_desk_in_both_languages(client, desk):
    path = reverse("desk_calls:form", args=[open_now().key])

    assert "Begun on" in client.get(path).content.decode()
    assert "起始日期" in client.get(path, headers={"Accept-Language": "zh-CN"}).content.decode()


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("eligible", []),
        ("frozen", []),
        ("recommended", ["chosen", "chosen", "chosen", "not chosen", "not chosen"]),
        ("accepted", ["chosen", "chosen", "chosen", "not chosen", "not chosen"]),
    ],
)
def test_an_applicant_reads_of_a_decision_only_once_it_may_be_told(until, told):
    play = make_selection(until)

    titles = [event.title for s in play.submissions for event in timeline_of(s, play.now) if event.at]

    assert [title.partition(": it was ")[2].rstrip(".") for title in titles if ": it was " in title] == told
    assert [title for title in titles if "conferred" in title] == []


def test_what_follows_is_told_in_the_order_of_the_call():
    call = open_now()
    submission = make_submission(call, now=timezone.now())

    ahead = [event for event in timeline_of(submission, timezone.now()) if event.kind in ("now", "next")]

    assert [event.title for event in ahead] == ["The call closes.", "The formal check", "Stage", "Stage"]
    assert [event.kind for event in ahead] == ["now", "next", "next", "next"]


def test_a_refused_applicant_reads_why(client):
    call = open_now(closes_in=timedelta(minutes=1))
    late = make_submission(call, content={**CONTENT, "started_on": "2022-03-01"}, now=timezone.now())
    after = timezone.now() + timedelta(minutes=2)
    call = actions.close_call(call=call, actor=STAFF, now=after)
    actions.screen_submissions(call=call, actor=STAFF, now=after)
    client.force_login(late.person.account)

    page = client.get(reverse("my_calls:submission", args=[late.ref.number]))

    last = page.context["events"][-1]
    assert (last.title, last.text, last.kind) == (
        "The formal check was not passed.",
        "Begun too late.",
        "urgent",
    )
