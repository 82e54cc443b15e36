import pytest
from django.test import Client
from django.urls import reverse

from secretariat.registry.relations.models import Relation
from tests.factories.accounts import make_account
from tests.factories.people import make_person
from tests.factories.relations import make_pinned, make_relation
from tests.factories.review import make_desk

pytestmark = pytest.mark.django_db
HOME = "my_relations:relations"


@pytest.fixture
def person():
    return make_person("Rhea", "Juror", account=make_account())


@pytest.fixture
def client(person):
    client = Client(headers={"accept-language": "en"})
    client.force_login(person.account)
    return client


def words(response):
    return " ".join(response.content.decode().split())


def test_she_declares_a_relation_reads_it_and_ends_it(client, person):
    assert "You have declared no relation" in words(client.get(reverse(HOME)))
    sent = {"name": "Ada Example", "kind": "family", "starts_on": "2019-05-01", "note": "My sister."}
    page = client.post(reverse("my_relations:declare"), sent, follow=True)
    assert "Ada Example" in words(page) and "My sister." in words(page)
    relation = Relation.objects.get(person=person)

    page = client.post(reverse("my_relations:end", args=[relation.pk]), {"ends_on": "2019-01-01"})
    assert page.status_code == 422 and "before it began" in words(page)
    client.post(reverse("my_relations:end", args=[relation.pk]), {"ends_on": "2020-01-01"})
    relation.refresh_from_db()
    assert relation.ends_on.isoformat() == "2020-01-01"


def test_a_name_without_a_letter_is_refused_and_what_was_written_stays(client):
    page = client.post(reverse("my_relations:declare"), {"name": "–", "kind": "family", "note": "Kept."})

    assert page.status_code == 422
    assert "Write the name of a person or an organisation." in words(page) and "Kept." in words(page)


def test_another_ones_relation_is_not_there(client):
    assert client.get(reverse("my_relations:end", args=[make_relation().pk])).status_code == 404


def test_the_desk_records_one_that_she_reads_and_cannot_end(client, person):
    desk = Client(headers={"accept-language": "en"})
    desk.force_login(make_desk("desk.run", "desk.read").account)
    make_relation(person, "Hidden Sister", note="Between us.")
    sent = {"name": "Example Fund", "kind": "money", "reason": "The register of shareholders."}
    page = desk.post(reverse("desk_relations:pin", args=[person.ref.number]), sent, follow=True)

    assert "Example Fund" in words(page) and "The register of shareholders." in words(page)
    assert "Hidden Sister" not in words(page) and "Between us." not in words(page)
    pinned = Relation.objects.get(is_pinned=True)
    hers = words(client.get(reverse(HOME)))
    assert "The register of shareholders." in hers and "recorded by the secretariat" in hers
    page = client.post(reverse("my_relations:end", args=[pinned.pk]), {"ends_on": "2020-01-01"})
    assert page.status_code == 422
    pinned.refresh_from_db()
    assert pinned.ends_on is None


def test_the_desk_ends_what_it_recorded_and_nothing_else(person):
    desk = Client()
    desk.force_login(make_desk("desk.run", "desk.read").account)
    hers, pinned = make_relation(person), make_pinned(person)
    for relation, status in ((hers, 404), (pinned, 302)):
        path = reverse("desk_relations:end", args=[person.ref.number, relation.pk])
        assert desk.post(path, {"ends_on": relation.starts_on.isoformat()}).status_code == status
