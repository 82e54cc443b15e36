import pytest
from django.urls import reverse

from secretariat.registry.people.models import Affiliation
from tests.factories.calls import make_applicant
from tests.factories.membership import make_member, make_representative
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return make_organisation()


@pytest.fixture
def representative(client, house):
    person, _actor = make_applicant()
    make_affiliation(person, house, role="representative")
    client.force_login(person.account)
    return person


def path(house, person):
    return reverse("my:change_role", args=[house.ref.number, person.ref.number])


def roles_of(person):
    return set(Affiliation.objects.filter(person=person, ends_on=None).values_list("role", flat=True))


def test_my_roles_say_as_what_i_act_and_where_that_is_recorded(client, house, representative):
    page = client.get(reverse("my:roles"))

    assert [(str(held.right), held.scope, str(held.source)) for held in page.context["capacities"]] == [
        ("Represents", str(house), "affiliation")
    ]


def test_who_speaks_for_a_member_stands_in_the_same_tables(client, house):
    speaker, _actor = make_applicant()
    member = make_member(organisation=house)
    make_representative(member, speaker, is_voting=True)
    make_affiliation(colleague := make_person(), house)
    client.force_login(speaker.account)
    page = client.get(reverse("my:roles"), HTTP_ACCEPT_LANGUAGE="en")

    assert [(row.member_id, row.person_id) for row in page.context["spoken_for"]] == [(member.pk, speaker.pk)]
    (shown,) = page.context["houses"]
    assert {(row.person.pk, row.speaks and row.speaks.member_id) for row in shown.colleagues} == {
        (speaker.pk, member.pk),
        (colleague.pk, None),
    }
    by_person = {row.person.pk: row for row in shown.colleagues}
    assert by_person[speaker.pk].open_roles == []  # a role is given to whoever has an affiliation
    text = " ".join(page.content.decode().split())
    assert (
        text.count(f'representative of the member <span class="quiet">{member.ref.number} · casts the vote')
        == 2
    )


def test_a_representative_gives_a_colleague_a_role_and_ends_it(client, house, representative):
    colleague = make_person()
    make_affiliation(colleague, house)

    client.post(path(house, colleague), {"role": "finance", "do": "give"})
    assert roles_of(colleague) == {"staff", "finance"}
    client.post(path(house, colleague), {"role": "finance", "do": "end"})

    assert roles_of(colleague) == {"staff"}


@pytest.mark.parametrize("role", ["staff", "director", ""])
def test_other_roles_are_not_given_here(client, house, representative, role):
    colleague = make_person()
    make_affiliation(colleague, house)

    assert client.post(path(house, colleague), {"role": role, "do": "give"}).status_code == 404
    assert roles_of(colleague) == {"staff"}


def test_nobody_gives_roles_in_another_house(client, representative):
    other = make_organisation()
    colleague = make_person()
    make_affiliation(colleague, other)

    assert client.post(path(other, colleague), {"role": "press", "do": "give"}).status_code == 404
    assert roles_of(colleague) == {"staff"}


def test_a_stranger_to_the_house_is_given_nothing(client, house, representative):
    assert client.post(path(house, make_person()), {"role": "press", "do": "give"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_statements_of_my_roles(client, django_assert_num_queries, house, representative, count):
    for _n in range(count):
        make_affiliation(make_person(), house)
    client.get(reverse("my:roles"))

    with django_assert_num_queries(15):
        client.get(reverse("my:roles"))
