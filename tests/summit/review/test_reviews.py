import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.foundation.audit.models import Act, Change
from secretariat.summit.review import queries
from secretariat.summit.review.models import Assignment, Review
from tests.factories.calls import STAFF
from tests.factories.people import make_person
from tests.factories.review import (
    LATER,
    actor_of,
    assignments_of,
    chair_of,
    decide,
    freeze,
    make_call_in_review,
    make_conflict,
    make_matching,
    make_review,
    review_all,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    call, _ = make_call_in_review(1)
    make_matching(call)
    return assignments_of(call)[0]


def test_a_review_has_a_score_for_each_criterion_and_their_weighted_mean(assignment):
    review = make_review(assignment, scores={"depth": 9, "benefit": 3}, comment="Thorough.")

    assignment.refresh_from_db()
    assert (review.overall, review.comment, review.handed_in_at) == (7.0, "Thorough.", LATER)
    assert assignment.state == "done"
    names = queries.pseudonyms(assignment.stage.call)
    assert queries.reviews_of(assignment.stage.call) == [
        {
            "stage": "recommended", "item": assignment.submission.ref.number, "reviewer": names[assignment.reviewer_id],
            "scores": {"depth": 9, "benefit": 3}, "overall": 7.0,
        }
    ]  # fmt: skip
    act = Act.objects.get(verb="review_handed_in")
    assert (act.account_id, act.subject_id) == (assignment.reviewer.account_id, review.pk)


def test_the_words_of_a_review_stand_apart_from_history(assignment):
    make_review(assignment, comment="Between us.")

    change = Change.objects.get(table="review_review")
    assert set(change.after["comment"]) == {"commitment"}


OFF_THE_SCALE = [
    ({"depth": 9}, "benefit"), ({"depth": 11, "benefit": 3}, "depth"), ({"depth": 9, "benefit": 0}, "benefit"),
    ({"depth": 9.5, "benefit": 3}, "depth"), ({"depth": 9, "benefit": 3, "charm": 1}, "charm"), ({}, "depth"),
]  # fmt: skip


def test_what_is_off_the_scale_is_refused_and_named(assignment):
    for scores, criterion in OFF_THE_SCALE:
        with pytest.raises(ValueError, match=f"“{criterion}” is missing or off the scale"):
            make_review(assignment, scores=scores)

    assignment.refresh_from_db()
    assert (assignment.state, Review.objects.count()) == ("assigned", 0)


def test_a_review_is_handed_in_once(assignment):
    make_review(assignment)
    with pytest.raises(WrongState, match="done"):
        make_review(assignment, 9)
    assert [r.overall for r in Review.objects.all()] == [5.0]


@pytest.mark.parametrize("state", ["open", "barred"])
def test_whose_conflict_is_not_cleared_does_not_review(assignment, state):
    conflict = make_conflict(assignment.reviewer, assignment.submission)
    type(conflict).objects.filter(pk=conflict.pk).update(state=state, reason="x")

    with pytest.raises(WrongState, match="conflict"):
        make_review(assignment)

    type(conflict).objects.filter(pk=conflict.pk).update(state="cleared")
    make_review(assignment)


def test_a_conflict_of_another_reviewer_or_item_is_none_of_this_one(assignment):
    make_conflict(make_person(), assignment.submission)
    make_review(assignment)


def test_nothing_is_handed_in_after_the_list_was_frozen():
    call, _ = make_call_in_review(1)
    make_matching(call)
    review_all(call)
    freeze(call)
    done = assignments_of(call)[0]
    late = Assignment.objects.create(
        matching=done.matching, stage=done.stage, submission=done.submission, reviewer=make_person()
    )

    with pytest.raises(WrongState, match="frozen"):
        make_review(late)
    assert Review.objects.count() == 2


def test_only_the_assigned_reviewer_reviews_and_in_person(assignment):
    reviewer = assignment.reviewer
    committee = assignment.stage.call.committee
    assistant = actor_of(reviewer, acting_for_id=reviewer.account_id, tasks=frozenset({"review", "body.sit"}))
    others = [Actor(), STAFF, actor_of(make_person()), chair_of(committee, make_person()), assistant]

    for actor in others:
        with pytest.raises(NotAllowed):
            make_review(assignment, actor=actor)

    assert not Review.objects.exists()
    make_review(assignment, actor=actor_of(reviewer))


STATEMENTS = [
    "UPDATE review_review SET overall = 10",
    "UPDATE review_review SET scores = '{}'",
    "DELETE FROM review_review",
    "TRUNCATE review_review CASCADE",
]


def test_a_review_stands_in_the_database_too(assignment):
    make_review(assignment)

    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL ROLE owner")
        for statement in STATEMENTS:
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("SET LOCAL ROLE app")
    assert Review.objects.get().overall == 5.0


MOVES = [
    ("done", "assigned"), ("done", "withdrawn"), ("recused", "done"), ("recused", "assigned"),
    ("withdrawn", "assigned"), ("withdrawn", "done"),
]  # fmt: skip


def test_the_database_refuses_a_step_back(assignment):
    rows = Assignment.objects.filter(pk=assignment.pk)
    for before, after in MOVES:
        with transaction.atomic():
            rows.update(state=before)
            with (
                pytest.raises(IntegrityError, match=f"may not go from {before} to {after}"),
                transaction.atomic(),
            ):
                rows.update(state=after)
            transaction.set_rollback(True)


def test_the_decision_changes_nothing_about_reviews():
    call, _ = make_call_in_review(1)
    make_matching(call)
    review_all(call)
    before = queries.reviews_of(call)
    freeze(call)
    decide(call)
    assert queries.reviews_of(call) == before
