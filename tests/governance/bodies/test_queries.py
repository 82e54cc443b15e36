from datetime import date

import pytest

from secretariat.governance.bodies.queries import (
    bodies_in_order,
    body_by_key,
    holders_of_seats,
    terms_of,
    vacant_seats,
)
from secretariat.governance.bodies.states import Role
from tests.factories.bodies import make_body, make_seat, make_term
from tests.factories.editions import make_edition
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
MAY = date(2024, 5, 1)


def test_the_council_on_the_first_of_may():
    council = make_body("council")
    member, chair, gone, coming = (make_seat(council) for _ in range(4))
    sitting = make_term(seat=member, ends_on=MAY)
    presiding = make_term(seat=chair, role="chair", starts_on=MAY)
    make_term(seat=gone, ends_on=date(2024, 4, 30))
    make_term(seat=coming, starts_on=date(2024, 5, 2))
    alternate = make_term(seat=member, role="alternate")
    secretary = make_term(seat=coming, role="secretary")
    make_term()

    assert holders_of_seats(council, MAY) == [presiding, sitting]
    assert holders_of_seats(council, MAY, roles=Role.values) == [presiding, sitting, alternate, secretary]
    assert vacant_seats(council, MAY) == [gone, coming]


@pytest.mark.parametrize("count", [1, 3])
def test_a_body_costs_one_statement(count, django_assert_num_queries):
    council = make_body()
    for _ in range(count):
        make_term(council)
        make_term(council, organisation=make_organisation())

    with django_assert_num_queries(1):
        terms = holders_of_seats(council, MAY)
        assert [bool(t.person) + 2 * bool(t.organisation) for t in terms] == [1, 2] * count
        assert {t.seat.body_id for t in terms} == {council.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_terms_of_people_cost_one_statement(count, django_assert_num_queries):
    people = [make_person() for _ in range(count)]
    old = {p.pk: make_term(make_body(), p, ends_on=date(2022, 1, 1)) for p in people}
    new = {p.pk: make_term(make_body(), p, starts_on=date(2023, 1, 1)) for p in people}
    idle = make_person()

    with django_assert_num_queries(1):
        found = terms_of([*old, idle.pk])
        assert found == {**{p: [new[p], old[p]] for p in old}, idle.pk: []}
        assert {t.seat.body.has_flag("decides") for terms in found.values() for t in terms} == {True}
    assert terms_of(list(old), MAY) == {p: [new[p]] for p in old}


def test_bodies_are_found_by_key_those_of_an_edition_apart():
    edition = make_edition()
    second, first = make_body("b", position=2), make_body("a", position=1)
    committee = make_body("a", edition=edition)

    assert list(bodies_in_order()) == [first, second]
    assert list(bodies_in_order(edition)) == [committee]
    assert (body_by_key("a"), body_by_key("a", edition), body_by_key("c")) == (first, committee, None)
