from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from secretariat.foundation.accounts.actor import SYSTEM, Actor, NotAllowed, WrongState
from secretariat.foundation.audit.models import Pledge
from secretariat.foundation.notices.models import Notice
from secretariat.governance.ballots.actions import close_ballot
from secretariat.governance.meetings.actions import (
    ask_for_floor,
    close_meeting,
    end_speech,
    give_floor,
    put_to_the_vote,
    recuse,
    take_up,
)
from secretariat.governance.minutes.actions import (
    adopt_at_meeting,
    adopt_by_silence,
    adopt_due_minutes,
    circulate_minutes,
    draft_minutes,
    edit_paragraph,
    mark_read,
    propose_correction,
    refuse_correction,
    take_correction,
)
from secretariat.governance.minutes.actions.writing import MinutesConflict
from secretariat.governance.minutes.models import Paragraph, ParagraphVersion
from secretariat.governance.minutes.providers import duties
from secretariat.governance.minutes.queries import (
    decisions_on,
    minutes_digest,
    minutes_due,
    paragraphs_seen_by,
    visible_minutes,
)
from tests.factories.accounts import INSTALLER, make_actor
from tests.factories.ballots import vote
from tests.factories.meetings import BEGINS, as_member, make_assembly, make_item, make_open_meeting
from tests.factories.minutes import (
    ENDS,
    LATER,
    TIME_OUT,
    fresh,
    make_circulated,
    make_closed_meeting,
    make_minutes,
    paragraph_of,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def test_minutes_tell_what_happened_in_both_languages():
    body, people = make_assembly(3)
    chair, second, absent = people
    meeting = make_open_meeting(body, present=[chair, second])
    item = make_item(meeting, now=BEGINS)
    recuse(item=item, person=chair, reason="Her own proposal", actor=INSTALLER, now=BEGINS)
    take_up(item=item, actor=INSTALLER, now=BEGINS)
    speech = ask_for_floor(item=item, person=second, stance="pro", actor=as_member(second), now=BEGINS)
    give_floor(speech=speech, actor=INSTALLER, now=BEGINS)
    end_speech(speech=speech, actor=INSTALLER, now=BEGINS)
    close_meeting(meeting=meeting, actor=INSTALLER, now=ENDS)

    minutes = draft_minutes(meeting=meeting, actor=INSTALLER, now=LATER)

    rows = Paragraph.objects.filter(minutes=minutes).order_by("position", "language")
    assert [(row.number, row.heading) for row in rows if row.language == "en"] == [
        ("", "Opening"), ("", "Attendance"), ("1", "Example item"), ("", "Closing"),
    ]  # fmt: skip
    assert [row.number for row in rows if row.language == "zh"] == ["", "", "1", ""]
    attendance = paragraph_of(minutes).text
    assert f"Away: {absent}." in attendance and str(chair) in attendance
    assert "At the opening 2 of 3 votes were there" in attendance
    told = paragraph_of(minutes, str(item.pk)).text
    assert f"{chair} took no part in it, for this reason: Her own proposal." in told
    assert "Nobody was in the chair." in told
    assert f"The floor was given to: {second} (for)." in told


def test_a_ballot_is_told_with_its_roll_call():
    body, people = make_assembly(3)
    meeting = make_open_meeting(body, present=people)
    item = take_up(item=make_item(meeting, now=BEGINS), actor=INSTALLER, now=BEGINS)
    ballot = put_to_the_vote(
        item=item, question_en="Shall it be so?", question_zh="是否如此？", method="roll_call", actor=INSTALLER,
        now=BEGINS,
    )  # fmt: skip
    for person in people:
        vote(ballot, person, "yes", now=BEGINS)
    close_ballot(ballot=ballot, actor=INSTALLER, now=BEGINS)
    close_meeting(meeting=meeting, actor=INSTALLER, now=ENDS)

    told = paragraph_of(draft_minutes(meeting=meeting, actor=INSTALLER, now=LATER), str(item.pk)).text

    assert "\n\nPut to the vote (roll call): Shall it be so? 3 yes, 0 no, 0 abstaining: adopted." in told
    assert f"In favour: {people[0]}, {people[1]}, {people[2]}." in told
    assert "Against" not in told


def test_drafted_again_what_was_edited_stays_and_nothing_is_lost():
    minutes, _people = make_minutes()
    first = paragraph_of(minutes)
    edit_paragraph(paragraph=first, text="By hand.", seen=1, actor=INSTALLER, now=LATER)
    chair_kept = paragraph_of(minutes, "opening").text
    Paragraph.objects.filter(minutes=minutes, key="opening").update(text="As if the record had said less.")

    draft_minutes(meeting=minutes.meeting, actor=INSTALLER, now=LATER)

    assert (paragraph_of(minutes).text, paragraph_of(minutes, "opening").text) == ("By hand.", chair_kept)
    kept = ParagraphVersion.objects.filter(paragraph=first).values_list("source", "text")
    assert list(kept) == [("drafted", first.text), ("edited", "By hand.")]


def test_a_paragraph_somebody_else_has_changed_is_not_overwritten():
    paragraph = paragraph_of(make_minutes()[0])
    edit_paragraph(paragraph=paragraph, text="First.", seen=1, actor=INSTALLER, now=LATER)

    with pytest.raises(MinutesConflict):
        edit_paragraph(paragraph=paragraph, text="Second.", seen=1, actor=INSTALLER, now=LATER)


def test_minutes_are_of_a_meeting_that_is_over_and_kept_by_who_runs_the_body():
    body, people = make_assembly(2)
    meeting = make_open_meeting(body, present=people)

    with pytest.raises(WrongState):
        draft_minutes(meeting=meeting, actor=INSTALLER, now=LATER)
    with pytest.raises(NotAllowed):
        draft_minutes(meeting=meeting, actor=as_member(people[1]), now=LATER)


def test_who_was_there_is_told_and_corrects_and_nobody_else():
    minutes, people = make_circulated()
    paragraph = paragraph_of(minutes)

    propose_correction(paragraph=paragraph, text="So it was.", actor=as_member(people[1]), now=LATER)

    told = Notice.objects.filter(kind="minutes_circulated").values_list("account", flat=True)
    assert set(told) == {people[0].account_id, people[1].account_id}
    for actor in (as_member(people[2]), INSTALLER, Actor(None)):
        with pytest.raises(NotAllowed):
            propose_correction(paragraph=paragraph, text="Other.", actor=actor, now=LATER)


def test_a_correction_is_taken_or_refused_with_a_reason():
    minutes, people = make_circulated()
    actor = as_member(people[1])
    one = propose_correction(paragraph=paragraph_of(minutes), text="So it was.", actor=actor, now=LATER)
    other = propose_correction(paragraph=paragraph_of(minutes), text="Or so.", actor=actor, now=LATER)

    take_correction(correction=one, actor=INSTALLER, now=LATER)
    with pytest.raises(ValueError, match="with a reason"):
        refuse_correction(correction=other, reason=" ", actor=INSTALLER, now=LATER)
    refuse_correction(correction=other, reason="The record says otherwise.", actor=INSTALLER, now=LATER)

    assert paragraph_of(minutes).text == "So it was."
    assert Notice.objects.filter(kind="minutes_correction_answered").count() == 2
    with pytest.raises(WrongState):
        take_correction(correction=one, actor=INSTALLER, now=LATER)


def test_adopted_by_silence_when_the_time_is_over_and_nothing_waits():
    minutes, people = make_circulated()
    with pytest.raises(WrongState):
        adopt_by_silence(minutes=minutes, actor=INSTALLER, now=TIME_OUT - timedelta(seconds=1))
    open_one = propose_correction(
        paragraph=paragraph_of(minutes), text="So it was.", actor=as_member(people[0]), now=LATER
    )
    with pytest.raises(WrongState):
        adopt_by_silence(minutes=minutes, actor=INSTALLER, now=TIME_OUT)
    take_correction(correction=open_one, actor=INSTALLER, now=LATER)

    adopted = adopt_by_silence(minutes=minutes, actor=INSTALLER, now=TIME_OUT)

    assert (adopted.state, adopted.adopted_how, adopted.digest) == (
        "adopted",
        "silence",
        minutes_digest(minutes),
    )
    payload = Pledge.objects.get(kind="minutes_adopted", subject_id=minutes.pk).payload
    assert payload["digest"] == adopted.digest
    with pytest.raises(WrongState):
        edit_paragraph(paragraph=paragraph_of(minutes), text="x", seen=2, actor=INSTALLER, now=TIME_OUT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Paragraph.objects.filter(minutes=minutes).update(text="x")


def test_adopted_at_a_later_meeting_of_the_body():
    minutes, _people = make_circulated()
    elsewhere, _others = make_closed_meeting()
    with pytest.raises(ValueError, match="later meeting"):
        adopt_at_meeting(minutes=minutes, meeting=elsewhere, actor=INSTALLER, now=LATER)
    with pytest.raises(ValueError, match="later meeting"):
        adopt_at_meeting(minutes=minutes, meeting=minutes.meeting, actor=INSTALLER, now=LATER)
    begins = BEGINS + timedelta(days=5)
    later = make_open_meeting(minutes.meeting.body, starts_at=begins, present=[])

    adopted = adopt_at_meeting(minutes=minutes, meeting=later, actor=INSTALLER, now=begins)

    assert (adopted.state, adopted.adopting, fresh(minutes).adopted_how) == ("adopted", later, "meeting")


def test_a_draft_is_seen_by_who_keeps_it_and_hidden_items_by_nobody_else():
    body, people = make_assembly(2)
    meeting = make_open_meeting(body, present=people)
    hidden = make_item(meeting, now=BEGINS, audience="closed")
    close_meeting(meeting=meeting, actor=INSTALLER, now=ENDS)
    minutes = draft_minutes(meeting=meeting, actor=INSTALLER, now=LATER)
    member = as_member(people[1], body=body)

    assert not visible_minutes(member).exists()
    circulate_minutes(minutes=minutes, until=TIME_OUT, actor=INSTALLER, now=LATER)
    assert visible_minutes(member).get() == minutes
    assert not visible_minutes(as_member(make_person())).exists()
    assert {row.item_id for row in paragraphs_seen_by(member, minutes)} == {None}
    assert {row.item_id for row in paragraphs_seen_by(INSTALLER, minutes)} == {None, hidden.pk}
    with pytest.raises(NotAllowed):
        propose_correction(
            paragraph=paragraph_of(minutes, str(hidden.pk)), text="Seen.", actor=member, now=LATER
        )


def test_adopted_by_the_clock_is_what_is_due_where_the_rules_say_so():
    due, _people = make_circulated()
    contested, people = make_circulated()
    propose_correction(
        paragraph=paragraph_of(contested), text="So it was.", actor=as_member(people[0]), now=LATER
    )
    for_a_meeting, _others = make_circulated(minutes_days=None)

    assert not minutes_due(TIME_OUT - timedelta(seconds=1)).exists()
    for minutes in (due, contested, for_a_meeting):
        adopt_due_minutes(minutes=minutes, actor=SYSTEM, now=TIME_OUT)

    states = [fresh(each).state for each in (due, contested, for_a_meeting)]
    assert states == ["adopted", "circulated", "circulated"]
    assert fresh(due).adopted_how == "silence"


def test_minutes_are_adopted_by_the_ballot_of_that_meeting_and_no_other():
    minutes, people = make_circulated(minutes_days=None)
    begins = BEGINS + timedelta(days=5)
    later = make_open_meeting(minutes.meeting.body, starts_at=begins, present=people)
    item = take_up(item=make_item(later, now=begins), actor=INSTALLER, now=begins)
    said = {"question_en": "Adopt them?", "question_zh": "是否通过？", "method": "roll_call"}
    ballot = put_to_the_vote(item=item, **said, actor=INSTALLER, now=begins)
    with pytest.raises(ValueError, match="and carried"):
        adopt_at_meeting(minutes=minutes, meeting=later, ballot=ballot, actor=INSTALLER, now=begins)
    for person in people:
        vote(ballot, person, "yes", now=begins)
    close_ballot(ballot=ballot, actor=INSTALLER, now=begins)
    assert decisions_on(minutes) == [(later, None), (later, ballot)]

    adopted = adopt_at_meeting(minutes=minutes, meeting=later, ballot=ballot, actor=INSTALLER, now=begins)

    assert adopted.ballot == ballot
    payload = Pledge.objects.get(kind="minutes_adopted", subject_id=minutes.pk).payload
    assert payload["ballot"] == ballot.ref.number


def test_duties_of_who_was_there_and_of_who_keeps_them():
    minutes, people = make_circulated()
    _meeting, _others = make_closed_meeting()
    keeper, member = make_actor("desk.run"), as_member(people[1])

    def keys(actor, door, now):
        return {duty.key.partition(":")[0] for duty in duties(actor, door, now)}

    assert keys(member, "my", LATER) == {"minutes.read"}
    assert keys(keeper, "desk", LATER) == {"minutes.draft"}
    assert keys(keeper, "desk", TIME_OUT) == {"minutes.draft", "minutes.keep"}
    mark_read(minutes=minutes, actor=member, now=LATER)
    assert keys(member, "my", LATER) == set()
    assert keys(as_member(people[2]), "my", LATER) == set()
