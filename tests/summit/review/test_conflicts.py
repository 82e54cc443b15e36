from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from secretariat.foundation.accounts.actor import Actor, NotAllowed, WrongState
from secretariat.foundation.audit.models import Act
from secretariat.registry.refs.actions import Party, add_parties
from secretariat.summit.calls.actions import add_applicants
from secretariat.summit.review import actions, queries
from secretariat.summit.review.models import Conflict
from tests.factories.accounts import make_actor
from tests.factories.bodies import make_body, make_term
from tests.factories.calls import (
    AFTER,
    DURING,
    STAFF,
    make_applicant,
    make_committee,
    make_open_call,
    make_submission,
)
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.review import (
    LATER,
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
)

pytestmark = pytest.mark.django_db


def make_related_call():
    """A call with a submission by a colleague of the second member, and one by who sits with the third elsewhere."""
    committee, members = make_committee(3)
    call = make_open_call(committee=committee)
    organisation = make_organisation("Example Institute of Kinship")
    make_affiliation(members[1], organisation)
    colleagues = make_submission(call, organisation=organisation)
    person, actor = make_applicant()
    elsewhere = make_body("elsewhere")
    make_term(elsewhere, members[2])
    make_term(elsewhere, person)
    neighbours = make_submission(call, applicant=(person, actor))
    return call, members, colleagues, neighbours


def find(call, now=AFTER):
    return actions.find_conflicts(call=call, actor=STAFF, now=now)


def found(call):
    return set(
        Conflict.objects.filter(submission__call=call).values_list("person", "submission", "kind", "state")
    )


def test_what_bars_by_rule_bars_at_once_and_the_rest_waits_for_the_chair():
    call, members, colleagues, neighbours = make_related_call()

    assert find(call) == {"barred": 1, "open": 1}

    assert found(call) == {
        (members[1].pk, colleagues.pk, "affiliation", "barred"),
        (members[2].pk, neighbours.pk, "shared_seat", "open"),
    }
    barred = Conflict.objects.get(state="barred")
    assert (barred.reason, barred.resolved_at, barred.is_declared) == (
        "The relation bars by rule.",
        AFTER,
        False,
    )
    assert [c.person_id for c in queries.open_conflicts(call)] == [members[2].pk]


def test_joint_applicants_are_parties_too():
    call, members, colleagues, _neighbours = make_related_call()
    partner = make_organisation()
    make_affiliation(members[0], partner)
    add_applicants(
        submission=colleagues,
        organisations=[partner],
        actor=Actor(person_id=colleagues.person_id),
        now=DURING,
    )
    find(call)

    assert (members[0].pk, colleagues.pk, "affiliation", "barred") in found(call)


def test_what_was_found_is_not_found_again():
    call, *_ = make_related_call()
    find(call)

    assert find(call, LATER) == {"barred": 0, "open": 0}
    assert Conflict.objects.count() == 2


def test_what_the_chair_cleared_stays_cleared_when_conflicts_are_looked_for_again():
    call, _members, _colleagues, neighbours = make_related_call()
    find(call)
    resolve(Conflict.objects.get(submission=neighbours), bars=False)

    find(call, LATER)

    assert Conflict.objects.get(submission=neighbours).state == "cleared"


def test_a_draft_is_nobodys_business():
    call, members, *_ = make_related_call()
    organisation = make_organisation()
    make_affiliation(members[0], organisation)
    make_submission(call, organisation=organisation, hand_in=False)

    assert find(call) == {"barred": 1, "open": 1}


def test_looking_costs_the_same_for_one_submission_as_for_three():
    def statements(count):
        committee, members = make_committee(2)
        call = make_open_call(committee=committee)
        organisation = make_organisation()
        make_affiliation(members[1], organisation)
        for _ in range(count):
            make_submission(call, organisation=organisation)
        with CaptureQueriesContext(connection) as captured:
            assert find(call) == {"barred": count, "open": 0}
        return len(captured)

    assert statements(1) == statements(3)


def test_an_explanation_never_names_another_person():
    call, members, colleagues, neighbours = make_related_call()
    find(call)

    explained = {
        person: Conflict.objects.get(person=person).explanation for person in (members[1].pk, members[2].pk)
    }
    assert explained == {
        members[1].pk: "You are with Example Institute of Kinship.",
        members[2].pk: "You sit or sat in the body “Elsewhere” together with one of those this is about.",
    }
    others = {s.person.family_name for s in (colleagues, neighbours)}
    assert not any(name in text for name in others for text in explained.values())


def test_an_assignment_given_before_is_lost_when_the_relation_bars():
    call, _ = make_call_in_review()
    make_matching(call)
    first, *_rest = assignments_of(call)
    make_review(first)
    organisation = make_organisation()
    make_affiliation(first.reviewer, organisation)
    add_parties(ref=first.submission.ref, parties=[Party("applicant", organisation_id=organisation.pk)])

    assert find(call, LATER) == {"barred": 1, "open": 0}

    first.refresh_from_db()
    assert first.state == "recused"
    assert queries.reviews_of(call) == []


def resolve(conflict, bars=True, reason="Too close.", actor=STAFF):
    return actions.resolve_conflict(conflict=conflict, bars=bars, reason=reason, actor=actor, now=LATER)


def declare(submission, person, committee, **kw):
    actor = kw.pop("actor", None) or member_of(person, committee)
    return actions.declare_conflict(
        submission=submission, explanation="We wrote a book together.", actor=actor, now=LATER, **kw
    )


def make_assigned():
    """A call with its readers, and the first assignment."""
    call, _members = make_call_in_review()
    make_matching(call)
    return call, assignments_of(call)[0]


