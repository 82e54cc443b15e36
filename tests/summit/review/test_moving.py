"""Moves across the line: proposed, voted on in the committee's meeting, kept on the list, and recounted."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from secretariat.engines.bundles.counting import carried
from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.governance.ballots.actions import cancel_ballot, cast_vote, close_ballot, open_ballot
from secretariat.governance.ballots.electorate import electorate_of
from secretariat.governance.ballots.models import RollLine
from secretariat.governance.meetings.models import AgendaItem, Recusal
from secretariat.summit.calls.queries import rules_of
from secretariat.summit.review import actions, queries
from secretariat.summit.review.models import Move
from tests.factories.accounts import INSTALLER
from tests.factories.calls import STAFF
from tests.factories.meetings import make_meeting
from tests.factories.review import (
    LATER,
    actor_of,
    assignments_of,
    declare_all,
    freeze,
    make_call_in_review,
    make_conflict,
    make_desk,
    make_matching,
    make_review,
    stage_of,
    stages,
)

pytestmark = pytest.mark.django_db
SOON = LATER + timedelta(hours=1)


def with_moves(committee, council, **kw):
    return [
        {**row, "moves": "vote"} if row["kind"] == "calibrated" else row
        for row in stages(committee, council, **kw)
    ]


@pytest.fixture
def read():
    """Six items, two places, everything read; the rule lets the committee move items."""
    call, members = make_call_in_review(
        6, members=4, readers=3, keep=2, declared=with_moves, refused="move_up"
    )
    make_matching(call)
    declare_all(call, members)
    for n, assignment in enumerate(assignments_of(call)):
        make_review(assignment, score=1 + (n * 7) % 5)
    return call, members


def item_at(call, place):
    number = queries.cut_line(stage_of(call)).rows[place].number
    return call.submissions.select_related("ref", "call").get(ref__number=number)


def move(call, place, to, **kw):
    asked = {"reason": "The reviews missed its reach.", "actor": STAFF, "now": SOON, **kw}
    return actions.propose_move(stage=stage_of(call), submission=item_at(call, place), to=to, **asked)


def vote(ballot, yes, no, places=None, casting=None):
    """Open a ballot to the whole committee, cast so many votes, and close it."""
    ballot = open_ballot(
        ballot=ballot, places=places or electorate_of(ballot.body, SOON.date()), actor=INSTALLER, now=SOON
    )
    lines = RollLine.objects.filter(ballot=ballot, recusal__isnull=True).select_related(
        "ballot__body", "voter"
    )
    for line, choice in zip(lines.order_by("position"), ["yes"] * yes + ["no"] * no, strict=False):
        cast_vote(line=line, choice=choice, actor=actor_of(line.voter), now=SOON)
    return close_ballot(ballot=ballot, casting=casting, actor=INSTALLER, now=SOON + timedelta(minutes=5))


def outcomes(call):
    return {row.number: row.is_kept for row in queries.cut_line(stage_of(call)).rows}


def test_what_a_vote_carries_changes_sides_and_costs_the_last_its_place(read):
    call, _members = read
    fifth, second = item_at(call, 4), item_at(call, 1)
    moved = move(call, 4, "above")
    assert moved.ballot.subject == fifth.ref and fifth.ref.number in moved.ballot.question_en
    vote(moved.ballot, 3, 1)
    moved.refresh_from_db()
    assert (moved.state, moved.ended_at) == ("carried", SOON + timedelta(minutes=5))
    kept = {number for number, is_kept in outcomes(call).items() if is_kept}
    assert fifth.ref.number in kept and second.ref.number not in kept and len(kept) == 2

    frozen = freeze(call, now=SOON + timedelta(hours=1))
    (told,) = frozen.content["moves"]
    assert (told["ref"], told["to"], told["votes"]) == (
        fifth.ref.number,
        "above",
        {"yes": 3, "no": 1, "abstain": 0},
    )
    assert told["digest"] == moved.ballot.result.digest
    rule = next(r for r in rules_of(call)["stages"] if r["key"] == "recommended")
    assert rule["moves"] == "vote"
    assert set(carried(queries.frozen_list(stage_of(call)), rule)) == kept


@pytest.mark.parametrize(("yes", "no"), [(1, 3), (2, 2), (0, 0)])
def test_what_no_majority_wants_stays(read, yes, no):
    call, _members = read
    before = outcomes(call)
    moved = move(call, 4, "above")
    vote(moved.ballot, yes, no)
    moved.refresh_from_db()
    assert (moved.state, outcomes(call)) == ("lost", before)
    assert "moves" not in freeze(call, now=SOON + timedelta(hours=1)).content


def test_a_casting_vote_moves_nothing(read):
    call, _members = read
    before = outcomes(call)
    moved = move(call, 4, "above", casting_vote=True)
    assert vote(moved.ballot, 2, 2, casting="yes").outcome == "adopted"
    moved.refresh_from_db()
    assert (moved.state, outcomes(call)) == ("lost", before)


def test_a_list_waits_for_the_vote(read):
    call, _members = read
    moved = move(call, 0, "below")
    with pytest.raises(ValueError, match="waits for its vote"):
        freeze(call, now=SOON)
    with pytest.raises(WrongState, match="waits for its vote"):
        move(call, 0, "below")
    cancel_ballot(ballot=moved.ballot, reason="Withdrawn.", actor=INSTALLER, now=SOON)
    again = move(call, 0, "below")
    assert {m.state for m in Move.objects.exclude(pk=again.pk)} == {"lost"}


def test_nobody_votes_on_what_she_may_not_judge(read):
    call, members = read
    item = item_at(call, 4)
    conflict = make_conflict(members[3], item)
    actions.resolve_conflict(conflict=conflict, bars=True, reason="Related.", actor=STAFF, now=LATER)
    rows = [(row.number, row.is_kept) for row in queries.cut_line(stage_of(call)).rows]
    place = [number for number, _ in rows].index(item.ref.number)
    moved = move(call, place, "below" if rows[place][1] else "above")
    with pytest.raises(ValueError, match="Recuse first"):
        vote(moved.ballot, 3, 0)


def test_who_may_propose(read):
    call, (chair, *_others) = read
    for actor, may in ((actor_of(chair), False), (STAFF, True)):
        if may:
            assert move(call, 4, "above", actor=actor).state == "proposed"
        else:
            with pytest.raises(NotAllowed):
                move(call, 4, "above", actor=actor)


@pytest.mark.parametrize(
    ("place", "to", "reason", "said"),
    [
        (4, "above", " ", "Say why"),
        (0, "above", "x", "stands on that side already"),
        (5, "below", "x", "already"),
    ],
)
def test_what_is_refused(read, place, to, reason, said):
    with pytest.raises(ValueError, match=said):
        move(read[0], place, to, reason=reason)
    assert not Move.objects.exists()


def test_without_the_rule_nothing_is_moved():
    call, members = make_call_in_review(3, members=3, readers=2)
    make_matching(call)
    declare_all(call, members)
    for assignment in assignments_of(call):
        make_review(assignment)
    with pytest.raises(WrongState):
        move(call, 2, "above")


def test_the_contested_go_on_the_agenda_with_recusals_and_few_exits(read):
    call, members = read
    stage, contested = stage_of(call), [row.number for row in queries.cut_line(stage_of(call)).contested]
    barred = call.submissions.filter(ref__number__in=contested[:2])
    for item in barred:
        conflict = make_conflict(members[1], item)
        actions.resolve_conflict(conflict=conflict, bars=True, reason="Related.", actor=STAFF, now=LATER)
    contested = [row.number for row in queries.cut_line(stage).contested]
    now = timezone.now()
    meeting = make_meeting(call.committee, starts_at=now + timedelta(days=30), now=now)

    order = actions.plan_deliberation(stage=stage, meeting=meeting, actor=STAFF, now=now)

    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("position").select_related("subject"))
    assert [item.subject.number for item in items] == list(order.items)
    assert set(order.items) == set(contested)
    out = {r.item.subject.number for r in Recusal.objects.filter(item__meeting=meeting, person=members[1])}
    assert out == {item.ref.number for item in barred} & set(contested)
    assert (order.exits, order.at_least) == (1, 1)
    with pytest.raises(ValueError, match="Nothing is contested"):
        actions.plan_deliberation(stage=stage, meeting=meeting, actor=STAFF, now=now)


def browser_of(person):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(person.account)
    return client


def test_the_desk_moves_an_item_and_prepares_the_room_by_the_page(read):
    call, _members = read
    staff, item = browser_of(make_desk("desk.run", "desk.read")), item_at(call, 4)
    line = reverse("desk_review:line", args=[call.key, "recommended"])
    asked = {"number": item.ref.number, "to": "above", "reason": "The reviews missed its reach."}
    page = staff.post(reverse("desk_review:move", args=[call.key, "recommended"]), asked, follow=True)
    assert page.redirect_chain[-1][0] == line
    told = page.content.decode()
    assert "Moved. The committee votes on it" in told and "The reviews missed its reach." in told
    now = timezone.now()
    meeting = make_meeting(call.committee, starts_at=now + timedelta(days=30), now=now)
    deliberate = reverse("desk_review:deliberate", args=[call.key, "recommended"])
    told = staff.post(deliberate, {"meeting": str(meeting.pk)}, follow=True).content.decode()
    assert "In this order somebody leaves the room 0 times." in told
    told = staff.post(deliberate, {"meeting": str(meeting.pk)}, follow=True).content.decode()
    assert "Nothing is contested that is not on the agenda already." in told


def test_a_recused_chair_sees_no_move_of_her_item(read):
    call, (chair, *_others) = read
    item = item_at(call, 4)
    move(call, 4, "above")
    conflict = make_conflict(chair, item)
    actions.resolve_conflict(conflict=conflict, bars=True, reason="Related.", actor=STAFF, now=LATER)
    told = browser_of(chair).get(reverse("desk_review:line", args=[call.key, "recommended"])).content.decode()
    assert "Moved by the committee" in told and item.ref.number not in told
