import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.foundation.audit.models import Act, Change
from secretariat.foundation.files.actions import store_file
from secretariat.summit.calls.logic import FieldSpec
from secretariat.summit.calls.models import Attachment
from secretariat.summit.calls.queries import NotFound
from secretariat.summit.review import actions, queries
from secretariat.summit.review.models import Conflict, Declaration, ReviewDraft
from tests.factories.calls import AFTER, FIELDS, STAFF, make_open_call, make_submission
from tests.factories.people import make_person
from tests.factories.review import (
    LATER,
    actor_of,
    assignments_of,
    declare_all,
    freeze,
    make_call_in_review,
    make_conflict,
    make_matching,
    make_review,
    make_reviewed_call,
    member_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    call, _ = make_call_in_review(4, members=3, readers=2)
    make_matching(call)
    return call


def own(call, reviewer):
    return [a for a in assignments_of(call) if a.reviewer_id == reviewer.pk]


def test_the_queue_is_hers_alone_in_an_order_that_stays(call):
    reviewer = assignments_of(call)[0].reviewer
    mine = {a.pk for a in own(call, reviewer)}

    [queue] = queries.my_queues(actor_of(reviewer))
    [again] = queries.my_queues(actor_of(reviewer))

    assert {a.pk for a in queue.waiting} == mine
    assert [a.pk for a in queue.waiting] == [a.pk for a in again.waiting]
    assert (queue.done, queue.held, queue.is_over, queue.due_at) == ([], 0, False, None)
    assert queries.my_queues(actor_of(make_person())) == []


def test_the_order_is_drawn_for_each_reader_and_not_by_number():
    call, members = make_call_in_review(6, members=3, readers=3)
    make_matching(call)
    orders = []
    for member in members:
        [queue] = queries.my_queues(actor_of(member))
        orders.append([a.submission.ref.number for a in queue.waiting])

    assert all(sorted(order) == sorted(orders[0]) for order in orders)
    assert len({tuple(order) for order in orders}) > 1


def test_what_is_handed_in_stands_last_and_the_next_is_the_first_that_waits(call):
    reviewer = assignments_of(call)[0].reviewer
    [before] = queries.my_queues(actor_of(reviewer))
    make_review(before.next)

    [after] = queries.my_queues(actor_of(reviewer), before.stage)
    assert [a.pk for a in after.done] == [before.waiting[0].pk]
    assert [a.pk for a in after.waiting] == [a.pk for a in before.waiting[1:]]
    assert after.next.pk == before.waiting[1].pk


def test_an_item_with_a_relation_to_be_resolved_is_held_back(call):
    assignment = assignments_of(call)[0]
    make_conflict(assignment.reviewer, assignment.submission)
    actor = actor_of(assignment.reviewer)

    [queue] = queries.my_queues(actor)
    assert (queue.held, len(queue.waiting)) == (1, len(own(call, assignment.reviewer)) - 1)
    with pytest.raises(NotFound):
        queries.get_reading(actor, call.key, "recommended", assignment.submission.ref.number)


def test_the_queue_costs_one_statement(call, django_assert_num_queries):
    reviewer = assignments_of(call)[0].reviewer
    with django_assert_num_queries(1):
        queries.my_queues(actor_of(reviewer))


def test_a_queue_is_over_when_its_list_is_frozen():
    call, _members = make_reviewed_call(2)
    reader = actor_of(assignments_of(call)[0].reviewer)
    [queue] = queries.my_queues(reader)
    assert not queue.is_over
    freeze(call)
    [queue] = queries.my_queues(reader)
    assert queue.is_over


def test_a_reading_is_found_by_its_reader_alone(call):
    assignment = assignments_of(call)[0]
    at = (call.key, "recommended", assignment.submission.ref.number)
    strangers = [a.reviewer for a in assignments_of(call) if a.submission_id != assignment.submission_id]
    readers = {a.reviewer_id for a in assignments_of(call) if a.submission_id == assignment.submission_id}

    assert queries.get_reading(actor_of(assignment.reviewer), *at).pk == assignment.pk
    others = [actor_of(p) for p in strangers if p.pk not in readers]
    assert others
    assistant = actor_of(assignment.reviewer, acting_for_id=assignment.reviewer.account_id)
    for actor in (Actor(), STAFF, assistant, *others):
        with pytest.raises(NotFound):
            queries.get_reading(actor, *at)


# -- Drafts ---------------------------------------------------------------------------------------------------


def save(assignment, scores=None, *, actor=None, comment="So far.", now=LATER):
    return actions.save_review_draft(
        assignment=assignment, scores={} if scores is None else scores, comment=comment,
        actor=actor or actor_of(assignment.reviewer), now=now,
    )  # fmt: skip


def test_a_draft_may_have_gaps_and_is_kept_over_and_over(call):
    assignment = assignments_of(call)[0]
    save(assignment)
    save(assignment, {"depth": 7}, comment="More.", now=LATER + timedelta(minutes=1))

    draft = ReviewDraft.objects.get()
    assert (draft.assignment_id, draft.scores, draft.comment) == (assignment.pk, {"depth": 7}, "More.")
    assert draft.saved_at == LATER + timedelta(minutes=1)
    assignment.refresh_from_db()
    assert assignment.state == "assigned"


def test_a_draft_leaves_no_trace_and_is_gone_when_the_review_is_handed_in(call):
    assignment = assignments_of(call)[0]
    acts = Act.objects.count()
    save(assignment, {"depth": 7})
    assert Act.objects.count() == acts
    assert not Change.objects.filter(table="review_reviewdraft").exists()

    make_review(assignment)
    assert not ReviewDraft.objects.exists()


@pytest.mark.parametrize("scores", [{"depth": 11}, {"depth": 0}, {"charm": 3}, {"depth": 2.5}])
def test_a_draft_off_the_scale_is_refused(call, scores):
    with pytest.raises(ValueError, match="off the scale"):
        save(assignments_of(call)[0], scores)
    assert not ReviewDraft.objects.exists()


def test_nobody_writes_a_draft_for_another(call):
    assignment = assignments_of(call)[0]
    for actor in (Actor(), STAFF, actor_of(make_person())):
        with pytest.raises(NotAllowed):
            save(assignment, actor=actor)


def test_no_draft_is_kept_of_what_is_handed_in_or_barred(call):
    first, second = assignments_of(call)[:2]
    make_review(first)
    make_conflict(second.reviewer, second.submission)
    for assignment in (first, second):
        with pytest.raises(WrongState):
            save(assignment)


def test_a_draft_goes_when_its_reader_steps_aside(call):
    assignment = assignments_of(call)[0]
    save(assignment)
    actions.declare_conflict(
        submission=assignment.submission, explanation="My brother.", now=LATER,
        actor=member_of(assignment.reviewer, call.committee),
    )  # fmt: skip
    assert not ReviewDraft.objects.exists()


def test_a_draft_goes_when_the_matching_is_undone():
    call, _ = make_call_in_review(2)
    matching = make_matching(call)
    save(assignments_of(call)[0])
    actions.undo_matching(matching=matching, reason="Too early.", actor=STAFF, now=LATER)
    assert not ReviewDraft.objects.exists()


# -- Declarations ---------------------------------------------------------------------------------------------


def declare(call, person, reasons, actor=None):
    actor = actor or member_of(person, call.committee)
    signs = call.undertaking_digest
    return actions.declare_conflicts(call=call, reasons=reasons, signs=signs, actor=actor, now=LATER)


def test_she_declares_for_all_items_at_once():
    call, members = make_call_in_review(3)
    first, second, _third = [item.ref.number for item in queries.items_to_judge(call)]

    declare(call, members[1], {first: "My employer.", second: "A rival."})

    found = Conflict.objects.filter(person=members[1]).values_list(
        "submission__ref__number", "explanation", "state"
    )
    assert set(found) == {(first, "My employer.", "barred"), (second, "A rival.", "barred")}
    declaration = Declaration.objects.get()
    assert (declaration.call_id, declaration.person_id, declaration.declared_at) == (
        call.pk, members[1].pk, LATER,
    )  # fmt: skip
    assert Act.objects.get(verb="conflicts_declared").detail["items"] == sorted([first, second])


def test_declaring_again_adds_and_repeats_nothing():
    call, members = make_call_in_review(2)
    first, second = [item.ref.number for item in queries.items_to_judge(call)]
    declare(call, members[0], {first: "My employer."})
    declare(call, members[0], {first: "My employer.", second: "A rival."})

    assert Conflict.objects.filter(person=members[0]).count() == 2
    assert Declaration.objects.count() == 1


def test_what_she_declared_is_not_given_to_her_to_read():
    call, members = make_call_in_review(2, members=3, readers=2)
    number = queries.items_to_judge(call)[0].ref.number
    declare(call, members[0], {number: "My employer."})
    make_matching(call)

    readers = {a.reviewer_id for a in assignments_of(call) if a.submission.ref.number == number}
    assert readers == {members[1].pk, members[2].pk}


def test_a_declaration_names_a_reason_and_items_of_the_call():
    call, members = make_call_in_review(1)
    number = queries.items_to_judge(call)[0].ref.number
    for reasons, told in (({number: " "}, number), ({"NONE-1": "Why not."}, "NONE-1")):
        with pytest.raises(ValueError, match=told):
            declare(call, members[0], reasons)
    assert not Declaration.objects.exists()


def test_only_a_member_declares_in_person():
    call, members = make_call_in_review(1)
    assistant = actor_of(
        members[0], acting_for_id=members[0].account_id,
        capacities=member_of(members[0], call.committee).capacities,
    )  # fmt: skip
    for actor in (Actor(), STAFF, actor_of(members[0]), assistant):
        with pytest.raises(NotAllowed):
            declare(call, members[0], {}, actor=actor)


def test_a_declaration_stands():
    call, members = make_call_in_review(1)
    declare(call, members[0], {})
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM review_declaration")


def test_she_is_asked_while_the_reviews_go_on():
    call, members = make_call_in_review(2)
    member = member_of(members[0], call.committee)
    assert [(c.pk, c.is_declared) for c in queries.calls_to_judge(member)] == [(call.pk, False)]
    declare_all(call, [members[0]])
    assert [(c.pk, c.is_declared) for c in queries.calls_to_judge(member)] == [(call.pk, True)]

    for actor in (Actor(), STAFF, actor_of(members[0])):
        assert queries.calls_to_judge(actor) == []
    with pytest.raises(NotFound):
        queries.get_call_to_judge(member, "another")


def test_after_the_last_calibrated_list_nobody_is_asked():
    call, members = make_reviewed_call(2)
    freeze(call)
    assert queries.calls_to_judge(member_of(members[0], call.committee)) == []


def test_the_items_to_judge_are_those_the_formal_check_kept():
    call, _ = make_call_in_review(3)
    assert [i.ref.number for i in queries.items_to_judge(call)] == sorted(
        s.ref.number for s in call.submissions.filter(state="eligible")
    )


def test_before_the_formal_check_there_is_nothing_to_judge():
    call = make_open_call()
    make_submission(call)
    assert queries.items_to_judge(call) == []


def test_she_sees_her_own_relations_and_nobody_elses():
    call, members = make_call_in_review(2)
    first, second = queries.items_to_judge(call)
    mine = make_conflict(members[0], first)
    make_conflict(members[1], second)

    assert [c.pk for c in queries.my_relations(actor_of(members[0]), call)] == [mine.pk]


# -- The day --------------------------------------------------------------------------------------------------


def test_the_day_by_which_reviews_are_asked_for_is_set_when_they_are_assigned():
    call, _ = make_call_in_review(1)
    matching = make_matching(call, deploy=False)
    due = LATER + timedelta(days=20)
    with pytest.raises(ValueError, match="past"):
        actions.deploy_matching(matching=matching, due_at=AFTER, actor=STAFF, now=AFTER)
    actions.deploy_matching(matching=matching, due_at=due, actor=STAFF, now=AFTER)

    [queue] = queries.my_queues(actor_of(assignments_of(call)[0].reviewer))
    assert queue.due_at == due


def test_a_proposal_is_laid_aside():
    call, _ = make_call_in_review(1)
    matching = make_matching(call, deploy=False)
    with pytest.raises(NotAllowed):
        actions.discard_matching(matching=matching, actor=Actor(), now=AFTER)
    actions.discard_matching(matching=matching, actor=STAFF, now=AFTER)

    matching.refresh_from_db()
    assert matching.state == "discarded"
    with pytest.raises(WrongState):
        actions.deploy_matching(matching=matching, actor=STAFF, now=AFTER)
    deployed = make_matching(call)
    with pytest.raises(WrongState):
        actions.discard_matching(matching=deployed, actor=STAFF, now=AFTER)


# -- Files ----------------------------------------------------------------------------------------------------

FORM = [
    *FIELDS,
    FieldSpec("evidence", "file", "Evidence", "证明", confidentiality="committee"),
    FieldSpec("passport", "file", "Passport", "护照", confidentiality="named"),
]


def attach(submission, key):
    kept = store_file(
        stream=io.BytesIO(f"%PDF-1.4 {key} {submission.pk}".encode()), name=f"{key}.pdf",
        allowed_types=["application/pdf"], limit=1000, actor=actor_of(submission.person), now=LATER,
    )  # fmt: skip
    return Attachment.objects.create(submission=submission, key=key, file=kept).file


def test_a_reader_reads_the_files_of_her_items_that_are_not_for_named_persons():
    call, _members = make_call_in_review(2, members=3, readers=1, fields=FORM)
    make_matching(call)
    first, second = assignments_of(call)
    files = {key: attach(first.submission, key) for key in ("evidence", "passport")}
    pks = [file.pk for file in files.values()]

    assert set(queries.files_of_readers(actor_of(first.reviewer), pks)) == {files["evidence"].pk}
    for actor in (Actor(), actor_of(second.reviewer), actor_of(make_person())):
        assert set(queries.files_of_readers(actor, pks)) == set()
    make_conflict(first.reviewer, first.submission)
    assert set(queries.files_of_readers(actor_of(first.reviewer), pks)) == set()
