"""Tasks on the pages of what they came from, of who has them, and of their edition."""

import pytest

from secretariat.registry.refs.panels import panels_of
from tests.factories.accounts import TODAY, make_actor
from tests.factories.correspondence import make_incoming
from tests.factories.editions import make_edition
from tests.factories.people import make_person
from tests.factories.staff import sign_in_with
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db
DESK = make_actor("desk.read")


def numbers(kind, key, actor=DESK):
    return {
        line.number
        for panel in panels_of(kind, key, actor, TODAY)
        if panel.title == "Tasks"
        for line in panel.lines
    }


def test_a_task_stands_on_the_page_of_what_it_came_from(client):
    came, person, edition = make_incoming(), make_person(), make_edition()
    task = make_task(origin=came.ref, owner=person, edition=edition)
    make_task()

    assert numbers("ref", came.ref_id) == numbers("person", person.pk) == numbers("edition", edition.pk)
    assert numbers("ref", came.ref_id) == {task.ref.number}
    assert numbers("ref", came.ref_id, make_actor()) == set()
    sign_in_with(client, "desk.read")
    assert task.ref.number in client.get(f"/desk/letters/in/{came.ref.number}/").content.decode()
    page = client.get(f"/desk/tasks/{task.ref.number}/").content.decode()
    assert f'href="/desk/letters/in/{came.ref.number}/">{came.ref.number}</a>' in page
