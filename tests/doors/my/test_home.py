from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from secretariat.doors.my.mine import duties_by_day
from secretariat.record.tasks.duties import Duty
from tests.factories.accounts import NOW, make_account
from tests.factories.calls import make_applicant, make_submission
from tests.journeys.test_apply import open_now

pytestmark = pytest.mark.django_db


def test_my_page_is_for_who_is_signed_in(client):
    assert client.get(reverse("my:home"))["Location"] == "/sign-in/?next=%2Fmy%2F"


def test_my_page_says_what_waits_for_me_and_what_is_mine(client):
    person, _ = applicant = make_applicant()
    call = open_now(closes_in=timedelta(days=3))
    mine = make_submission(call, applicant=applicant, now=timezone.now(), hand_in=False)
    other = make_submission(call, now=timezone.now())
    client.force_login(person.account)

    response = client.get(reverse("my:home"))

    groups = response.context["groups"]
    assert [(group.title, [duty.path for duty in group.duties]) for group in groups] == [
        ("Within a week", [reverse("my_calls:write", args=[mine.ref.number])])
    ]
    assert response.context["person"] == person
    assert response.context["submissions"] == [mine]
    assert other.ref.number not in response.content.decode()


def test_somebody_without_anything_reads_what_she_can_do(client):
    call = open_now()
    make_submission(call, now=timezone.now())
    client.force_login(make_account())

    response = client.get(reverse("my:home"))

    empty = ("person", "groups", "readings", "submissions", "notices")
    assert [bool(response.context[name]) for name in empty] == [False] * 5
    assert reverse("my_calls:call", args=[call.key]) in response.content.decode()


def test_what_is_late_comes_first():
    days = {"late": -1, "soon": 3, "month": 20, "later": 90}
    duties = [Duty(key, key, "/", NOW + timedelta(days=n)) for key, n in days.items()]
    duties.append(Duty("open", "open", "/"))

    groups = duties_by_day(duties, NOW)

    assert [[duty.key for duty in group.duties] for group in groups] == [
        ["late"], ["soon"], ["month"], ["later"], ["open"]
    ]  # fmt: skip
    assert [group.is_late for group in groups] == [True, False, False, False, False]


@pytest.mark.parametrize("count", [1, 3])
def test_statements_of_my_page(client, django_assert_num_queries, count):
    person, _ = applicant = make_applicant()
    for _n in range(count):
        make_submission(open_now(), applicant=applicant, now=timezone.now(), hand_in=False)
    client.force_login(person.account)
    client.get(reverse("my:home"))

    with django_assert_num_queries(25):
        client.get(reverse("my:home"))
