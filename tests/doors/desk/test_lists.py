"""Every list of the desk with its pages: who sees them, that they open in both languages, and what they cost."""

import pytest
from django.urls import reverse

from secretariat.foundation.audit.models import Act
from tests.factories.accounts import make_account
from tests.factories.bodies import make_body, make_seat, make_term
from tests.factories.editions import make_edition, make_milestone
from tests.factories.membership import make_member, make_representative
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db


def page_of_person():
    return reverse("desk_people:person", args=[make_affiliation().person.ref.number])


def page_of_organisation():
    return reverse("desk_organisations:organisation", args=[make_affiliation().organisation.ref.number])


def page_of_edition():
    edition = make_edition()
    make_milestone(edition, "opening", "2022-03-01")
    return reverse("desk_editions:edition", args=[edition.ref.number])


def page_of_body():
    return reverse("desk_bodies:body", args=[make_term().seat.body.ref.number])


def page_of_member():
    return reverse("desk_membership:member", args=[make_representative().member.ref.number])


def page_of_act():
    make_person()
    return reverse("desk:act", args=[Act.objects.latest("pk").pk])


DESK = {
    "desk_people:people": page_of_person,
    "desk_organisations:organisations": page_of_organisation,
    "desk_editions:editions": page_of_edition,
    "desk_bodies:bodies": page_of_body,
    "desk_membership:members": page_of_member,
}
TRAIL = {"desk:trail": page_of_act}
COSTS = {
    "desk_people:people": 12, "desk_organisations:organisations": 13, "desk_editions:editions": 13,
    "desk_bodies:bodies": 11, "desk_membership:members": 13, "desk:trail": 13,
}  # fmt: skip


@pytest.mark.parametrize("name", DESK)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("right", ["desk.read", "desk.run"])
def test_the_desk_reads_lists_pages_and_files(client, name, language, right):
    page = DESK[name]()
    sign_in_with(client, right)
    client.cookies["django_language"] = language

    assert client.get(reverse(name)).status_code == 200
    assert client.get(page).status_code == 200
    assert b"".join(client.get(f"{reverse(name)}?export=csv").streaming_content).count(b"\n") >= 2


@pytest.mark.parametrize("name", TRAIL)
def test_the_trail_is_read_by_right_alone(client, name):
    paths = [reverse(name), TRAIL[name]()]

    sign_in_with(client, "desk.run")
    assert [client.get(path).status_code for path in paths] == [404, 404]
    sign_in_with(client, "audit.read")
    assert [client.get(path).status_code for path in paths] == [200, 200]


@pytest.mark.parametrize("name", [*DESK, *TRAIL])
def test_nobody_else_learns_that_there_is_such_a_page(client, name):
    page = {**DESK, **TRAIL}[name]()
    paths = [reverse(name), f"{reverse(name)}?export=xlsx", page]

    assert {client.get(path).url.partition("?")[0] for path in paths} == {"/sign-in/"}
    client.force_login(make_person(account=make_account()).account)
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


@pytest.mark.parametrize("name", DESK)
def test_what_is_not_there_is_not_found(client, name):
    sign_in_with(client, "desk.read")

    assert client.get(f"{reverse(name)}NONE-1/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", [*DESK, *TRAIL])
def test_a_list_costs_the_same_for_one_and_for_three(client, name, rows, django_assert_num_queries):
    for _ in range(rows):
        {**DESK, **TRAIL}[name]()
    sign_in_with(client, "audit.read" if name in TRAIL else "desk.read")
    client.get(reverse(name))

    with django_assert_num_queries(COSTS[name]):
        client.get(reverse(name))


@pytest.mark.parametrize("name", [*DESK, *TRAIL])
def test_every_order_and_every_column_works(client, name):
    from secretariat.doors.desk.trail import TrailTable
    from secretariat.governance.bodies.tables import BodiesTable
    from secretariat.governance.membership.tables import MembersTable
    from secretariat.registry.editions.tables import EditionsTable
    from secretariat.registry.organisations.tables import OrganisationsTable
    from secretariat.registry.people.tables import PeopleTable

    tables = [PeopleTable, OrganisationsTable, EditionsTable, BodiesTable, MembersTable, TrailTable]
    table = tables[[*DESK, *TRAIL].index(name)]
    {**DESK, **TRAIL}[name]()
    {**DESK, **TRAIL}[name]()
    sign_in_with(client, "audit.read" if name in TRAIL else "desk.read")
    every = ",".join(column.name for column in table.columns)

    for column in (column for column in table.columns if column.order):
        for sign in ("", "-"):
            response = client.get(f"{reverse(name)}?cols={every}&sort={sign}{column.name}")
            assert response.status_code == 200
            assert response.context["table"].asked.sort == f"{sign}{column.name}"


def test_members_show_category_days_and_who_speaks(client):
    sign_in_with(client, "desk.read")
    row = make_representative(make_member(organisation=make_organisation("Example Grid")))

    page = client.get(reverse("desk_membership:member", args=[row.member.ref.number])).content.decode()

    assert "Example Grid" in page and str(row.person) in page and "1 January 2022" in page


def test_a_persons_page_gathers_what_every_wing_knows(client):
    sign_in_with(client, "desk.read")
    person = make_person("Ana", "Example")
    make_affiliation(person)
    body = make_term(make_body("council"), person).seat.body
    member = make_member(person=person)
    make_representative(person=person)

    page = client.get(reverse("desk_people:person", args=[person.ref.number]))

    assert {str(panel.title): len(panel.lines) for panel in page.context["panels"]} == {
        "Affiliations": 1, "Has a part in": 1, "Seats": 1, "Membership": 2,
    }  # fmt: skip
    text = page.content.decode()
    assert f"/desk/bodies/{body.ref.number}/" in text and f"/desk/members/{member.ref.number}/" in text


def test_a_body_tells_vacant_seats_from_held_ones(client):
    sign_in_with(client, "desk.read")
    body = make_body("council")
    held, vacant = make_term(body), make_seat(body)

    page = client.get(reverse("desk_bodies:body", args=[body.ref.number])).content.decode()
    rows = client.get(f"{reverse('desk_bodies:bodies')}?vacant=yes").context["table"].rows

    assert str(held.person) in page and vacant.key in page and "1 of 2 held" in page
    assert [row.name for row in rows] == ["Council"]


def test_an_act_shows_what_it_changed_but_nothing_personal(client):
    sign_in_with(client, "audit.read")
    make_person("Ana", "Hidden")
    act = Act.objects.filter(verb="person_registered").latest("pk")

    page = client.get(reverse("desk:act", args=[act.pk])).content.decode()

    assert "Person registered" in page and "personal: kept apart" in page
    assert "Hidden" not in page
