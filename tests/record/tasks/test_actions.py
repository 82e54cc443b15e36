from datetime import date

import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.foundation.notices.models import Notice
from secretariat.record.tasks import actions
from secretariat.record.tasks.models import Task
from tests.factories.accounts import NOW, make_account, make_actor
from tests.factories.people import make_person
from tests.factories.tasks import PLANNER, make_task

pytestmark = pytest.mark.django_db


def test_a_task_is_set_given_and_finished_by_its_owner():
    account = make_account()
    owner = make_person(account=account)
    task = make_task(owner=owner, due_on=date(2022, 7, 1))

    actions.finish_task(task=task, outcome="Hall 3", actor=make_actor(person=owner), now=NOW)

    task.refresh_from_db()
    assert (task.state, task.outcome, task.ended_at, task.ref.number) == (
        "done",
        "Hall 3",
        NOW,
        "TASK-2022-001",
    )
    told = Notice.objects.get()
    assert (told.account_id, told.kind, told.data["number"]) == (account.pk, "task_given", "TASK-2022-001")
    assert set(Act.objects.filter(subject_id=task.pk).values_list("verb", flat=True)) == {
        "task_set", "task_finished",
    }  # fmt: skip


def test_nobody_is_told_of_her_own_task():
    owner = make_person(account=make_account())

    make_task(owner=owner, actor=make_actor("desk.run", person=owner))

    assert not Notice.objects.exists()


@pytest.mark.parametrize("rights", [(), ("desk.read",)])
def test_only_the_secretariat_sets_changes_and_drops(rights):
    actor, task = make_actor(*rights), make_task()

    with pytest.raises(NotAllowed):
        make_task(actor=actor)
    with pytest.raises(NotAllowed):
        actions.drop_task(task=task, reason="No need", actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        actions.reopen_task(task=task, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        actions.change_task(
            task=task, title="x", note="", owner=None, due_on=None, edition=None, actor=actor, now=NOW
        )


def test_another_person_cannot_say_it_is_done():
    task = make_task(owner=make_person())

    with pytest.raises(NotAllowed):
        actions.finish_task(task=task, outcome="", actor=make_actor(person=make_person()), now=NOW)


def test_what_has_ended_does_not_end_again_but_is_taken_up():
    task = make_task()
    actions.drop_task(task=task, reason="Held online", actor=PLANNER, now=NOW)

    with pytest.raises(WrongState):
        actions.finish_task(task=task, outcome="", actor=PLANNER, now=NOW)
    actions.reopen_task(task=task, actor=PLANNER, now=NOW)

    task.refresh_from_db()
    assert (task.state, task.ended_at, task.ref.state) == ("open", None, "open")


def test_a_task_is_not_dropped_without_a_reason():
    with pytest.raises(ValueError, match="reason"):
        actions.drop_task(task=make_task(), reason=" ", actor=PLANNER, now=NOW)


def test_a_changed_task_tells_its_new_owner():
    first, second = make_person(account=make_account()), make_person(account=make_account())
    task = make_task(owner=first)

    actions.change_task(
        task=task,
        title="Book two halls",
        note="",
        owner=second,
        due_on=None,
        edition=None,
        actor=PLANNER,
        now=NOW,
    )

    assert set(Notice.objects.values_list("account_id", flat=True)) == {first.account_id, second.account_id}
    task.refresh_from_db()
    assert (task.title, task.ref.title) == ("Book two halls", {"en": "Book two halls"})


def test_the_database_keeps_state_and_end_together():
    task = make_task()

    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(ended_at=NOW)
