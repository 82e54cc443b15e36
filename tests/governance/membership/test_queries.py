from datetime import date

import pytest

from secretariat.governance.membership.actions import change_category, end_membership, suspend_member
from secretariat.governance.membership.queries import (
    categories_by_key,
    count_by_category,
    count_by_continent,
    count_by_place,
    member_of,
    members_on,
    representatives_of,
)
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.membership import make_category, make_member, make_representative
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.places import make_group, make_place

pytestmark = pytest.mark.django_db
ON = date(2024, 5, 1)


def test_members_on_a_day_have_the_category_of_that_day():
    senior, plain = make_category("senior", position=1), make_category("member", position=2)
    individual = make_category("individual", position=3, holder="person")
    first, second = make_member(plain), make_member(senior)
    person = make_member(individual, person=make_person(), starts_on=ON)
    left, coming = make_member(plain), make_member(plain, starts_on=date(2024, 5, 2))
    end_membership(member=left, ends_on=date(2024, 4, 30), reason="left", actor=INSTALLER, now=NOW)
    suspend_member(member=second, reason="fees", actor=INSTALLER, now=NOW)
    change_category(member=first, category=senior, starts_on=date(2024, 5, 2), actor=INSTALLER, now=NOW)

    def told(on, **kw):
        return [(m.category.key, m.member) for m in members_on(on, **kw)]

    assert told(ON) == [("senior", second), ("member", first), ("individual", person)]
    assert told(date(2024, 4, 30)) == [("senior", second), ("member", first), ("member", left)]
    assert told(date(2024, 5, 2), category="senior") == [("senior", first), ("senior", second)]
    assert told(date(2024, 5, 2), category="member") == [("member", coming)]
    assert count_by_category(ON) == {"senior": 1, "member": 1, "individual": 1}
    assert list(categories_by_key()) == ["senior", "member", "individual"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_directory_costs_one_statement(count, django_assert_num_queries):
    place = make_place("FR")
    for _ in range(count):
        make_member(organisation=make_organisation(country=place))
        make_member(person=make_person(country=place))

    with django_assert_num_queries(1):
        shown = [(str(m.member), m.member.ref.number, m.category.name_en) for m in members_on(ON)]
        assert len(shown) == 2 * count


@pytest.mark.parametrize("count", [1, 3])
def test_public_figures_cost_one_statement_each(count, django_assert_num_queries):
    france, kenya, antarctica = make_place("FR"), make_place("KE"), make_place("AQ")
    make_group("europe", france)
    make_group("africa", kenya)
    make_group("other", antarctica, grouping="another")
    category = make_category("member")
    for _ in range(count):
        make_member(category, organisation=make_organisation(country=france))
        make_member(category, organisation=make_organisation(country=kenya))
    make_member(make_category("individual", holder="person"), person=make_person(country=france))
    make_member(category, organisation=make_organisation(country=antarctica))
    make_member(category)

    with django_assert_num_queries(1):
        assert count_by_category(ON) == {"member": 2 * count + 2, "individual": 1}
    with django_assert_num_queries(1):
        assert count_by_place(ON) == {"FR": count + 1, "KE": count, "AQ": 1, None: 1}
    with django_assert_num_queries(1):
        assert count_by_continent(ON) == {"europe": count + 1, "africa": count, None: 2}
    assert count_by_category(date(2021, 1, 1)) == {}


def test_a_member_is_found_by_its_holder():
    organisation, person = make_organisation(), make_person()
    members = make_member(organisation=organisation), make_member(person=person)

    assert (member_of(organisation=organisation.pk), member_of(person=person.pk)) == members
    assert member_of(person=make_person().pk) is None
    with pytest.raises(ValueError, match="a person or about an organisation"):
        member_of()


@pytest.mark.parametrize("count", [1, 3])
def test_representatives_cost_one_statement(count, django_assert_num_queries):
    members = [make_member() for _ in range(count)]
    found = {m.pk: [make_representative(m), make_representative(m, starts_on=ON)] for m in members}
    for member in members:
        make_representative(member, ends_on=date(2024, 4, 30))
    alone = make_member()

    with django_assert_num_queries(1):
        told = representatives_of([*found, alone.pk], ON)
        assert told == {**found, alone.pk: []}
        assert {str(r.person) for r in told[members[0].pk]} == {str(r.person) for r in found[members[0].pk]}
