"""My notices through the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from secretariat.foundation.notices.actions import tell
from secretariat.foundation.notices.models import Mark
from tests.doors.api.test_problems import problem
from tests.factories.accounts import NOW, make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return make_account()


@pytest.fixture
def secret(account, secret_of):
    made = secret_of("my.read", "my.write", account=account)
    Mark.objects.update(read_at=timezone.now())  # that a token was made is told, too
    return made


def told(account, number):
    tell(
        accounts=[account.pk], kind="grant_given", subject_id=make_account().pk, now=NOW + timedelta(days=number),
        right=f"right.{number}",
    )  # fmt: skip


def test_what_is_new_is_read_once_in_the_readers_language(api, account, secret):
    told(account, 1)
    told(make_account(), 1)
    [notice] = api("/my/notices?unread=true", secret, HTTP_ACCEPT_LANGUAGE="en").json()["items"]

    assert (notice["kind"], notice["subject"], notice["read_at"]) == (
        "grant_given", "You were given a right", None,
    )  # fmt: skip
    assert "right.1" in notice["text"]
    [chinese] = api("/my/notices?unread=true", secret, HTTP_ACCEPT_LANGUAGE="zh-CN").json()["items"]
    assert chinese["subject"] != notice["subject"]
    first = api(f"/my/notices/{notice['id']}/read", secret, "post").json()["read_at"]
    assert api(f"/my/notices/{notice['id']}/read", secret, "post").json()["read_at"] == first is not None
    assert api("/my/notices?unread=true", secret).json()["items"] == []


def test_a_notice_of_another_is_not_there(api, account, secret, secret_of):
    told(account, 1)
    notice = api("/my/notices?unread=true", secret).json()["items"][0]["id"]

    assert problem(api(f"/my/notices/{notice}/read", secret_of("my.write"), "post"))[0] == "not-found"
    assert Mark.objects.filter(account=account, read_at=None).count() == 1


def test_the_inbox_costs_the_same_whatever_its_length(api, asked, account, secret):
    api("/my/notices", secret)
    told(account, 1)
    one = asked(lambda: api("/my/notices?unread=true", secret))
    for number in (2, 3):
        told(account, number)

    assert asked(lambda: api("/my/notices?unread=true", secret)) == one
    assert [n["text"][-9:-2] for n in api("/my/notices?unread=true", secret).json()["items"]]
