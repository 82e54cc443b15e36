"""The list of tasks, and the same done to many of them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.models import Notice
from secretariat.record.tasks import actions
from secretariat.record.tasks.models import Task
from tests.factories.accounts import NOW, make_actor
from tests.factories.correspondence import make_staff
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db
LIST = "/desk/tasks/"


@pytest.fixture
def staff(client):
    person = make_staff()
    client.force_login(person.account)
    return person


def shown(client, query=""):
    page = client.get(f"{LIST}?{query}").context["table"]
    return {row.name for row in page.rows}


def do(client, act, rows, **values):
    """Press the button below the list, and then the one on the page that asks."""
    path, keys = reverse("desk_tasks:many", args=[act]), [str(row.pk) for row in rows]
    asked = client.post(path, {"row": keys, "next": LIST})
    seen = asked.context["seen"]
    return client.post(path, {"row": keys, "next": LIST, "step": "do", "seen": seen, **values})


def verbs(row):
    return list(Act.objects.filter(subject_id=row.pk).order_by("id").values_list("verb", flat=True))


def test_the_list_shows_what_is_open_and_the_rest_where_it_is_asked_for(client, staff):
    today = timezone.localdate()
    make_task(title="Late", due_on=today - timedelta(days=1)), make_task(title="Mine", owner=staff)
    done = make_task(title="Done")
    actions.finish_task(task=done, outcome="", actor=make_actor("desk.run"), now=NOW)

    assert shown(client) == {"Late", "Mine"}
    assert shown(client, "which=late") == {"Late"} and shown(client, "which=ended") == {"Done"}
    assert shown(client, "which=every") == {"Late", "Mine", "Done"}
    assert shown(client, "whose=own") == {"Mine"} and shown(client, "whose=nobody") == {"Late"}
    assert shown(client, f"due_to={today}") == {"Late"}


def test_many_are_given_to_somebody_who_is_told_of_each(client, staff):
    rows, owner = [make_task(), make_task()], make_staff()
    answer = do(client, "give", rows, owner=owner.pk)

    assert answer.status_code == 302 and answer.headers["Location"] == LIST
    assert set(Task.objects.values_list("owner", flat=True)) == {owner.pk}
    assert [verbs(row) for row in rows] == [["task_set", "task_given"]] * 2
    assert Notice.objects.filter(kind="task_given", account=owner.account_id).count() == 2
    do(client, "give", rows, owner=owner.pk)
    assert Notice.objects.filter(kind="task_given").count() == 2


@pytest.mark.parametrize(
    ("act", "values", "found"),
    [
        ("due", {"due_on": "2030-01-02"}, {"due_on": date(2030, 1, 2)}), ("due", {}, {"due_on": None}),
        ("finish", {"outcome": "Printed"}, {"state": "done", "outcome": "Printed"}),
        ("drop", {"reason": "Moot"}, {"state": "dropped", "outcome": "Moot"}),
    ],
    ids=["due", "undue", "finish", "drop"],
)  # fmt: skip
def test_the_same_is_done_to_each_and_to_no_other(client, staff, act, values, found):
    rows, other = [make_task(due_on=date(2029, 1, 1)) for _ in range(2)], make_task()
    do(client, act, rows, **values)

    for row in rows:
        row.refresh_from_db()
        assert {name: getattr(row, name) for name in found} == found
        assert len(verbs(row)) == 2
    assert verbs(other) == ["task_set"]


def test_where_one_is_refused_nothing_is_done_until_it_is_left_out(client, staff):
    ended, row = make_task(), make_task()
    actions.drop_task(task=ended, reason="x", actor=make_actor("desk.run"), now=NOW)
    first = do(client, "finish", [ended, row], outcome="ok")
    row.refresh_from_db()
    assert first.status_code == 422 and row.state == "open"

    do(client, "finish", [ended, row], outcome="ok", skip="1")
    row.refresh_from_db()
    assert row.state == "done"


def test_dropping_wants_a_reason(client, staff):
    row = make_task()

    assert do(client, "drop", [row], reason=" ").status_code == 422
    row.refresh_from_db()
    assert row.state == "open"


def test_who_only_reads_gets_no_buttons_and_does_nothing(client):
    reader = make_staff("desk.read")
    client.force_login(reader.account)
    row = make_task()
    page = client.get(LIST)

    assert not page.context["table"].table.acts
    assert client.post(reverse("desk_tasks:many", args=["finish"]), {"row": [str(row.pk)]}).status_code == 404
    assert client.post(reverse("desk_tasks:many", args=["none"]), {}).status_code == 404


def test_the_list_is_taken_out_with_what_it_shows(client, staff):
    make_task(title="Print badges", due_on=date(2030, 1, 2))
    answer = client.get(f"{LIST}?export=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert lines[0].startswith("Due,What is to be done,Owner") and lines[1].startswith(
        "2030-01-02,Print badges,"
    )
