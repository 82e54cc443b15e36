from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.governance.meetings import actions
from secretariat.governance.meetings.models import Speech
from secretariat.governance.meetings.queries import events_of, speakers_of, speech_totals
from tests.factories.accounts import INSTALLER
from tests.factories.meetings import BEGINS, as_member, make_assembly, make_current_item, make_open_meeting
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def at(seconds):
    return BEGINS + timedelta(seconds=seconds)


@pytest.fixture
def floor():
    """An item with four members in the room."""
    body, people = make_assembly(4)
    return make_current_item(make_open_meeting(body, present=people)), people


def ask(item, person, stance="comment", when=0, actor=None):
    return actions.ask_for_floor(
        item=item, person=person, stance=stance, actor=actor or as_member(person), now=at(when)
    )


def do(verb, speech, when, **kw):
    return getattr(actions, verb)(
        speech=Speech.objects.get(pk=speech.pk), actor=INSTALLER, now=at(when), **kw
    )


def test_points_of_order_come_first_and_then_whoever_asked_first(floor):
    item, people = floor
    asked = [
        ask(item, people[0], "pro", 3),
        ask(item, people[1], "contra", 1),
        ask(item, people[2], "order", 5),
    ]
    assert [s.pk for s in speakers_of(item)] == [asked[2].pk, asked[1].pk, asked[0].pk]


def test_time_is_kept_without_its_pauses(floor):
    item, people = floor
    speech = ask(item, people[0])
    do("give_floor", speech, 10)
    do("pause_speech", speech, 40)
    do("give_floor", speech, 100)
    do("end_speech", speech, 130)
    assert speech_totals(item.meeting, at(999)) == [(people[0], 1, timedelta(seconds=60))]
    speech.refresh_from_db()
    assert (speech.state, speech.limit, speech.paused) == ("ended", 180, timedelta(seconds=60))


def test_a_point_of_order_pauses_whoever_speaks_and_another_speaker_ends_her(floor):
    item, people = floor
    one, order, two = ask(item, people[0]), ask(item, people[1], "order"), ask(item, people[2])
    do("give_floor", one, 0)
    do("give_floor", order, 30)
    states = lambda: list(Speech.objects.order_by("pk").values_list("state", flat=True))  # noqa: E731
    assert states() == ["paused", "speaking", "waiting"]
    do("end_speech", order, 60)
    do("give_floor", one, 60)
    do("give_floor", two, 90)
    assert states() == ["ended", "ended", "speaking"]
    assert [(p, t, long.total_seconds()) for p, t, long in speech_totals(item.meeting, at(100))] == [
        (people[0], 1, 60), (people[1], 1, 30), (people[2], 1, 10),
    ]  # fmt: skip


def test_leaving_the_item_ends_who_speaks_and_clears_the_list(floor):
    item, people = floor
    speaking, waiting = ask(item, people[0]), ask(item, people[1])
    do("give_floor", speaking, 0)
    actions.finish_item(item=item, actor=INSTALLER, now=at(20))
    assert list(Speech.objects.order_by("pk").values_list("pk", "state")) == [
        (speaking.pk, "ended"), (waiting.pk, "withdrawn")
    ]  # fmt: skip
    with pytest.raises(WrongState):
        ask(item, people[2])


def test_a_closed_list_takes_points_of_order_alone(floor):
    item, people = floor
    actions.close_list(item=item, actor=INSTALLER, now=at(0))
    with pytest.raises(ValueError, match="list of speakers is closed"):
        ask(item, people[0])
    ask(item, people[0], "order")
    actions.close_list(item=item, closed=False, actor=INSTALLER, now=at(0))
    ask(item, people[0])


def test_who_is_asked_and_who_is_refused(floor):
    item, people = floor
    ask(item, people[0])
    with pytest.raises(ValueError, match="already"):
        ask(item, people[0])
    with pytest.raises(ValueError, match="is there"):
        ask(item, make_person(), actor=INSTALLER)
    with pytest.raises(NotAllowed):
        ask(item, people[1], actor=as_member(people[2]))
    with pytest.raises(ValueError, match="no stance"):
        ask(item, people[1], "neutral")
    actions.recuse(item=item, person=people[3], reason="Related", actor=INSTALLER, now=at(0))
    with pytest.raises(ValueError, match="recused"):
        ask(item, people[3])


def test_a_recusal_takes_her_off_the_list(floor):
    item, people = floor
    ask(item, people[3])
    actions.recuse(item=item, person=people[3], reason="Related", actor=INSTALLER, now=at(0))
    assert speakers_of(item) == []


def test_members_do_not_give_the_floor_but_end_their_own_speech(floor):
    item, people = floor
    one, two = ask(item, people[2]), ask(item, people[1])
    member = as_member(people[2])
    for act in (actions.give_floor, actions.pause_speech):
        with pytest.raises(NotAllowed):
            act(speech=one, actor=member, now=at(0))
    with pytest.raises(NotAllowed):
        actions.withdraw_speech(speech=two, actor=member, now=at(0))
    do("give_floor", one, 0)
    actions.end_speech(speech=one, actor=member, now=at(5))
    actions.withdraw_speech(speech=two, actor=as_member(people[1]), now=at(6))
    assert [e.what for e in events_of(item.meeting) if e.what.startswith("floor")] == [
        "floor_asked", "floor_asked", "floor_given", "floor_ended", "floor_withdrawn",
    ]  # fmt: skip


@pytest.mark.parametrize("seconds", [0, 3601])
def test_time_to_speak_has_bounds(floor, seconds):
    item, people = floor
    speech = ask(item, people[0])
    do("give_floor", speech, 0)
    with pytest.raises(ValueError, match="between"):
        do("set_limit", speech, 1, seconds=seconds)
    assert do("set_limit", speech, 1, seconds=3600).limit == 3600


def test_the_database_lets_one_speak(floor):
    item, people = floor
    for person in people[:2]:
        ask(item, person)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_speech SET state = 'speaking', started_at = now()")
