"""People added and corrected at the desk."""

from datetime import date

import pytest
from django.urls import reverse

from secretariat.foundation.audit.models import Act
from secretariat.registry.people.models import Affiliation, Person
from tests.factories.accounts import make_account
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person
from tests.factories.places import make_place
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
NEW = "/desk/people/new/"
WORDS = {"name_order": "given_first", "given_name": "Ana", "family_name": "Example"}


def address(name, person, *more):
    return reverse(f"desk_people:{name}", args=[person.ref.number, *more])


def form_of(client, path):
    """Everything the form at an address would send back untouched."""
    form = client.get(path).context["form"]
    return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields} | {
        name: field.prepare_value(form[name].value()) or "" for name, field in form.fields.items()
    }


def test_somebody_new_gets_a_number_and_a_page(client):
    sign_in_with(client, "desk.run")
    kenya = make_place("KE")
    names = {
        "name_zh": "示例",
        "names": "ar: مثال",
        "languages": "en, zh-hans",
        "orcid": "https://orcid.org/0000-0002-1825-0097",
    }

    answer = client.post(NEW, WORDS | names | {"country": "KE"})

    person = Person.objects.get()
    assert answer["Location"] == address("person", person)
    assert (person.names, person.languages, person.orcid) == (
        {"ar": "مثال"},
        ["en", "zh-hans"],
        "0000-0002-1825-0097",
    )
    assert (person.given_name, person.name_zh, person.country) == ("Ana", "示例", kenya)


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"orcid": "0000-0002-1825-0098"}, "orcid"), ({"given_name": "", "family_name": ""}, "given_name"),
     ({"names": "nothing"}, "names"), ({"country": "XX"}, "country")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(client, typed, field):
    sign_in_with(client, "desk.run")

    answer = client.post(NEW, WORDS | {"honorific": "Prof."} | typed)

    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert 'value="Prof."' in answer.content.decode() and not Person.objects.exists()


def test_a_correction_changes_only_what_was_typed(client):
    sign_in_with(client, "desk.run")
    person = make_person("Ana", "Example", honorific="Dr")
    path = address("change", person)
    opened = form_of(client, path)
    Person.objects.filter(pk=person.pk).update(honorific="Prof.")  # somebody else, meanwhile

    answer = client.post(path, opened | {"given_name": "Anna"}, follow=True)

    person.refresh_from_db()
    assert (person.given_name, person.honorific) == ("Anna", "Prof.")
    assert "Ana → Anna" in answer.content.decode()
    assert Act.objects.get(verb="person_updated").detail["fields"] == ["given_name"]


def test_two_corrections_of_one_field_are_both_shown(client):
    sign_in_with(client, "desk.run")
    person = make_person("Ana", "Example", honorific="Dr")
    path = address("change", person)
    opened = form_of(client, path)
    Person.objects.filter(pk=person.pk).update(honorific="Prof.")

    answer = client.post(path, opened | {"honorific": "Mx"})

    page = answer.content.decode()
    assert answer.status_code == 422 and "“Prof.”" in page and 'value="Mx"' in page
    person.refresh_from_db()
    assert person.honorific == "Prof."


def test_an_affiliation_is_added_corrected_and_ended(client):
    sign_in_with(client, "desk.run")
    person, place = make_person(), make_organisation("Example University")
    client.post(
        address("add_affiliation", person),
        {
            "organisation": "Example University",
            "role": "staff",
            "starts_on": "2021-01-01",
            "title_en": "Engineer",
        },
    )
    row = Affiliation.objects.get()
    assert (row.organisation, row.starts_on, row.title_en) == (place, date(2021, 1, 1), "Engineer")

    path = address("change_affiliation", person, row.pk)
    client.post(path, form_of(client, path) | {"title_en": "Professor"})
    client.post(path, form_of(client, path) | {"ends_on": "2023-05-01"})

    row.refresh_from_db()
    assert (row.title_en, row.ends_on) == ("Professor", date(2023, 5, 1))
    assert {"affiliation_corrected", "affiliation_ended"} <= set(Act.objects.values_list("verb", flat=True))


def test_an_organisation_that_may_be_several_is_asked_by_number(client):
    sign_in_with(client, "desk.run")
    person = make_person()
    one, other = (
        make_organisation("Example Institute of Water"),
        make_organisation("Example Institute of Air"),
    )
    asked = {"organisation": "Example Institute", "role": "staff", "starts_on": "2021-01-01"}

    page = client.post(address("add_affiliation", person), asked).content.decode()
    assert one.ref.number in page and other.ref.number in page

    client.post(address("add_affiliation", person), asked | {"organisation": f"{other.ref.number} Example"})
    assert Affiliation.objects.get().organisation == other


def test_the_same_affiliation_twice_is_refused_above_the_form(client):
    sign_in_with(client, "desk.run")
    row = make_affiliation()
    asked = {"organisation": row.organisation.ref.number, "role": "staff", "starts_on": "2022-01-01"}

    answer = client.post(address("add_affiliation", row.person), asked)

    assert answer.status_code == 422 and "recorded already" in answer.content.decode()


def test_an_account_is_linked_by_its_address(client):
    sign_in_with(client, "desk.run")
    person, account = make_person(), make_account()

    assert client.post(address("link_account", person), {"email": "nobody@example.org"}).status_code == 422
    client.post(address("link_account", person), {"email": account.email.upper()})

    person.refresh_from_db()
    assert person.account == account


def test_another_persons_affiliation_is_not_found(client):
    sign_in_with(client, "desk.run")

    assert client.get(address("change_affiliation", make_person(), make_affiliation().pk)).status_code == 404


def test_who_reads_the_desk_is_offered_nothing(client):
    row = make_affiliation()
    paths = [NEW, *(address(name, row.person) for name in ("change", "add_affiliation", "link_account"))]
    for right, status in (("desk.read", 404), ("desk.run", 200)):
        sign_in_with(client, right)
        assert {client.get(path).status_code for path in paths} == {status}
        page = client.get(address("person", row.person)).content.decode()
        assert {path in page for path in paths[1:]} == {status == 200}
