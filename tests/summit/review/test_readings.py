from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from secretariat.foundation.accounts.actor import SYSTEM, NotAllowed, WrongState
from secretariat.registry.people.models import Person
from secretariat.summit.review import actions, queries, tasks
from secretariat.summit.review.actions.engine import Infeasible
from secretariat.summit.review.duties import review_duties
from secretariat.summit.review.models import Assignment, Matching
from tests.factories.accounts import make_actor
from tests.factories.calls import AFTER, STAFF
from tests.factories.review import (
    LATER,
    actor_of,
    assignments_of,
    chair_of,
    freeze,
    make_call_in_review,
    make_conflict,
    make_matching,
    make_review,
    member_of,
    review_all,
    stage_of,
)

pytestmark = pytest.mark.django_db


def live(call):
    return {
        (a.submission.ref.number, a.reviewer_id)
        for a in assignments_of(call)
        if a.state in ("assigned", "done")
    }


def decline(assignment, reason="No time.", actor=None):
    actor = actor or actor_of(assignment.reviewer)
    return actions.decline_reading(assignment=assignment, reason=reason, actor=actor, now=LATER)


def repair(call, actor=STAFF, **kw):
    return actions.propose_repair(stage=stage_of(call), actor=actor, now=LATER, **kw)


def deploy(matching):
    return actions.deploy_matching(matching=matching, actor=STAFF, now=LATER)


@pytest.fixture
def call():
    call, _ = make_call_in_review(3, members=4)
    make_matching(call)
    return call


def test_a_reader_accepts_all_that_she_was_given(call):
    reading = assignments_of(call)[0]
    hers = [a for a in assignments_of(call) if a.reviewer_id == reading.reviewer_id]

    accepted = actions.accept_readings(stage=stage_of(call), actor=actor_of(reading.reviewer), now=LATER)

    assert accepted == len(hers)
    assert {a.pk for a in assignments_of(call) if a.accepted_at == LATER} == {a.pk for a in hers}


def test_a_decline_takes_the_item_away_and_the_repair_adds_one_reader(call):
    before = live(call)
    gone = assignments_of(call)[0]

    decline(gone)
    tasks.repair(stage=str(stage_of(call).pk), now=LATER)

    proposed = Matching.objects.get(kind="repair")
    assert (proposed.state, len(proposed.pairs), proposed.dropped) == ("proposed", 1, [])
    assert [row[0] for row in proposed.pairs] == [gone.submission.ref.number]
    deploy(proposed)
    after = live(call)
    lost = {(gone.submission.ref.number, gone.reviewer_id)}
    assert before - after == lost and len(after - before) == 1 and not lost & after
    assert not queries.short_counts([call])


def test_whoever_declines_gives_a_reason_in_person_and_once(call):
    reading = assignments_of(call)[0]
    with pytest.raises(ValueError, match="Say why"):
        decline(reading, reason=" ")
    others = [make_actor(), STAFF, chair_of(call.committee)]
    for actor in others:
        with pytest.raises(NotAllowed):
            decline(reading, actor=actor)
    assert decline(reading).state == "declined"
    with pytest.raises(WrongState, match="declined"):
        decline(reading)
    done = assignments_of(call)[1]
    make_review(done)
    with pytest.raises(WrongState, match="done"):
        decline(done)


def test_what_is_done_stays_and_no_conflicted_reader_takes_over(call):
    first = assignments_of(call)[0]
    number = first.submission.ref.number
    other = next(a for a in assignments_of(call) if a.submission.ref.number == number and a.pk != first.pk)
    make_review(other)
    free = [p for p in members_of(call) if p not in {first.reviewer_id, other.reviewer_id}]
    make_conflict(person_of(free[0]), first.submission)
    decline(first)

    proposed = repair(call)

    names = queries.pseudonyms(call)
    added = {(item, name) for item, name, _score in proposed.pairs}
    assert (number, names[free[1]]) in added
    assert [number, names[other.reviewer_id]] not in proposed.dropped
    assert not {(number, names[p]) for p in (free[0], first.reviewer_id)} & added


def members_of(call):
    return queries.committee_members(call, AFTER.date())


def person_of(pk):
    return Person.objects.get(pk=pk)