@pytest.mark.parametrize("reviewed", [False, True])
def test_who_declares_a_conflict_steps_aside_at_once(reviewed):
    call, assignment = make_assigned()
    if reviewed:
        make_review(assignment)

    conflict = declare(assignment.submission, assignment.reviewer, call.committee)

    assignment.refresh_from_db()
    assert (conflict.state, conflict.is_declared, assignment.state) == ("barred", True, "recused")
    assert queries.reviews_of(call) == []
    assert [a.state for a in assignments_of(call)].count("recused") == 1


def test_a_conflict_declared_after_the_list_was_frozen_leaves_what_the_list_was_made_from():
    call, _ = make_reviewed_call()
    freeze(call)
    before = queries.reviews_of(call)
    assignment = assignments_of(call)[0]

    declare(assignment.submission, assignment.reviewer, call.committee)

    assert queries.reviews_of(call) == before
    assert [row["kind"] for row in queries.conflicts_of(call)] == ["declared"]


def test_nobody_declares_the_same_twice():
    call, assignment = make_assigned()
    declare(assignment.submission, assignment.reviewer, call.committee)

    with pytest.raises(WrongState, match="declared"):
        declare(assignment.submission, assignment.reviewer, call.committee)


def test_a_declared_conflict_is_not_cleared():
    call, assignment = make_assigned()
    conflict = declare(assignment.submission, assignment.reviewer, call.committee)

    with pytest.raises(WrongState, match="declared"):
        resolve(conflict, bars=False)

    conflict.refresh_from_db()
    assert conflict.state == "barred"


@pytest.mark.parametrize(
    ("bars", "state", "left"), [(True, "barred", "recused"), (False, "cleared", "assigned")]
)
def test_the_chair_resolves_with_a_reason(bars, state, left):
    call, assignment = make_assigned()
    conflict = make_conflict(assignment.reviewer, assignment.submission)

    resolve(conflict, bars=bars, reason="As I see it.", actor=chair_of(call.committee))

    conflict.refresh_from_db()
    assignment.refresh_from_db()
    assert (conflict.state, conflict.reason, conflict.resolved_at) == (state, "As I see it.", LATER)
    assert assignment.state == left
    act = Act.objects.get(verb="conflict_resolved")
    assert (act.subject_id, act.detail) == (conflict.pk, {"bars": bars, "reason": "As I see it."})


def test_without_a_reason_nothing_is_resolved():
    _call, assignment = make_assigned()
    conflict = make_conflict(assignment.reviewer, assignment.submission)

    for reason in ("", "  "):
        with pytest.raises(ValueError, match="with a reason"):
            resolve(conflict, reason=reason)

    conflict.refresh_from_db()
    assert conflict.state == "open"


def test_the_database_wants_a_reason_as_well():
    _call, assignment = make_assigned()
    conflict = make_conflict(assignment.reviewer, assignment.submission)

    with pytest.raises(IntegrityError, match="conflict_resolved_with_reason"), transaction.atomic():
        Conflict.objects.filter(pk=conflict.pk).update(state="cleared")
    with pytest.raises(IntegrityError, match="must begin as open"), transaction.atomic():
        make_conflict(assignment.reviewer, assignment.submission, kind="other", state="cleared", reason="x")


def test_an_open_conflict_bars_until_it_is_resolved():
    call, assignment = make_assigned()
    conflict = make_conflict(assignment.reviewer, assignment.submission)
    assert [c.pk for c in queries.barred_pairs(call)] == [conflict.pk]

    resolve(conflict, bars=False)

    assert queries.barred_pairs(call) == []


def test_who_resolves_a_conflict():
    call, assignment = make_assigned()
    conflict = make_conflict(assignment.reviewer, assignment.submission)
    committee, reviewer = call.committee, assignment.reviewer
    actors = {
        "desk.run": make_actor("desk.run"),
        "desk.read": make_actor("desk.read"),
        "chair": chair_of(committee),
        "chair elsewhere": chair_of(make_body()),
        "member": member_of(make_person(), committee),
        "the reviewer, with every right": Actor(
            reviewer.account_id, reviewer.pk, (*chair_of(committee).capacities, *STAFF.capacities)
        ),
        "nobody": Actor(),
    }

    allowed = set()
    for who, actor in actors.items():
        with suppress(NotAllowed), transaction.atomic():
            assert resolve(conflict, actor=actor).state == "barred"
            allowed.add(who)
            transaction.set_rollback(True)
    assert allowed == {"desk.run", "chair"}


def test_only_a_member_declares_and_only_of_herself_in_person():
    call, assignment = make_assigned()
    stranger, reviewer = make_person(), assignment.reviewer
    assistant = Actor(
        make_person().pk, reviewer.pk, member_of(reviewer, call.committee).capacities,
        acting_for_id=reviewer.account_id, tasks=frozenset({"review"}),
    )  # fmt: skip

    for actor in (Actor(person_id=stranger.pk), STAFF, member_of(stranger, make_body()), assistant):
        with pytest.raises(NotAllowed):
            declare(assignment.submission, stranger, call.committee, actor=actor)
    assert not Conflict.objects.exists()


def test_only_the_desk_looks_for_conflicts():
    call, *_ = make_related_call()
    for rights in ((), ("desk.read",), ("body.chair",)):
        with pytest.raises(NotAllowed):
            actions.find_conflicts(call=call, actor=make_actor(*rights), now=AFTER)


def test_a_list_waits_for_the_conflict_of_somebody_who_reviewed():
    call, _ = make_reviewed_call()
    assignment = assignments_of(call)[0]
    conflict = make_conflict(assignment.reviewer, assignment.submission)

    with pytest.raises(ValueError, match=f"not resolved: {assignment.submission.ref.number}"):
        freeze(call)

    resolve(conflict, bars=False)
    freeze(call)
    decide(call)
