"""Duplicates at the desk: found, compared, merged, told apart, undone."""

from datetime import date

import pytest
from django.urls import reverse

from secretariat.registry.identity.models import Distinction, Merge
from secretariat.registry.people.models import Affiliation, Person
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.places import make_place
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
ORCID = "0000-0002-1825-0097"


@pytest.fixture
def desk(client):
    sign_in_with(client, "desk.run")
    return client


@pytest.fixture
def two():
    place = make_place("KE")
    one = make_person("Ana", "Example", honorific="Dr", country=place)
    other = make_person("Ana", "Example", honorific="Prof.", country=place, orcid=ORCID)
    return one, other


def address(one, other, name="pair", what="people"):
    return reverse(f"desk_identity:{name}", args=[what, one.ref.number, other.ref.number])


def test_likely_pairs_are_listed_with_why(desk, two):
    page = desk.get("/desk/duplicates/").content.decode()

    assert address(*two) in page or address(*reversed(two)) in page
    assert "the same name" in page and "the same country or region" in page


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_list_costs_the_same_for_any_number(desk, pairs, django_assert_num_queries):
    for number in range(pairs):
        for _ in range(2):
            make_person(f"Name{number}", f"Example{number}")
    desk.get("/desk/duplicates/people/")
    with django_assert_num_queries(9):
        page = desk.get("/desk/duplicates/people/").content.decode()
    assert page.count("Compare<span") == pairs


def test_two_are_shown_side_by_side_and_only_what_differs_is_asked(desk, two):
    page = desk.get(address(*two)).content.decode()

    assert page.count('name="take_honorific"') == 2 and "Prof." in page and ORCID in page
    assert "take_given_name" not in page and "take_orcid" not in page


def test_what_would_happen_is_shown_and_nothing_happens(desk, two):
    make_affiliation(two[1])
    page = desk.post(address(*two), {"keep": two[0].ref.number, "look": "1"}).content.decode()

    assert "Affiliations" in page and "ORCID iD" in page and "Merge them" in page
    assert not Merge.objects.exists()


def test_a_merge_takes_what_was_chosen_field_by_field(desk, two):
    one, other = two
    row = make_affiliation(other)
    asked = {"keep": one.ref.number, "take_honorific": other.ref.number, "merge": "1"}

    answer = desk.post(address(one, other), asked)

    one.refresh_from_db()
    assert answer["Location"] == f"/desk/people/{one.ref.number}/"
    assert (one.honorific, one.orcid) == ("Prof.", ORCID)
    assert Person.objects.get(pk=other.pk).canonical == one
    assert Affiliation.objects.get(pk=row.pk).person == one


def test_the_other_may_be_kept(desk, two):
    one, other = two
    desk.post(
        address(one, other), {"keep": other.ref.number, "take_honorific": other.ref.number, "merge": "1"}
    )

    other.refresh_from_db()
    assert Person.objects.get(pk=one.pk).canonical == other and other.honorific == "Prof."


def test_what_cannot_be_merged_says_why_and_keeps_every_value(desk):
    above = make_organisation("Example Group", acronym="EG")
    below = make_organisation("Example Lab", acronym="EL", parent=above)
    asked = {"keep": below.ref.number, "take_acronym": above.ref.number, "merge": "1"}

    answer = desk.post(address(above, below, what="organisations"), asked)

    below.refresh_from_db()
    assert answer.status_code == 422 and "the other way round" in answer.content.decode()
    assert below.acronym == "EL" and not Merge.objects.exists()


def test_a_merge_is_undone(desk, two):
    one, other = two
    row = make_affiliation(other, starts_on=date(2020, 1, 1))
    desk.post(address(one, other), {"keep": one.ref.number, "merge": "1"})
    path = reverse("desk_identity:undo", args=[Merge.objects.get().pk])
    assert path in desk.get("/desk/duplicates/merges/").content.decode()

    desk.post(path)

    row.refresh_from_db()
    assert row.person == other and Person.objects.get(pk=other.pk).canonical is None
    assert desk.get(path).status_code == 404


def test_who_is_told_apart_is_not_shown_again(desk, two):
    desk.post(address(*two, "tell_apart"), {"reason": "Mother and daughter"})

    assert Distinction.objects.get().reason == "Mother and daughter"
    assert "Compare<span" not in desk.get("/desk/duplicates/people/").content.decode()


def test_two_are_found_by_their_numbers(desk, two):
    one, other = two
    asked = {"one": one.ref.number.lower(), "other": f" {other.ref.number} "}

    assert desk.get("/desk/duplicates/compare/", asked)["Location"] == address(one, other)
    for wrong in (one.ref.number, make_organisation().ref.number, "PER-99999"):
        assert desk.get("/desk/duplicates/compare/", {**asked, "other": wrong}).status_code == 422


def test_only_who_runs_the_desk_comes_in(client, two):
    paths = ["/desk/duplicates/", "/desk/duplicates/compare/", "/desk/duplicates/merges/", address(*two)]
    sign_in_with(client, "desk.read")
    assert {client.get(path).status_code for path in paths} == {404}
    sign_in_with(client, "desk.run")
    assert {client.get(path).status_code for path in paths} == {200}
    assert client.get("/desk/duplicates/stars/").status_code == 404
