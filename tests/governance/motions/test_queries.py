from datetime import date

import pytest

from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.governance.motions.actions import set_order
from secretariat.governance.motions.models import Motion
from secretariat.governance.motions.providers import duties
from secretariat.governance.motions.queries import (
    amendments_of,
    bodies_to_ask,
    counted_motions,
    get_motion_for,
    places_held,
    requirement_of,
    suggested_order,
    text_as_amended,
    undecided,
    visible_motions,
)
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account, make_actor
from tests.factories.ballots import as_voter, make_council
from tests.factories.bodies import make_body
from tests.factories.membership import make_category, make_conditions, make_member, make_representative
from tests.factories.motions import (
    decide,
    make_amendment,
    make_draft,
    make_motion,
    make_submitted,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def sitting(body, person):
    return Actor(person.account_id, person.pk, (Capacity("body.sit", "t", body.pk, body.pk),))


def leading(body, right="body.chair"):
    person = make_person(account=make_account())
    return Actor(person.account_id, person.pk, (Capacity(right, "t", body.pk),))


def make_assembly(size=2):
    """A supreme body whose members are organisations with a voting representative each."""
    body, category = make_body(flags=("supreme", "decides")), make_category()
    make_conditions(category)
    people = [make_person(account=make_account()) for _ in range(size)]
    for person in people:
        make_representative(make_member(category), person, is_voting=True)
    return body, people


def test_who_sees_a_motion():
    body, people = make_council(2)
    other, others = make_council(1)
    mine, theirs, draft = (
        make_motion(body, people[0]),
        make_submitted(other, others[0]),
        make_draft(body, people[0]),
    )
    mover = as_voter(people[0])
    assistant = Actor(people[1].account_id, people[0].pk, acting_for_id=people[0].account_id)
    somebody = as_voter(make_person(account=make_account()))
    seen = {
        "mover": mover, "member": sitting(body, people[1]), "chair": leading(body),
        "serves": leading(body, "body.serve"), "desk": make_actor("desk.read"), "audit": make_actor("audit.read"),
        "assistant": assistant, "somebody": somebody, "stranger": Actor(),
    }  # fmt: skip
    assert {name: set(visible_motions(actor, TODAY)) for name, actor in seen.items()} == {
        "mover": {mine, draft}, "member": {mine}, "chair": {mine}, "serves": {mine}, "desk": {mine, theirs},
        "audit": {mine, theirs}, "assistant": set(), "somebody": set(), "stranger": set(),
    }  # fmt: skip
    with pytest.raises(Motion.DoesNotExist):
        get_motion_for(seen["member"], draft.ref.number, TODAY)


def test_members_of_an_assembly_move_and_read_through_those_who_vote_for_them():
    body, people = make_assembly()
    motion = make_motion(body, people[0])
    for person in people:
        actor = as_voter(person)
        assert set(visible_motions(actor, TODAY)) == {motion}
        assert list(bodies_to_ask(actor, TODAY)) == [body]
        assert len(places_held(actor, body, TODAY)) == 1
    before = date(2019, 1, 1)
    assert (
        places_held(as_voter(people[0]), body, before),
        list(bodies_to_ask(as_voter(people[0]), before)),
    ) == ([], [])


def test_what_a_motion_needs_where_nothing_is_laid_down():
    body = make_body()
    found = [requirement_of(body, kind) for kind in ("ordinary", "procedural", "statutes")]
    assert [(r.majority, r.base, r.seconders) for r in found] == [
        ("", "", 0),
        ("", "", 0),
        ("two_thirds", "cast", 0),
    ]


def test_the_order_is_suggested_by_paragraph_and_reach():
    body, people = make_council(2)
    motion = make_motion(body, people[0])
    later = make_amendment(motion, people[1], paragraph=2)
    inserted = make_amendment(motion, people[1], doing="insert")
    replaced, deleted = make_amendment(motion, people[1]), make_amendment(motion, people[1], doing="delete")

    wanted = [deleted, replaced, inserted, later]
    assert suggested_order(motion) == wanted
    assert list(undecided(motion)) == [later, inserted, replaced, deleted]
    set_order(motion=motion, amendments=wanted, actor=INSTALLER, now=NOW)
    assert list(undecided(motion)) == wanted


def test_the_text_so_far_takes_in_what_was_adopted():
    body, people = make_council(2)
    motion = make_motion(body, people[0])
    decide(make_amendment(motion, people[1], doing="insert", paragraph=0), people)
    assert [p.en for p in text_as_amended(motion)][:2] == ["Other words.", "Example paragraph 1."]


@pytest.mark.parametrize("size", [1, 3])
def test_questions_cost_the_same_for_many(django_assert_num_queries, size):
    body, people = make_council(2)
    motion = make_motion(body, people[0])
    for _each in range(size):
        make_amendment(motion, people[1])
        make_submitted(body, people[0])
    with django_assert_num_queries(2):
        rows = amendments_of(motion)
        assert [len(row.backings.all()) for row in rows] == [1] * size and str(rows[0]).endswith("A1")
    with django_assert_num_queries(2):  # the assemblies she belongs to, and the motions
        found = list(counted_motions(sitting(body, people[1]), TODAY))
        assert sorted(row.amendments_there for row in found) == [0] * size + [size]
    with django_assert_num_queries(1):
        assert len(list(duties(as_voter(people[0]), "my", NOW))) == size
    with django_assert_num_queries(2):
        assert len(list(duties(make_actor("desk.run"), "desk", NOW))) == size


def test_what_waits_for_whom():
    body, people = make_council(3)
    submitted, motion = make_submitted(body, people[0]), make_motion(body, people[0])
    first, second = make_amendment(motion, people[1]), make_amendment(motion, people[2])
    set_order(motion=motion, amendments=[first, second], actor=INSTALLER, now=NOW)
    decide(first, people)
    third = make_amendment(motion, people[2], paragraph=2)

    def waiting(actor, door):
        return {duty.key for duty in duties(actor, door, NOW)}

    leads = {f"motions.motion:{submitted.pk}", f"motions.question:{second.pk}"}
    elsewhere = leading(make_council(1)[0])
    assert {
        "mover": waiting(as_voter(people[0]), "my"), "member": waiting(as_voter(people[1]), "my"),
        "chair": waiting(leading(body), "my"), "desk": waiting(make_actor("desk.run"), "desk"),
        "reader": waiting(make_actor("desk.read"), "desk"), "elsewhere": waiting(elsewhere, "my"),
    } == {
        "mover": {f"motions.amendment:{third.pk}"}, "member": set(), "chair": leads, "desk": leads, "reader": set(),
        "elsewhere": set(),
    }  # fmt: skip
