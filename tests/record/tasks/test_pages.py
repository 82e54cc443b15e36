from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.accounts.actions import give_grant
from secretariat.record.tasks.models import Task
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account
from tests.factories.people import make_person
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db


def enter(client, *rights):
    account = make_account()
    for right in rights:
        give_grant(account=account, right=right, starts_on=TODAY, reason="test", actor=INSTALLER, now=NOW)
    person = make_person(account=account)
    client.force_login(account)
    return person


def test_the_queue_costs_the_same_for_one_and_three(client):
    enter(client, "desk.run")
    path = reverse("desk_tasks:tasks")
    make_task(owner=make_person())
    client.get(path)
    with CaptureQueriesContext(connection) as for_one:
        client.get(path)
    make_task(owner=make_person()), make_task(owner=make_person())
    with CaptureQueriesContext(connection) as for_three:
        page = client.get(path)

    assert page.content.count(b'name="row"') == 3
    assert len(for_one) == len(for_three) <= 20


def test_a_task_is_set_seen_changed_and_ended_at_the_desk(client):
    staff = enter(client, "desk.run")
    day = timezone.localdate() + timedelta(days=3)
    sent = client.post(reverse("desk_tasks:new"), {"title": "Print badges", "owner": staff.pk, "due_on": day})
    task = Task.objects.get()

    assert sent.headers["Location"] == reverse("desk_tasks:task", args=[task.ref.number])
    assert "Print badges" in client.get(sent.headers["Location"]).content.decode()
    client.post(reverse("desk_tasks:change", args=[task.ref.number]), {"title": "Print all badges"})
    client.post(reverse("desk_tasks:end", args=[task.ref.number, "done"]), {"outcome": "3,000 printed"})
    task.refresh_from_db()
    assert (task.title, task.owner, task.state, task.outcome) == (
        "Print all badges", None, "done", "3,000 printed",
    )  # fmt: skip


def test_a_task_without_a_title_comes_back_with_what_was_written(client):
    enter(client, "desk.run")

    page = client.post(reverse("desk_tasks:new"), {"note": "about the hall"})

    assert (page.status_code, Task.objects.count()) == (422, 0)
    assert "about the hall" in page.content.decode()


def test_dropping_without_a_reason_changes_nothing(client):
    enter(client, "desk.run")
    task = make_task()

    client.post(reverse("desk_tasks:end", args=[task.ref.number, "dropped"]))

    task.refresh_from_db()
    assert task.state == "open"


def test_the_owner_finishes_her_own_at_her_page_and_nobody_elses(client):
    owner = enter(client)
    own, other = make_task(owner=owner), make_task()

    assert client.post(reverse("my_tasks:task", args=[own.ref.number]), {"outcome": "ok"}).status_code == 302
    assert client.get(reverse("my_tasks:task", args=[other.ref.number])).status_code == 404
    assert client.get(reverse("my_tasks:tasks")).status_code == 200
    own.refresh_from_db()
    assert own.state == "done"


@pytest.mark.parametrize(
    ("rights", "name", "status"),
    [
        ((), "tasks", 404), (("desk.read",), "tasks", 200), (("desk.run",), "tasks", 200),
        ((), "new", 404), (("desk.read",), "new", 404), (("desk.run",), "new", 200),
        ((), "plan", 404), (("desk.read",), "plan", 200), (("desk.run",), "plan", 200),
    ],
)  # fmt: skip
def test_who_may_see_what(client, rights, name, status):
    enter(client, *rights)

    assert client.get(reverse(f"desk_tasks:{name}")).status_code == status


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(reverse("desk_tasks:tasks")).status_code == 302
