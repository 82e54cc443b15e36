from datetime import date

import pytest

from secretariat.registry.people.models import Affiliation, Person
from secretariat.registry.people.queries import (
    affiliations_of,
    canonical_people,
    get_person_for,
    people_of_accounts,
    search_people,
    visible_people,
)
from tests.factories.accounts import TODAY, make_account, make_actor
from tests.factories.people import make_affiliation, make_person

pytestmark = pytest.mark.django_db

DESK = make_actor("desk.run")


def make_alias(of):
    alias = make_person()
    Person.objects.filter(pk=alias.pk).update(canonical=of)
    return alias


def test_affiliations_hold_on_a_day_or_within_the_years_before():
    person = make_person()
    old = make_affiliation(person, starts_on=date(2010, 1, 1), ends_on=date(2019, 5, 31))
    recent = make_affiliation(person, starts_on=date(2015, 1, 1), ends_on=date(2019, 6, 1))
    current = make_affiliation(person, starts_on=TODAY)
    make_affiliation(person, starts_on=date(2022, 6, 2))

    assert affiliations_of([person.pk], TODAY) == {person.pk: [current]}
    assert affiliations_of([person.pk], TODAY, years_back=3) == {person.pk: [current, recent]}
    assert affiliations_of([person.pk], TODAY, years_back=4) == {person.pk: [current, recent, old]}


def test_rows_left_with_an_alias_count_for_the_person_it_stands_for():
    kept = make_person()
    left = make_affiliation(make_alias(kept))

    assert affiliations_of([kept.pk], TODAY) == {kept.pk: [left]}


@pytest.mark.parametrize("number", [1, 3])
def test_affiliations_take_one_statement(number, django_assert_num_queries):
    people = [make_affiliation().person_id for _ in range(number)]

    with django_assert_num_queries(1):
        found = affiliations_of(people, TODAY)
        assert all(rows[0].organisation.name_en for rows in found.values())
    assert Affiliation.objects.count() == number


def test_the_desk_sees_everybody_and_others_themselves():
    one, other = make_person("A"), make_person("B")
    make_alias(one)

    assert list(visible_people(DESK)) == [one, other]
    assert list(visible_people(make_actor(person=other))) == [other]
    assert list(visible_people(make_actor())) == []
    assert get_person_for(DESK, one.ref.number) == one
    with pytest.raises(Person.DoesNotExist):
        get_person_for(make_actor(person=other), one.ref.number)


@pytest.mark.parametrize(
    "text",
    ["wang", "Xiaoming Wang", "wang xiaoming", "王小明", "小明", "Ван", "0000000218250097", "{number}"],
)
def test_a_person_is_found_by_name_in_any_order_and_script(text):
    person = make_person(
        "Xiaoming", "Wang", name_zh="王小明", names={"ru": "Ван Сяомин"}, orcid="0000-0002-1825-0097"
    )
    make_person("Jane", "Doe")

    assert search_people(text.format(number=person.ref.number), actor=DESK) == [person]
    assert search_people(text.format(number=person.ref.number), actor=make_actor(person=make_person())) == []


def test_aliases_and_accounts_lead_to_the_kept_person():
    account = make_account()
    kept = make_person(account=account)
    alias = make_alias(kept)

    assert canonical_people([kept.pk, alias.pk]) == {kept.pk: kept.pk, alias.pk: kept.pk}
    assert people_of_accounts([account.pk]) == {account.pk: kept.pk}
