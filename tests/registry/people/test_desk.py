"""The desk's lists and pages of the registry: what they show, who sees them, what they cost."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.accounts import make_account
from tests.factories.people import make_affiliation, make_person
from tests.factories.places import make_place
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
LIST = "/desk/people/"
QUERIES = 12


def body(client, path):
    return client.get(path).content.decode()


def test_the_list_shows_where_people_are_now_and_leads_to_them(client):
    sign_in_with(client, "desk.read")
    person = make_person("Ana", "Example", country=make_place("KE"))
    make_affiliation(person, ends_on=date(2021, 1, 1))
    now = make_affiliation(person, starts_on=date(2022, 1, 1)).organisation

    page = body(client, LIST)

    assert f'<a href="/desk/people/{person.ref.number}/">Ana Example</a>' in page
    assert str(now) in page and "Kenya" in page


@pytest.mark.parametrize("asked", ["ana", "ANÁ", "exam", "PER"])
def test_people_are_found_by_pieces_of_their_names(client, asked):
    sign_in_with(client, "desk.read")
    person, other = make_person("Aná", "Example"), make_person("Bo", "Somebody")
    asked = person.ref.number if asked == "PER" else asked

    page = body(client, f"{LIST}?q={asked}")

    assert str(person) in page and str(other) not in page


def test_filters_narrow_and_count(client):
    sign_in_with(client, "desk.read")
    kenya = make_place("KE")
    make_person("Ana", "Kenyan", country=kenya), make_person("Bo", "Placeless", account=make_account())

    assert "Placeless" not in body(client, f"{LIST}?country=KE")
    assert "Kenyan" not in body(client, f"{LIST}?account=yes")
    assert "Kenyan" in body(client, f"{LIST}?account=no")
    assert '<span>Kenya</span><span class="count">1</span>' in body(client, LIST)


def test_a_page_shows_past_affiliations_and_what_was_done(client):
    sign_in_with(client, "desk.read")
    person = make_person("Ana", "Example", orcid="0000-0002-1825-0097")
    past = make_affiliation(person, ends_on=date(2021, 1, 1), title_en="Engineer").organisation

    page = body(client, reverse("desk_people:person", args=[person.ref.number]))

    assert str(past) in page and "Engineer" in page and 'class="is-past"' in page
    assert "https://orcid.org/0000-0002-1825-0097" in page
    assert "Person registered" in page


@pytest.mark.parametrize("right", ["desk.read", "desk.run"])
def test_the_desk_sees(client, right):
    sign_in_with(client, right)
    person = make_person()

    assert client.get(LIST).status_code == 200
    assert client.get(reverse("desk_people:person", args=[person.ref.number])).status_code == 200


def test_nobody_else_learns_that_there_is_such_a_page(client):
    person = make_person(account=make_account())
    paths = [LIST, f"{LIST}?export=csv", reverse("desk_people:person", args=[person.ref.number])]

    for path in paths:
        assert client.get(path).url.startswith("/sign-in/")
    client.force_login(person.account)
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def test_what_is_not_there_is_not_found(client):
    sign_in_with(client, "desk.read")

    assert client.get("/desk/people/PER-99999/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_for_one_and_for_three(client, rows, django_assert_num_queries):
    sign_in_with(client, "desk.read")
    for _ in range(rows):
        make_affiliation(make_person(country=make_place("KE")))
    client.get(LIST)

    with django_assert_num_queries(QUERIES):
        client.get(LIST)
