from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.foundation.files.queries import readable_files
from secretariat.governance.meetings import actions
from secretariat.governance.meetings.models import AgendaItem, PaperVersion
from secretariat.governance.meetings.queries import agenda_of, agenda_seen_by, papers_seen_by
from tests.factories.accounts import INSTALLER, NOW, make_actor
from tests.factories.meetings import (
    BEGINS,
    as_member,
    make_assembly,
    make_convened_meeting,
    make_item,
    make_meeting,
    make_open_meeting,
    make_paper,
    make_paper_version,
)

pytestmark = pytest.mark.django_db


def agenda(meeting):
    return [(line.number, line.item.title_en) for line in agenda_of(meeting)]


def move(item, parent, position):
    return actions.place_item(item=item, parent=parent, position=position, actor=INSTALLER, now=NOW)


def hand_in(paper, language="en", now=NOW):
    return make_paper_version(paper=paper, language=language, now=now)


def test_items_are_put_in_their_places_and_moved():
    meeting = make_meeting()
    a, b, c = (make_item(meeting, title_en=name) for name in "abc")
    move(make_item(meeting, title_en="d", parent=a), b, 1)
    move(c, None, 1)

    assert agenda(meeting) == [("1", "c"), ("2", "a"), ("3", "b"), ("3.1", "d")]


def test_an_item_stands_neither_under_itself_nor_too_deep_nor_elsewhere():
    meeting = make_meeting()
    one = make_item(meeting)
    two = make_item(meeting, parent=one)
    three = make_item(meeting, parent=two)
    with pytest.raises(ValueError, match="no deeper"):
        make_item(meeting, parent=three)
    with pytest.raises(ValueError, match="under itself"):
        move(one, three, 1)
    with pytest.raises(ValueError, match="no deeper"):
        move(one, make_item(meeting), 1)
    with pytest.raises(ValueError, match="another meeting"):
        make_item(make_meeting(), parent=one)


def test_what_carries_something_is_not_taken_off():
    meeting = make_meeting()
    above, paper_item, free = make_item(meeting), make_item(meeting), make_item(meeting, title_en="free")
    make_item(meeting, parent=above)
    make_paper(paper_item)
    for item in (above, paper_item):
        with pytest.raises(ValueError, match="Something stands under"):
            actions.remove_item(item=item, actor=INSTALLER, now=NOW)
    actions.remove_item(item=free, actor=INSTALLER, now=NOW)
    assert AgendaItem.objects.count() == 3


def test_items_are_taken_up_one_at_a_time():
    meeting = make_open_meeting()
    one, two = make_item(meeting, now=BEGINS), make_item(meeting, now=BEGINS)
    for item in (one, two, one):
        actions.take_up(item=item, actor=INSTALLER, now=BEGINS)
    states = dict(AgendaItem.objects.values_list("pk", "state"))
    assert states == {one.pk: "current", two.pk: "done"}
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_agendaitem SET state = 'current' WHERE id = %s", [two.pk])

    actions.adjourn_item(item=one, reason="Late", actor=INSTALLER, now=BEGINS)
    with pytest.raises(WrongState):
        actions.finish_item(item=one, actor=INSTALLER, now=BEGINS)


def test_closing_adjourns_what_was_not_reached():
    meeting = make_open_meeting()
    done, left = make_item(meeting, now=BEGINS), make_item(meeting, now=BEGINS)
    actions.take_up(item=done, actor=INSTALLER, now=BEGINS)
    actions.close_meeting(meeting=meeting, actor=INSTALLER, now=BEGINS + timedelta(hours=1))
    assert dict(AgendaItem.objects.values_list("pk", "state")) == {done.pk: "done", left.pk: "adjourned"}
    with pytest.raises(WrongState):
        make_item(meeting)


def test_who_sees_which_items():
    body, people = make_assembly(2)
    meeting = make_meeting(body, audience="public")
    for audience in ("public", "body", "closed"):
        make_item(meeting, title_en=audience, audience=audience)
    make_item(
        meeting, title_en="under closed", parent=AgendaItem.objects.get(title_en="closed"), audience="public"
    )
    who = {
        "the chair": as_member(people[0], "body.chair", body=body), "a member": as_member(people[1], body=body),
        "the desk": make_actor("desk.read"), "somebody": Actor(),
    }  # fmt: skip
    everything = ["public", "body", "closed", "under closed"]
    assert {name: [line.item.title_en for line in agenda_seen_by(a, meeting)] for name, a in who.items()} == {
        "the chair": everything, "a member": ["public", "body"], "the desk": everything, "somebody": ["public"],
    }  # fmt: skip


@pytest.mark.parametrize(("days_before", "late"), [(7, False), (6, True)])
def test_late_papers_are_marked(days_before, late):
    body, _people = make_assembly(1, papers_days=7)
    meeting = make_convened_meeting(body)
    version = hand_in(make_paper(make_item(meeting)), now=BEGINS - timedelta(days=days_before))
    assert version.is_late is late


def test_the_latest_version_of_each_language_is_read():
    meeting = make_convened_meeting(make_assembly(1, papers_days=7)[0])
    paper = make_paper(make_item(meeting))
    hand_in(paper)
    hand_in(paper, "zh-hans")
    last = hand_in(paper, now=BEGINS - timedelta(days=1))

    [read] = papers_seen_by(INSTALLER, meeting)

    assert [(v.language, v.turn, v.is_late) for v in read.read] == [("en", 2, True), ("zh-hans", 1, False)]
    assert (read.read[0].pk, read.is_late, read.number) == (last.pk, False, 1)


def test_a_paper_is_read_by_who_sees_its_item():
    body, people = make_assembly(2)
    meeting = make_convened_meeting(body, audience="public")
    files = {}
    for audience in ("public", "body", "closed"):
        files[audience] = hand_in(make_paper(make_item(meeting, audience=audience))).file
    withdrawn = make_paper(make_item(meeting, audience="public"))
    files["withdrawn"] = hand_in(withdrawn).file
    actions.withdraw_paper(paper=withdrawn, reason="Superseded", actor=INSTALLER, now=NOW)
    name = {file.pk: audience for audience, file in files.items()}

    def read_by(actor):
        return {name[file.pk] for file in readable_files(actor, list(files.values()))}

    assert read_by(Actor()) == {"public"}
    assert read_by(as_member(people[1], body=body)) == {"public", "body"}
    assert read_by(as_member(people[0], "body.chair", body=body)) == {"public", "body", "closed"}
    actions.cancel_meeting(meeting=make_convened_meeting(body), reason="Storm", actor=INSTALLER, now=NOW)


def test_what_is_planned_is_nobodys_to_read():
    body, people = make_assembly(2)
    file = hand_in(make_paper(make_item(make_meeting(body, audience="public"), audience="public"))).file
    assert [readable_files(a, [file]) for a in (Actor(), as_member(people[1], body=body))] == [[], []]


def test_a_withdrawn_paper_takes_no_version():
    paper = make_paper(make_item(make_meeting()))
    actions.withdraw_paper(paper=paper, reason="Error", actor=INSTALLER, now=NOW)
    with pytest.raises(ValueError, match="withdrawn"):
        hand_in(paper)
    assert PaperVersion.objects.count() == 0


def test_a_member_keeps_no_agenda():
    body, people = make_assembly(2)
    meeting = make_meeting(body)
    with pytest.raises(NotAllowed):
        make_item(meeting, actor=as_member(people[1], body=body))
