from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from secretariat.engines.tally.quorum import Quorum
from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.foundation.notices.models import Notice
from secretariat.governance.meetings import actions
from secretariat.governance.meetings.models import Attendance, Proxy
from secretariat.governance.meetings.queries import places_for, places_of_person, presence_in
from tests.factories.accounts import INSTALLER, NOW, make_account
from tests.factories.meetings import (
    BEGINS,
    arrive,
    as_member,
    give_proxy,
    make_assembly,
    make_convened_meeting,
    make_current_item,
    make_open_meeting,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
LATER = BEGINS + timedelta(minutes=10)


def room(meeting, item=None):
    """Who casts the vote of each seat now: a number of a person, with how."""
    return [(p.voter, p.is_present, p.by_proxy) for p in places_for(meeting, item)]


def test_a_member_says_that_she_is_there_and_leaves():
    body, people = make_assembly(3)
    meeting = make_convened_meeting(body)
    me = as_member(people[1], body=body)
    for mode in ("room", "room", "remote"):
        actions.attend(meeting=meeting, mode=mode, actor=me, now=BEGINS)
    actions.leave(meeting=meeting, actor=me, now=LATER)

    assert list(Attendance.objects.order_by("pk").values_list("mode", "arrived_at", "left_at", "by_hand")) == [
        ("room", BEGINS, BEGINS, False), ("remote", BEGINS, LATER, False),
    ]  # fmt: skip
    with pytest.raises(WrongState):
        actions.leave(meeting=meeting, actor=me, now=LATER)


def test_who_may_not_say_that_she_is_there():
    body, people = make_assembly(1)
    meeting = make_convened_meeting(body)
    herself = as_member(people[0], body=body)
    somebody = make_person(account=make_account())
    for actor in (
        as_member(somebody), replace(herself, acting_for_id=somebody.pk), replace(herself, token_id=somebody.pk),
        Actor(),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            actions.attend(meeting=meeting, mode="room", actor=actor, now=BEGINS)
    with pytest.raises(WrongState, match="too early"):
        actions.attend(meeting=meeting, mode="room", actor=herself, now=BEGINS - timedelta(hours=3))
    assert Attendance.objects.count() == 0


@pytest.mark.parametrize(
    ("how", "mode", "message"), [("room", "remote", "distance"), ("remote", "room", "no room")]
)
def test_how_one_may_be_there_follows_the_meeting(how, mode, message):
    body, people = make_assembly(1)
    meeting = make_convened_meeting(body, how=how)
    with pytest.raises(ValueError, match=message):
        arrive(meeting, people[0], mode=mode)


def test_the_database_has_nobody_there_twice():
    body, people = make_assembly(1)
    meeting = make_convened_meeting(body)
    row = arrive(meeting, people[0])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO meetings_attendance (id, meeting_id, person_id, mode, arrived_at, by_hand) "
            "SELECT gen_random_uuid(), meeting_id, person_id, 'remote', arrived_at, false FROM meetings_attendance"
        )
    assert Attendance.objects.get() == row


@pytest.mark.parametrize("remote", [True, False])
def test_at_a_distance_counts_where_the_rules_say_so(remote):
    body, people = make_assembly(4, remote=remote)
    meeting = make_open_meeting(body, present=people[:2])
    arrive(meeting, people[2], mode="remote")

    found = presence_in(meeting)

    assert (found.in_room, found.remote, found.there, found.needed, found.entitled) == (
        2, int(remote), 2 + remote, 3, 4,
    )  # fmt: skip
    assert found.has_quorum is remote


@pytest.mark.parametrize("size", [1, 2, 5, 9])
def test_quorum_is_that_of_the_engine_at_every_step(size):
    body, people = make_assembly(size)
    meeting = make_open_meeting(body)
    for there in range(size + 1):
        assert presence_in(meeting).has_quorum is Quorum().is_met(there, size)
        if there < size:
            arrive(meeting, people[there])


def test_guests_count_nowhere():
    body, people = make_assembly(3)
    meeting = make_open_meeting(body, present=[people[0], make_person()])
    assert presence_in(meeting).there == 1


def test_a_proxy_votes_until_its_giver_comes():
    body, people = make_assembly(3, proxies_each=1)
    meeting = make_convened_meeting(body)
    give_proxy(meeting, people[0], people[1])
    assert room(meeting) == [(None, False, False)] * 3

    arrive(meeting, people[1])
    assert room(meeting) == [(people[1].pk, True, True), (people[1].pk, True, False), (None, False, False)]
    assert (presence_in(meeting).by_proxy, presence_in(meeting).there) == (1, 2)

    arrive(meeting, people[0])
    assert room(meeting)[0] == (people[0].pk, True, False)
    actions.record_departure(meeting=meeting, person=people[0], actor=INSTALLER, now=LATER)
    assert room(meeting)[0] == (people[1].pk, True, True)
    actions.record_departure(meeting=meeting, person=people[1], actor=INSTALLER, now=LATER)
    assert room(meeting)[0] == (None, False, False)


@pytest.mark.parametrize("answer", ["none", "declined", "revoked"])
def test_a_proxy_that_is_not_accepted_does_nothing(answer):
    body, people = make_assembly(3, proxies_each=1)
    meeting = make_convened_meeting(body)
    proxy = give_proxy(meeting, people[0], people[1], accepted=answer == "revoked")
    if answer == "declined":
        actions.answer_proxy(proxy=proxy, accepts=False, actor=as_member(people[1]), now=NOW)
    if answer == "revoked":
        actions.revoke_proxy(proxy=proxy, actor=as_member(people[0]), now=NOW)
    arrive(meeting, people[1])
    assert room(meeting)[0] == (None, False, False)


def test_no_more_proxies_than_the_rules_allow():
    body, people = make_assembly(5, proxies_each=2)
    meeting = make_convened_meeting(body)
    offered = [give_proxy(meeting, giver, people[4], accepted=False) for giver in people[:3]]
    for proxy in offered[:2]:
        actions.answer_proxy(proxy=proxy, accepts=True, actor=as_member(people[4]), now=NOW)
    with pytest.raises(ValueError, match="as many proxies"):
        actions.answer_proxy(proxy=offered[2], accepts=True, actor=as_member(people[4]), now=NOW)
    with pytest.raises(ValueError, match="as many proxies"):
        give_proxy(meeting, people[3], people[4])
    assert Proxy.objects.filter(state="accepted").count() == 2


def test_where_rules_know_no_proxies_none_is_given():
    body, people = make_assembly(2)
    with pytest.raises(ValueError, match="know no proxies"):
        give_proxy(make_convened_meeting(body), people[0], people[1])


def test_a_vote_is_given_once_by_whose_it_is_to_another_who_votes():
    body, people = make_assembly(3, proxies_each=3)
    meeting = make_convened_meeting(body)
    [place] = places_of_person(meeting, people[0].pk)

    def offer(holder, actor):
        actions.offer_proxy(meeting=meeting, place=place, holder=holder, actor=actor, now=NOW)

    with pytest.raises(NotAllowed):
        offer(people[1], as_member(people[2]))
    for holder in (people[0], make_person()):
        with pytest.raises(ValueError, match="to another who votes"):
            offer(holder, as_member(people[0]))
    offer(people[1], as_member(people[0]))
    with pytest.raises(ValueError, match="given to somebody"):
        offer(people[2], as_member(people[0]))


def test_only_whom_it_concerns_answers_or_takes_it_back():
    body, people = make_assembly(3, proxies_each=1)
    proxy = give_proxy(make_convened_meeting(body), people[0], people[1], accepted=False)
    for person in (people[0], people[2]):
        with pytest.raises(NotAllowed):
            actions.answer_proxy(proxy=proxy, accepts=True, actor=as_member(person), now=NOW)
    for person in people[1:]:
        with pytest.raises(NotAllowed):
            actions.revoke_proxy(proxy=proxy, actor=as_member(person), now=NOW)


def test_whom_it_concerns_is_told():
    body, people = make_assembly(2, proxies_each=1)
    proxy = give_proxy(make_convened_meeting(body), people[0], people[1])
    actions.revoke_proxy(proxy=proxy, actor=as_member(people[0]), now=NOW)
    rows = Notice.objects.filter(kind__startswith="proxy").order_by("pk").values_list("kind", "account")
    assert list(rows) == [
        ("proxy_offered", people[1].account_id), ("proxy_answered", people[0].account_id),
        ("proxy_revoked", people[1].account_id),
    ]  # fmt: skip


def test_a_recused_holder_votes_for_nobody_and_a_recused_giver_is_out():
    body, people = make_assembly(4, proxies_each=1)
    meeting = make_open_meeting(body, present=people[1:])
    item = make_current_item(meeting)
    give_proxy(meeting, people[0], people[1], now=BEGINS)

    recused = actions.recuse(item=item, person=people[1], reason="Related", actor=INSTALLER, now=BEGINS)
    found = places_for(meeting, item)
    assert [(p.voter, p.is_present, p.recusal) for p in found[:2]] == [
        (None, False, None), (people[1].pk, True, {"en": "Related", "zh": "Related"}),
    ]  # fmt: skip
    counted = presence_in(meeting, item)
    assert (counted.entitled, counted.there, counted.recused, counted.needed) == (3, 2, 1, 2)

    actions.lift_recusal(recusal=recused, reason="Error", actor=INSTALLER, now=BEGINS)
    actions.recuse(item=item, person=people[0], reason="Hers", actor=INSTALLER, now=BEGINS)
    found = places_for(meeting, item)
    assert (found[0].recusal, found[0].by_proxy) == ({"en": "Hers", "zh": "Hers"}, False)


def test_nobody_comes_or_leaves_after_the_end():
    body, people = make_assembly(2)
    meeting = make_open_meeting(body, present=people[:1])
    actions.close_meeting(meeting=meeting, actor=INSTALLER, now=LATER)
    assert list(Attendance.objects.values_list("left_at", flat=True)) == [LATER]
    with pytest.raises(WrongState):
        arrive(meeting, people[1])


@pytest.mark.parametrize("size", [1, 3])
def test_places_cost_the_same_for_many(django_assert_num_queries, size):
    body, people = make_assembly(size + 1, proxies_each=9)
    meeting = make_open_meeting(body, present=people[:1])
    item = make_current_item(meeting)
    for person in people[1:]:
        give_proxy(meeting, person, people[0], now=BEGINS)
    with django_assert_num_queries(7):
        places_for(meeting, item)
