from datetime import date, timedelta

import pytest

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.tasks import planning, queries
from secretariat.record.tasks.actions import finish_task
from secretariat.record.tasks.duties import duties_of
from tests.factories.accounts import NOW, TODAY, make_account, make_actor
from tests.factories.people import make_person
from tests.factories.tasks import PLANNER, make_task

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_staff_see_all_tasks_others_their_own_and_strangers_none():
    owner = make_person()
    own, other = make_task("Own", owner=owner), make_task("Other")

    assert set(queries.visible_tasks(make_actor("desk.read"))) == {own, other}
    assert set(queries.visible_tasks(make_actor(person=owner))) == {own}
    assert set(queries.visible_tasks(Actor())) == set()
    assert queries.get_task_for(make_actor(person=owner), other.ref.number) is None


def test_open_tasks_are_counted_by_whose_they_are():
    owner = make_person()
    make_task(owner=owner, due_on=TODAY - DAY)
    make_task()
    finish_task(task=make_task(), outcome="", actor=PLANNER, now=NOW)

    counts = queries.count_open(make_actor("desk.run", person=owner), TODAY)

    assert counts == {"open": 2, "late": 1, "own": 1, "unowned": 1}


def test_tasks_stand_in_groups_by_how_near_they_are():
    for title, due in (
        ("late", TODAY - DAY), ("week", TODAY + DAY * 7), ("month", TODAY + DAY * 31), ("later", TODAY + DAY * 32),
        ("none", None),
    ):  # fmt: skip
        make_task(title, due_on=due)

    groups = planning.by_day(queries.visible_tasks(PLANNER), TODAY, ended=False)

    assert [[task.title for task in group.tasks] for group in groups] == [
        ["late"], ["week"], ["month"], ["later"], ["none"],
    ]  # fmt: skip
    assert [group.is_late for group in groups] == [True, False, False, False, False]


def test_a_task_is_a_duty_of_its_owner_and_at_the_desk_of_whoever_takes_it():
    owner = make_person(account=make_account())
    make_task("Mine", owner=owner, due_on=date(2022, 6, 3))
    make_task("Nobody's")

    staff = make_actor("desk.run", person=owner)
    assert {duty.title for duty in duties_of(staff, "my", NOW)} >= {"Mine"}
    assert {d.title for d in duties_of(staff, "desk", NOW) if d.key.startswith("task:")} == {
        "Mine",
        "Nobody's",
    }
    assert [
        d for d in duties_of(make_actor(person=make_person()), "desk", NOW) if d.key.startswith("task:")
    ] == []
