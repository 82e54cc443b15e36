from datetime import date, timedelta

import pytest

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.meetings.providers import duties, hears_meeting
from secretariat.governance.meetings.searching import meetings as found_meetings
from secretariat.governance.meetings.searching import mine
from tests.factories.accounts import NOW, make_actor
from tests.factories.meetings import (
    BEGINS,
    as_member,
    give_proxy,
    make_assembly,
    make_convened_meeting,
    make_item,
    make_meeting,
    make_open_meeting,
)

pytestmark = pytest.mark.django_db


def waiting(actor, door="my"):
    return [(duty.key.split(":")[0], duty.due) for duty in duties(actor, door, NOW)]


def test_a_proxy_waits_for_its_answer():
    body, people = make_assembly(3, proxies_each=1)
    meeting = make_convened_meeting(body)
    give_proxy(meeting, people[0], people[1], accepted=False)
    assert waiting(as_member(people[1], body=body)) == [("meetings.proxy", BEGINS)]
    assert waiting(as_member(people[0], body=body)) == []


def test_an_open_meeting_waits_for_its_members_until_they_came():
    body, people = make_assembly(2)
    make_open_meeting(body, present=people[:1])
    assert waiting(as_member(people[1], body=body)) == [("meetings.come", BEGINS)]
    assert waiting(as_member(people[0], body=body)) == []


@pytest.mark.parametrize("size", [1, 3])
def test_a_planned_meeting_waits_to_be_called_in_time(django_assert_num_queries, size):
    for _ in range(size):
        body, people = make_assembly(2, notice_days=10)
        make_meeting(body)
    due = ("meetings.convene", BEGINS - timedelta(days=10))
    with django_assert_num_queries(2):
        assert waiting(make_actor("desk.run"), "desk") == [due] * size
    assert waiting(as_member(people[0], "body.chair", body=body), "desk") == [due]
    assert waiting(as_member(people[1], body=body), "desk") == []


def test_who_hears_of_a_meeting():
    body, people = make_assembly(2)
    meeting = make_convened_meeting(body)
    actors = {
        "a member": as_member(people[1], body=body), "the desk": make_actor("desk.read"), "somebody": Actor(),
    }  # fmt: skip
    assert {who for who, actor in actors.items() if hears_meeting(actor, meeting.pk)} == {
        "a member",
        "the desk",
    }
    assert not hears_meeting(actors["the desk"], None)


def test_what_is_found_of_a_meeting_is_what_may_be_seen():
    body, people = make_assembly(2)
    shown, hidden = make_convened_meeting(body, audience="public"), make_convened_meeting(body)
    planned = make_meeting(body, audience="public")
    for meeting in (shown, hidden, planned):
        for audience in ("public", "body", "closed"):
            make_item(meeting, title_en=f"Item {audience}", title_zh="项", audience=audience)

    found = {entry.key: entry for entry in found_meetings(date(2022, 6, 1), None)}

    assert {key: (e.is_public, e.text) for key, e in found.items()} == {
        shown.pk: (True, "Item public 项"), hidden.pk: (False, "Item public 项 · Item body 项"),
        planned.pk: (False, "Item public 项 · Item body 项"),
    }  # fmt: skip
    assert set(mine(as_member(people[1], body=body)).values_list("pk", flat=True)) == {shown.pk, hidden.pk}
