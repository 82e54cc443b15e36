from collections import Counter

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.summit.review import actions, queries
from secretariat.summit.review.models import Assignment, Expertise, Matching, Pseudonym
from tests.factories.accounts import make_actor
from tests.factories.calls import AFTER, CONTENT, STAFF, make_open_call, make_submission
from tests.factories.people import make_person
from tests.factories.review import (
    LATER,
    NAMES,
    actor_of,
    assignments_of,
    chair_of,
    decide,
    declare_all,
    freeze,
    make_call_in_review,
    make_conflict,
    make_matching,
    make_review,
    member_of,
    review_all,
    stage_of,
)
from tests.factories.topics import make_topic

pytestmark = pytest.mark.django_db


def propose(call, key="recommended", **kw):
    return actions.propose_matching(stage=stage_of(call, key), **{"actor": STAFF, "now": AFTER, **kw})


def deploy(matching, actor=STAFF):
    return actions.deploy_matching(matching=matching, actor=actor, now=AFTER)


def undo(matching, actor=STAFF):
    return actions.undo_matching(matching=matching, reason="A mistake.", actor=actor, now=LATER)


def pairs_of(matching):
    return {(item, reviewer) for item, reviewer, _score in matching.pairs}


def test_everybody_is_read_as_often_as_declared_and_nobody_reads_much_more_than_others():
    call, members = make_call_in_review(submissions=6, members=4)

    matching = propose(call)

    items = Counter(item for item, _ in pairs_of(matching))
    loads = Counter(reviewer for _, reviewer in pairs_of(matching))
    assert set(items.values()) == {2} and len(items) == 6
    assert max(loads.values()) <= 4  # twelve readings by four, and a tenth more
    assert set(loads) <= set(queries.pseudonyms(call).values())
    assert set(queries.pseudonyms(call)) == {person.pk for person in members}
    assert not Assignment.objects.exists()


def test_an_affinity_to_the_field_decides_who_reads():
    hardware = make_topic("hardware")
    chips, sensors = make_topic("chips", broader=hardware), make_topic("sensors", broader=hardware)
    call, (expert, neighbour, stranger) = make_call_in_review(1)
    submission = call.submissions.get()
    type(submission).objects.filter(pk=submission.pk).update(topic=chips)
    for person, topic in ((expert, chips), (neighbour, sensors)):
        actions.state_expertise(person=person, topics=[topic], actor=actor_of(person), now=AFTER)

    matching = propose(call)

    names = queries.pseudonyms(call)
    number = submission.ref.number
    assert {tuple(pair) for pair in matching.pairs} == {
        (number, names[expert.pk], 1.0),
        (number, names[neighbour.pk], 0.5),
    }
    assert stranger.pk in names


def test_barred_and_open_pairs_are_never_proposed_and_cleared_ones_may_be():
    call, members = make_call_in_review(submissions=1, members=4)
    submission = call.submissions.get()
    make_conflict(members[0], submission)
    barred = make_conflict(members[1], submission)
    cleared = make_conflict(members[2], submission)
    for conflict, bars in ((barred, True), (cleared, False)):
        actions.resolve_conflict(conflict=conflict, bars=bars, reason="So it is.", actor=STAFF, now=AFTER)

    matching = propose(call)

    names = queries.pseudonyms(call)
    assert {reviewer for _, reviewer in pairs_of(matching)} == {names[members[2].pk], names[members[3].pk]}


def test_what_cannot_be_served_is_named_and_nothing_is_kept():
    call, members = make_call_in_review(submissions=2, members=2)
    first, _second = call.submissions.order_by("ref__number")
    make_conflict(members[0], first)

    with pytest.raises(actions.engine.Infeasible) as refused:
        propose(call)

    assert [unserved.item for unserved in refused.value.unserved] == [first.ref.number]
    assert first.ref.number in str(refused.value)
    assert not Matching.objects.exists()


