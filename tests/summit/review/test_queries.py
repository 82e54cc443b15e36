import pytest

from secretariat.foundation.accounts.actor import Actor
from secretariat.summit.calls.queries import NotFound
from secretariat.summit.review import queries, rules
from tests.factories.accounts import make_actor
from tests.factories.bodies import make_term
from tests.factories.calls import AFTER, STAFF, make_open_call, make_submission
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.review import (
    actor_of,
    assignments_of,
    chair_of,
    decide,
    freeze,
    make_call_in_review,
    make_conflict,
    make_matching,
    make_review,
    make_reviewed_call,
    member_of,
    stage_of,
)

pytestmark = pytest.mark.django_db


def test_the_committee_is_who_sits_in_it_on_the_day():
    call, members = make_call_in_review(1)
    make_term(call.committee, make_person(), role="secretary")

    assert queries.committee_members(call, AFTER.date()) == sorted(p.pk for p in members)


def test_the_parties_of_a_submission_are_everybody_with_a_part_in_it():
    call = make_open_call()
    organisation = make_organisation()
    submission = make_submission(call, organisation=organisation)

    [parties] = queries.party_sets([submission])

    assert (parties.key, parties.people, parties.organisations) == (
        submission.pk, {submission.person_id}, {organisation.pk},
    )  # fmt: skip


def test_a_reviewer_sees_her_own_assignments_and_nobody_else_any():
    call, _ = make_call_in_review()
    make_matching(call)
    first, *rest = assignments_of(call)
    reviewer = first.reviewer
    mine = {a.pk for a in [first, *rest] if a.reviewer_id == reviewer.pk}
    assistant = actor_of(reviewer, acting_for_id=reviewer.account_id, tasks=frozenset({"calls.apply"}))

    assert {a.pk for a in queries.my_assignments(actor_of(reviewer))} == mine
    for actor in (Actor(), STAFF, actor_of(make_person()), assistant):
        assert not queries.my_assignments(actor).exists()


def test_withdrawn_assignments_are_no_longer_hers():
    call, _ = make_call_in_review()
    make_matching(call)
    first = assignments_of(call)[0]
    type(first).objects.filter(reviewer=first.reviewer).update(state="withdrawn")

    assert not queries.my_assignments(actor_of(first.reviewer)).exists()


def test_reviewers_and_conflicts_appear_by_pseudonym_only():
    call, members = make_call_in_review()
    silent = make_conflict(make_person(), call.submissions.first())  # no member, so without a pseudonym
    make_matching(call)
    make_conflict(members[0], call.submissions.order_by("ref__number").last())
    first = assignments_of(call)[0]
    make_review(first)

    [review], [conflict] = queries.reviews_of(call), queries.conflicts_of(call)

    names = queries.pseudonyms(call)
    assert (review["reviewer"], conflict["reviewer"]) == (names[first.reviewer_id], names[members[0].pk])
    told = str([review, conflict])
    assert not any(str(word) in told for p in (*members, silent.person) for word in (p.pk, p.family_name))


def test_a_stage_that_is_not_there():
    call, _ = make_call_in_review(1)
    with pytest.raises(NotFound, match="dessert"):
        queries.stage_by_key(call, "dessert")
    assert queries.stage_by_key(call, "honours").kind == "levels"


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow_with_the_submissions(count, django_assert_num_queries):
    call, members = make_reviewed_call(count)
    make_conflict(members[0], call.submissions.first(), kind="other")
    reviewer = assignments_of(call)[0].reviewer
    submissions = list(call.submissions.all())

    with django_assert_num_queries(2):
        assert len(queries.party_sets(submissions)) == count
    with django_assert_num_queries(2):
        assert len(queries.reviews_of(call)) == 2 * count
    with django_assert_num_queries(1):
        assert len(queries.eligibility_of(call)) == count
    with django_assert_num_queries(2):
        assert len(queries.conflicts_of(call)) == 1
    with django_assert_num_queries(1):
        assert queries.review_progress(call) == {"recommended": {"done": 2 * count}}
    with django_assert_num_queries(1):
        assert len(
            [(a.submission.ref.number, a.stage.call.key) for a in queries.my_assignments(actor_of(reviewer))]
        )
    with django_assert_num_queries(2):
        assert len(queries.committee_members(call, AFTER.date())) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_reading_a_list_costs_the_same_however_long_it_is(count, django_assert_num_queries):
    call, _ = make_reviewed_call(count, keep=3)
    freeze(call)
    decide(call)
    stage = stage_of(call)

    with django_assert_num_queries(2):
        assert len(queries.frozen_list(stage)["entries"]) == count
    with django_assert_num_queries(8):  # the list, and the rules it hands on by
        assert len(queries.handed_on(stage)) == count


def actors(call, assignment):
    committee, reviewer = call.committee, assignment.reviewer
    return {
        "nobody": Actor(),
        "desk.read": make_actor("desk.read"),
        "desk.run": make_actor("desk.run"),
        "chair": chair_of(committee, make_person()),
        "member": member_of(make_person(), committee),
        "reviewer": member_of(reviewer, committee),
        "applicant": Actor(person_id=assignment.submission.person_id),
        "assistant": Actor(
            make_person().pk, reviewer.pk, member_of(reviewer, committee).capacities, acting_for_id=reviewer.pk,
            tasks=frozenset({"body.sit"}),
        ),
    }  # fmt: skip


ALLOWED = {
    "run the review": {"desk.run"},
    "read the reviews": {"desk.read", "desk.run"},
    "review": {"reviewer"},
    "declare a conflict": {"chair", "member", "reviewer"},
    "resolve a conflict": {"desk.run", "chair"},
    "decide": {"chair"},
}


def test_who_may_do_what():
    call, _ = make_call_in_review(1)
    make_matching(call)
    assignment = assignments_of(call)[0]
    conflict = make_conflict(assignment.reviewer, assignment.submission)
    asked = {
        "run the review": rules.can_run_review,
        "read the reviews": lambda actor: rules.can_read_reviews(actor, call),
        "review": lambda actor: rules.can_review(actor, assignment),
        "declare a conflict": lambda actor: rules.can_declare_conflict(actor, assignment.submission),
        "resolve a conflict": lambda actor: rules.can_resolve_conflict(actor, conflict),
        "decide": lambda actor: rules.can_decide(actor, call.committee_id),
    }
    everybody = actors(call, assignment)

    assert {
        act: {who for who, actor in everybody.items() if may(actor)} for act, may in asked.items()
    } == ALLOWED
