import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from secretariat.foundation.accounts.actions import give_grant
from secretariat.foundation.jobs.actions import defer
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.jobs import work_off
from tests.foundation.jobs import samples

pytestmark = pytest.mark.django_db
samples.declare()
PAGE = "/desk/notices/jobs/"


def sign_in(client, right):
    account = make_account()
    if right:
        give_grant(account=account, right=right, starts_on=TODAY, reason="", actor=INSTALLER, now=NOW)
    client.force_login(account)


@pytest.fixture
def failed():
    number = defer("tests.note", word="hopeless")
    work_off()
    return number


@pytest.mark.parametrize(
    ("right", "sees", "tries"),
    [("", 404, 404), ("desk.read", 200, 404), ("desk.run", 200, 404), ("system.run", 200, 302)],
)
def test_who_sees_what_failed_and_who_has_it_tried_again(client, failed, right, sees, tries):
    sign_in(client, right)

    page = client.get(PAGE)
    assert page.status_code == sees
    if sees == 200:
        content = page.content.decode()
        assert "tests.note" in content
        assert (f"{PAGE}{failed}/" in content) is (tries == 302)
    assert client.post(f"{PAGE}{failed}/").status_code == tries
    assert ProcrastinateJob.objects.get(pk=failed).status == ("todo" if tries == 302 else "failed")


def test_a_job_that_has_not_failed_says_so(client):
    number = defer("tests.note", word="waits")
    sign_in(client, "system.run")

    page = client.post(f"{PAGE}{number}/", follow=True)

    assert "This job has not failed." in page.content.decode()


def test_a_queue_without_a_worker_is_told(client):
    sign_in(client, "desk.read")

    assert "No worker is alive" in client.get(PAGE).content.decode()