def two_readings(committee, *_, **__):
    names = {**NAMES, "refused": "leave_open", "authority": committee}
    return [
        {"key": "eligible", "kind": "eligibility", "method": "rules", **NAMES, "refused": "leave_open"},
        {"key": "recommended", "kind": "calibrated", "keep": 1, "method": "mean", "readers": 1, **names},
        {"key": "shortlist", "kind": "calibrated", "keep": 1, "method": "mean", "readers": 1, **names},
    ]


def test_a_second_reading_is_by_others():
    call, _members = make_call_in_review(submissions=2, members=2, declared=two_readings)
    make_matching(call, max_load=1)
    review_all(call)
    freeze(call)
    decide(call)

    second = propose(call, "shortlist", max_load=1)

    first_readers = {
        (a.submission.ref.number, queries.pseudonyms(call)[a.reviewer_id]) for a in assignments_of(call)
    }
    assert len(second.pairs) == 1
    assert not pairs_of(second) & first_readers


def test_the_matching_waits_for_the_list_before():
    committee_call = make_open_call(stages=two_readings(None))
    make_submission(committee_call, content=CONTENT)
    with pytest.raises(WrongState, match="waiting"):
        propose(committee_call)


def test_a_stage_without_readers_has_no_matching():
    call, _ = make_call_in_review(1)
    with pytest.raises(WrongState, match="no readers"):
        propose(call, "honours")


def test_pseudonyms_are_drawn_once_and_stay():
    call, members = make_call_in_review(1)
    propose(call)
    drawn = queries.pseudonyms(call)

    propose(call)

    assert queries.pseudonyms(call) == drawn
    assert sorted(drawn.values()) == ["R01", "R02", "R03"]
    act = Act.objects.get(verb="pseudonyms_drawn")
    assert (act.subject_id, act.detail) == (call.pk, {"drawn": len(members)})
    with pytest.raises(Exception, match=r"permission denied|append-only"), transaction.atomic():
        Pseudonym.objects.filter(call=call).update(name="R99")


def test_deploying_makes_every_pair_an_assignment():
    call, _ = make_call_in_review()
    matching = propose(call)

    assert deploy(matching) == 6

    names = queries.pseudonyms(call)
    made = {(a.submission.ref.number, names[a.reviewer_id], a.state) for a in assignments_of(call)}
    assert made == {(*pair, "assigned") for pair in pairs_of(matching)}
    matching.refresh_from_db()
    assert (matching.state, matching.deployed_at) == ("deployed", AFTER)
    assert queries.review_progress(call) == {"recommended": {"assigned": 6}}


def test_a_conflict_found_since_the_proposal_stops_it():
    call, members = make_call_in_review()
    matching = propose(call)
    names = {name: person for person, name in queries.pseudonyms(call).items()}
    item, reviewer, _score = matching.pairs[0]
    person = next(p for p in members if p.pk == names[reviewer])
    make_conflict(person, call.submissions.get(ref__number=item))

    with pytest.raises(ValueError, match="propose it again"):
        deploy(matching)

    assert not Assignment.objects.exists()
    matching.refresh_from_db()
    assert matching.state == "proposed"


def test_one_matching_is_deployed_for_a_stage():
    call, _ = make_call_in_review()
    matching, second = propose(call), propose(call)
    deploy(matching)

    for again in (matching, second):
        with pytest.raises(WrongState, match="deployed"):
            deploy(again)
    with pytest.raises(IntegrityError, match="matching_deployed_once"), transaction.atomic():
        Matching.objects.filter(pk=second.pk).update(state="deployed")
    assert Assignment.objects.count() == 6


def test_a_matching_is_undone_before_reviews_come_in_and_another_deployed():
    call, _ = make_call_in_review()
    matching = make_matching(call)

    assert undo(matching) == 6

    assert queries.review_progress(call) == {"recommended": {"withdrawn": 6}}
    assert deploy(propose(call)) == 6
    with pytest.raises(WrongState, match="undone"):
        undo(matching)


