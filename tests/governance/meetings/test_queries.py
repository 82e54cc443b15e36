from datetime import timedelta

import pytest

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.actions import close_ballot
from secretariat.governance.meetings import actions
from secretariat.governance.meetings.queries import events_of, visible_meetings
from secretariat.governance.meetings.words import VERBS
from tests.factories.accounts import INSTALLER, NOW, make_actor
from tests.factories.ballots import vote
from tests.factories.meetings import (
    BEGINS,
    arrive,
    as_member,
    make_assembly,
    make_convened_meeting,
    make_current_item,
    make_meeting,
    make_open_meeting,
)

pytestmark = pytest.mark.django_db
LATER = BEGINS + timedelta(minutes=10)


def test_who_sees_which_meetings():
    body, people = make_assembly(2)
    other, _others = make_assembly(1)
    found = {
        "planned": make_meeting(body), "convened": make_convened_meeting(body),
        "public": make_convened_meeting(body, audience="public"),
        "planned public": make_meeting(body, audience="public"),
        "other": make_convened_meeting(other),
    }  # fmt: skip
    name = {meeting.pk: key for key, meeting in found.items()}
    who = {
        "the chair": as_member(people[0], "body.chair", body=body), "a member": as_member(people[1], body=body),
        "the secretary": make_actor("body.serve", scope_id=body.pk), "the desk": make_actor("desk.read"),
        "the auditor": make_actor("audit.read"), "somebody": Actor(),
    }  # fmt: skip
    own = {"planned", "convened", "public", "planned public"}
    assert {key: {name[m.pk] for m in visible_meetings(actor)} for key, actor in who.items()} == {
        "the chair": own, "a member": {"convened", "public"}, "the secretary": own, "the desk": set(found),
        "the auditor": set(found), "somebody": {"public"},
    }  # fmt: skip


def test_everything_that_happens_is_told_in_order():
    body, people = make_assembly(3)
    meeting = make_convened_meeting(body)
    arrive(meeting, people[0])
    actions.open_meeting(meeting=meeting, actor=INSTALLER, now=BEGINS)
    item = make_current_item(meeting, title_en="Shall we?")
    arrive(meeting, people[1])
    ballot = actions.put_to_the_vote(item=item, actor=INSTALLER, now=BEGINS)
    vote(ballot, people[0], "yes", now=LATER)
    close_ballot(ballot=ballot, actor=INSTALLER, now=LATER)
    actions.close_meeting(meeting=meeting, actor=INSTALLER, now=LATER)

    happened = events_of(meeting)

    assert [(e.what, e.who, e.item) for e in happened] == [
        ("meeting_planned", "", ""), ("meeting_convened", "", ""), ("item_added", "", "1"),
        ("person_arrived", str(people[0]), ""), ("meeting_opened", "", ""), ("chair_passed", str(people[0]), ""),
        ("item_taken_up", "", "1"), ("person_arrived", str(people[1]), ""), ("item_put_to_vote", "", "1"),
        ("ballot_opened", "", "1"), ("ballot_closed", "", "1"), ("meeting_closed", "", ""), ("item_finished", "", "1"),
    ]  # fmt: skip
    assert {e.ballot_id for e in happened} == {None, ballot.pk}
    assert next(e for e in happened if e.what == "ballot_closed").detail["outcome"] == "adopted"
    assert {e.at for e in happened} == {NOW, BEGINS, LATER}


def test_each_event_has_words():
    body, people = make_assembly(2)
    meeting = make_open_meeting(body, present=people)
    make_current_item(meeting)
    assert {e.what for e in events_of(meeting)} <= set(VERBS)


@pytest.mark.parametrize("size", [1, 3])
def test_events_cost_the_same_for_many(django_assert_num_queries, size):
    body, people = make_assembly(size)
    meeting = make_open_meeting(body, present=people)
    for _ in people:
        make_current_item(meeting)
    with django_assert_num_queries(4):
        events_of(meeting)
