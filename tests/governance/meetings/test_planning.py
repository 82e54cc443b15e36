from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.notices.models import Notice
from secretariat.governance.meetings import actions
from secretariat.governance.meetings.models import Meeting
from secretariat.registry.refs.models import Ref
from tests.factories.accounts import INSTALLER, NOW, make_actor
from tests.factories.ballots import make_council, make_procedure
from tests.factories.bodies import make_body
from tests.factories.meetings import (
    BEGINS,
    as_member,
    make_assembly,
    make_convened_meeting,
    make_meeting,
    make_open_meeting,
)

pytestmark = pytest.mark.django_db


def told(kind=None):
    rows = Notice.objects.all() if kind is None else Notice.objects.filter(kind=kind)
    return sorted(rows.values_list("kind", "account"))


def test_a_meeting_is_planned_with_the_number_of_its_year():
    body, _people = make_council(1)
    first = make_meeting(body)
    later = make_meeting(body, starts_at=datetime(2023, 1, 1, 1, tzinfo=UTC), zone="America/New_York")

    assert [m.ref.number for m in (first, later)] == ["MTG-2022-001", "MTG-2022-002"]
    assert Ref.objects.get(pk=first.ref_id).title == {"en": "Example session", "zh-hans": "示例会议"}
    assert (later.day.isoformat(), later.state) == ("2022-12-31", "planned")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"title_zh": " "}, "English and in Chinese"), ({"zone": "Wuzhen"}, "no time zone"),
        ({"ends_at": BEGINS}, "ends after"), ({"colour": "red"}, "has no colour"),
    ],
)  # fmt: skip
def test_what_is_no_meeting_is_not_planned(said, message):
    body = make_body()
    usual = {"title_en": "E", "title_zh": "中", "starts_at": BEGINS, "ends_at": BEGINS + timedelta(hours=1)}
    with pytest.raises(ValueError, match=message):
        actions.plan_meeting(body=body, actor=INSTALLER, now=NOW, **{**usual, **said})
    assert Meeting.objects.count() == 0


def test_convening_tells_who_votes():
    body, people = make_assembly(3)
    meeting = make_convened_meeting(body)

    assert (meeting.state, meeting.short_notice, meeting.ref.number) == ("convened", "", "MTG-2022-001")
    assert told() == sorted(("meeting_convened", person.account_id) for person in people)
    assert Ref.objects.get(pk=meeting.ref_id).state == "convened"


@pytest.mark.parametrize(("days", "short"), [(14, False), (13, True)])
def test_short_notice_needs_a_reason(days, short):
    body, _people = make_assembly(1, notice_days=14)
    meeting = make_meeting(body, starts_at=NOW + timedelta(days=days))
    if short:
        with pytest.raises(ValueError, match="14 days of notice, and 1 day is missing"):
            actions.convene(meeting=meeting, actor=INSTALLER, now=NOW)
    meeting = actions.convene(meeting=meeting, reason="The hall is free then only.", actor=INSTALLER, now=NOW)
    assert meeting.short_notice == ("The hall is free then only." if short else "")


def test_the_rules_are_those_of_the_day_of_the_meeting():
    body, _people = make_assembly(1, notice_days=7)
    make_procedure(body, starts_on=NOW.date() + timedelta(days=10), notice_days=30)
    with pytest.raises(ValueError, match="30 days"):
        make_convened_meeting(body, starts_at=NOW + timedelta(days=12))
    make_convened_meeting(body, starts_at=NOW + timedelta(days=9))


def test_a_meeting_that_was_to_begin_is_not_convened():
    meeting = make_meeting()
    with pytest.raises(ValueError, match="another time"):
        actions.convene(meeting=meeting, actor=INSTALLER, now=BEGINS)


def test_moved_forward_it_keeps_the_notice_anew():
    body, _people = make_assembly(2, notice_days=14)
    meeting = make_convened_meeting(body)
    sooner = {"starts_at": NOW + timedelta(days=3), "ends_at": NOW + timedelta(days=3, hours=1)}
    with pytest.raises(ValueError, match="11 days are missing"):
        actions.change_meeting(meeting=meeting, actor=INSTALLER, now=NOW, **sooner)

    changed = actions.change_meeting(meeting=meeting, reason="Urgent", actor=INSTALLER, now=NOW, **sooner)

    assert (changed.starts_at, changed.short_notice) == (sooner["starts_at"], "Urgent")
    assert len(told("meeting_moved")) == 2
    actions.change_meeting(meeting=meeting, actor=INSTALLER, now=NOW, title_en="Other")
    assert len(told("meeting_moved")) == 2


def test_it_is_cancelled_with_a_reason_and_who_was_called_hears_of_it():
    body, _people = make_assembly(2)
    planned, convened = make_meeting(body), make_convened_meeting(body)
    with pytest.raises(ValueError, match="with a reason"):
        actions.cancel_meeting(meeting=planned, reason=" ", actor=INSTALLER, now=NOW)
    for meeting in (planned, convened):
        actions.cancel_meeting(meeting=meeting, reason="Storm", actor=INSTALLER, now=NOW)
    assert len(told("meeting_cancelled")) == 2
    with pytest.raises(WrongState):
        actions.cancel_meeting(meeting=make_open_meeting(body), reason="Storm", actor=INSTALLER, now=BEGINS)


def test_the_database_refuses_what_is_no_way_of_a_meeting():
    meeting = make_meeting()
    with (
        pytest.raises(IntegrityError, match="may not go"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE meetings_meeting SET state = 'open' WHERE id = %s", [meeting.pk])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE meetings_meeting SET state = 'cancelled', ended_at = now() WHERE id = %s", [meeting.pk]
        )


def test_a_body_holds_one_meeting_at_a_time():
    body, _people = make_assembly(1)
    make_open_meeting(body)
    with pytest.raises(ValueError, match="another meeting"):
        make_open_meeting(body)


def test_who_may_plan_and_who_may_not():
    body, people = make_assembly(2)
    meeting = make_meeting(body)
    acts = {
        "the chair": as_member(people[0], "body.chair", body=body), "a member": as_member(people[1], body=body),
        "the secretary": make_actor("body.serve", scope_id=body.pk), "the desk": make_actor("desk.run"),
        "a reader": make_actor("desk.read"), "the chair of another": make_actor("body.chair", scope_id=people[0].pk),
    }  # fmt: skip

    def may(actor):
        try:
            actions.change_meeting(meeting=meeting, actor=actor, now=NOW, title_en="Changed")
        except NotAllowed:
            return False
        return True

    assert {who for who, actor in acts.items() if may(actor)} == {"the chair", "the secretary", "the desk"}