def test_a_matching_in_use_is_not_undone():
    call, _ = make_call_in_review()
    matching = make_matching(call)
    make_review(assignments_of(call)[0])

    with pytest.raises(ValueError, match="Reviews have come in"):
        undo(matching)

    assert queries.review_progress(call) == {"recommended": {"assigned": 5, "done": 1}}


def give(call, submission, person, key="recommended", actor=STAFF):
    return actions.assign_reader(
        stage=stage_of(call, key), submission=submission, person=person, actor=actor, now=LATER
    )


def test_where_every_reader_stepped_aside_another_takes_over():
    call, members = make_call_in_review(1)
    make_matching(call)
    read = assignments_of(call)
    for assignment in read:
        actions.declare_conflict(
            submission=assignment.submission, explanation="We are friends.",
            actor=member_of(assignment.reviewer, call.committee), now=LATER,
        )  # fmt: skip
    [third] = [person for person in members if person.pk not in {a.reviewer_id for a in read}]
    with pytest.raises(ValueError, match="No review stands"):
        freeze(call)

    given = give(call, read[0].submission, third)
    declare_all(call, [third])
    make_review(given)

    assert [entry["outcome"] for entry in queries.frozen_list(freeze(call).stage)["entries"]] == ["kept"]
    taken_over = Assignment.objects.get(reviewer=third)
    assert Act.objects.get(verb="reader_assigned").subject_id == taken_over.pk


def test_nobody_is_given_what_she_may_not_read_or_has_read():
    call, members = make_call_in_review(1, members=4)
    submission = call.submissions.select_related("ref").get()
    with pytest.raises(WrongState, match="not deployed"):
        give(call, submission, members[0])
    make_matching(call)
    readers = {a.reviewer_id for a in assignments_of(call)}
    reader, free, barred = (
        next(p for p in members if p.pk in readers), *(p for p in members if p.pk not in readers)
    )  # fmt: skip
    make_conflict(barred, submission)

    for person, state in ((reader, "assigned"), (barred, "conflict"), (make_person(), "no member")):
        with pytest.raises(WrongState, match=state):
            give(call, submission, person)
    with pytest.raises(NotAllowed):
        give(call, submission, free, actor=chair_of(call.committee))
    late = make_submission(make_open_call())
    with pytest.raises(ValueError, match=f"Not on the list: {late.ref.number}"):
        give(call, late, free)
    review_all(call)
    freeze(call)
    with pytest.raises(WrongState, match="frozen"):
        give(call, submission, free)
    assert Assignment.objects.count() == 2


def test_what_was_said_of_ones_expertise_is_replaced():
    person, (old, kept, new) = make_person(), [make_topic() for _ in range(3)]
    for topics in ([old, kept], [kept, new], [kept, new]):
        actions.state_expertise(person=person, topics=topics, actor=actor_of(person), now=AFTER)

    assert set(Expertise.objects.values_list("person", "topic")) == {
        (person.pk, kept.pk),
        (person.pk, new.pk),
    }


def test_only_the_desk_runs_the_matching():
    call, members = make_call_in_review(1)
    matching = propose(call)
    committee = call.committee
    others = [make_actor(), make_actor("desk.read"), member_of(members[0], committee), chair_of(committee)]
    acts = {
        "propose": lambda actor: propose(call, actor=actor),
        "deploy": lambda actor: deploy(matching, actor),
        "undo": lambda actor: undo(matching, actor),
        "state another's expertise": lambda actor: actions.state_expertise(
            person=members[1], topics=[], actor=actor, now=AFTER
        ),
    }
    for act in acts.values():
        for actor in others:
            with pytest.raises(NotAllowed):
                act(actor)
    matching.refresh_from_db()
    assert (matching.state, Matching.objects.count()) == ("proposed", 1)


def test_proposing_costs_the_same_for_one_submission_as_for_three():
    def statements(count):
        call, _ = make_call_in_review(count)
        propose(call)
        stage = stage_of(call)
        with CaptureQueriesContext(connection) as captured:
            actions.propose_matching(stage=stage, actor=STAFF, now=AFTER)
        return len(captured)

    assert statements(1) == statements(3)
