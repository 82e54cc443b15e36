from datetime import date

import pytest

from secretariat.foundation.accounts.actor import Capacity
from secretariat.governance.membership import providers
from secretariat.governance.membership.actions import end_membership, suspend_member
from secretariat.registry.capacities.queries import capacities_of
from secretariat.registry.entitlements.queries import Entitlement, entitlements_of, holders_of
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.membership import make_member, make_representative
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
ON = date(2024, 5, 1)


def test_who_represents_a_member_in_good_standing_speaks_for_it():
    present = make_representative()
    former = make_representative(ends_on=date(2024, 4, 30))
    suspended = make_representative()
    suspend_member(member=suspended.member, reason="fees", actor=INSTALLER, now=NOW)
    people = [r.person_id for r in (present, former, suspended)]

    source = f"membership.representative:{present.pk}"
    assert capacities_of(people, ON) == {
        present.person_id: (
            Capacity("member.represent", source, scope_id=present.member_id),
            Capacity("organisation.represent", source, scope_id=present.member.organisation_id),
        ),
        former.person_id: (),
        suspended.person_id: (),
    }


def test_dates_tell_who_spoke_for_a_member_that_has_left():
    representative = make_representative()
    end_membership(member=representative.member, ends_on=ON, reason="left", actor=INSTALLER, now=NOW)

    person = representative.person_id
    assert [len(capacities_of([person], day)[person]) for day in (ON, date(2024, 5, 2))] == [2, 0]


def test_representatives_and_persons_who_are_members_may_attend_the_summit():
    organisation = make_organisation("Example Institute 041")
    representative = make_representative(make_member(organisation=organisation))
    member = make_member(person=make_person())
    for suspended in (make_member(person=make_person()), make_representative().member):
        suspend_member(member=suspended, reason="fees", actor=INSTALLER, now=NOW)
    make_member(person=make_person(), starts_on=date(2024, 5, 2))

    entitled = {
        representative.person_id: Entitlement(
            "summit.attend",
            representative.person_id,
            "membership.representative",
            representative.pk,
            "You represent the member Example Institute 041.",
        ),
        member.person_id: Entitlement(
            "summit.attend",
            member.person_id,
            "membership.membership",
            member.memberships.get().pk,
            "You are a member.",
        ),
    }
    assert {e.person_id: e for e in holders_of("summit.attend", ON)} == entitled
    assert entitlements_of(list(entitled), ON) == {person: (held,) for person, held in entitled.items()}
    assert holders_of("another.right", ON) == []


@pytest.mark.parametrize("count", [1, 3])
def test_each_provider_costs_one_statement(count, django_assert_num_queries):
    representatives = [make_representative().person_id for _ in range(count)]
    members = [make_member(person=make_person()).person_id for _ in range(count)]

    questions = (
        lambda: [(person,) for person, held in capacities_of(representatives, ON).items() if held],
        lambda: list(providers.summit_representatives(representatives, None, ON)),
        lambda: list(providers.summit_representatives(None, "summit.attend", ON)),
        lambda: list(providers.summit_members(members, None, ON)),
        lambda: list(providers.summit_members(None, "summit.attend", ON)),
    )
    for question in questions:
        with django_assert_num_queries(1):
            assert len({row[0] if isinstance(row, tuple) else row.person_id for row in question()}) == count