def test_where_nobody_can_take_over_it_is_said_and_the_duty_stays():
    call, _ = make_call_in_review(1, members=2)
    make_matching(call)
    decline(assignments_of(call)[0])
    with pytest.raises(Infeasible, match="eligible reviewer"):
        repair(call)
    tasks.repair(stage=str(stage_of(call).pk), now=LATER)
    assert not Matching.objects.filter(kind="repair").exists()
    duties = {d.key: d.count for d in review_duties(make_actor("desk.run"), "desk", LATER)}
    assert duties == {f"review.short:{call.key}:recommended": 1}


def test_one_more_reading_changes_nothing_else(call):
    before, number = live(call), assignments_of(call)[0].submission.ref.number

    proposed = repair(call, more=[number])

    assert (proposed.kind, proposed.dropped, [row[0] for row in proposed.pairs]) == ("top_up", [], [number])
    deploy(proposed)
    assert before < live(call) and Counter(n for n, _ in live(call))[number] == 3
    with pytest.raises(ValueError, match="Not on the list: X"):
        repair(call, more=["X"])


def test_a_repair_waits_for_a_need_a_run_and_an_open_list(call):
    with pytest.raises(WrongState, match="complete"):
        repair(call)
    other, _ = make_call_in_review(1)
    with pytest.raises(WrongState, match="not deployed"):
        repair(other)
    for actor in (make_actor(), make_actor("desk.read"), chair_of(call.committee)):
        with pytest.raises(NotAllowed):
            repair(call, actor=actor)
    review_all(call)
    freeze(call)
    with pytest.raises(WrongState, match="frozen"):
        repair(call)


def test_a_newer_repair_takes_the_place_of_the_one_before(call):
    decline(assignments_of(call)[0])
    first = repair(call)
    second = repair(call, actor=SYSTEM)
    first.refresh_from_db()
    assert (first.state, second.state) == ("discarded", "proposed")


def test_a_repair_that_no_longer_fits_is_refused(call):
    gone = assignments_of(call)[0]
    decline(gone)
    proposed = repair(call)
    deploy(proposed)
    assert proposed.pairs
    again = Matching.objects.create(
        stage=proposed.stage, kind="repair", basis=proposed.basis, options=proposed.options, pairs=proposed.pairs,
        parts=proposed.parts, worked_out_at=LATER,
    )  # fmt: skip
    with pytest.raises(ValueError, match="have changed since"):
        deploy(again)


def test_undoing_the_run_takes_its_repairs_back_and_a_repair_gives_back_what_it_dropped(call):
    decline(assignments_of(call)[0])
    proposed = repair(call)
    dropped = assignments_of(call)[-1]
    names = queries.pseudonyms(call)
    pair = [dropped.submission.ref.number, names[dropped.reviewer_id]]
    Matching.objects.filter(pk=proposed.pk).update(dropped=[pair])
    before = live(call)
    deploy(proposed)
    assert (dropped.submission.ref.number, dropped.reviewer_id) not in live(call)

    proposed.refresh_from_db()
    actions.undo_matching(matching=proposed, reason="A mistake.", actor=STAFF, now=LATER)
    assert live(call) == before

    run = Matching.objects.get(kind="run")
    actions.undo_matching(matching=run, reason="All of it.", actor=STAFF, now=LATER)
    assert not live(call)
    assert set(Matching.objects.values_list("state", flat=True)) == {"undone"}


def test_repairing_costs_the_same_for_one_item_as_for_three():
    def statements(count):
        call, _ = make_call_in_review(count, members=4)
        make_matching(call)
        decline(assignments_of(call)[0])
        stage = stage_of(call)
        with CaptureQueriesContext(connection) as captured:
            actions.propose_repair(stage=stage, actor=STAFF, now=LATER)
        return len(captured)

    assert statements(1) == statements(3)


def test_a_recused_reader_leaves_the_item_short(call):
    reading = assignments_of(call)[0]
    actions.declare_conflict(
        submission=reading.submission, explanation="We are friends.",
        actor=member_of(reading.reviewer, call.committee), now=LATER,
    )  # fmt: skip
    assert queries.short_counts([call]) == {call.pk: ("recommended", 1)}
    assert len(repair(call).pairs) >= 1
    assert Assignment.objects.filter(state="recused").count() == 1
