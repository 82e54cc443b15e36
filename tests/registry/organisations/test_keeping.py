"""Organisations added and corrected at the desk."""

import pytest
from django.urls import reverse

from secretariat.registry.organisations.models import Organisation
from tests.factories.organisations import make_organisation
from tests.factories.places import make_place
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
NEW = "/desk/organisations/new/"


def change(organisation):
    return reverse("desk_organisations:change", args=[organisation.ref.number])


def test_a_new_organisation_has_all_that_was_typed(client):
    sign_in_with(client, "desk.run")
    make_place("KE")
    above = make_organisation("Example Group")
    typed = {
        "name_en": "Example Lab", "kind": above.kind, "country": "KE", "parent": "Example Group",
        "ror": "https://ror.org/05dxps055", "website": "lab.example.org", "email_domains": "lab.example.org",
    }  # fmt: skip

    client.post(NEW, typed)

    made = Organisation.objects.get(name_en="Example Lab")
    assert (made.parent, made.ror, made.website) == (above, "05dxps055", "https://lab.example.org")
    assert (made.email_domains, made.country.alpha2) == (["lab.example.org"], "KE")


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"ror": "05dxps056"}, "ror"), ({"email_domains": "gmail.com"}, "email_domains"), ({"name_en": ""}, "name_en"),
     ({"parent": "Nobody Knows"}, "parent"), ({"website": "no address"}, "website")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(client, typed, field):
    sign_in_with(client, "desk.run")
    kind = make_organisation("Example").kind

    answer = client.post(NEW, {"name_en": "Other", "kind": kind} | typed)

    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert Organisation.objects.count() == 1


def test_a_circle_of_parents_is_refused_above_the_form(client):
    sign_in_with(client, "desk.run")
    above = make_organisation("Above")
    below = make_organisation("Below", parent=above)

    answer = client.post(
        change(above), {"name_en": "Above", "kind": above.kind, "parent": below.ref.number, "was": ""}
    )

    assert answer.status_code == 422 and "cannot belong to a part of itself" in answer.content.decode()


def test_a_correction_leaves_the_rest(client):
    sign_in_with(client, "desk.run")
    found = make_organisation("Example", acronym="EX")

    client.post(change(found), {"name_en": "Example", "acronym": "EXA", "kind": found.kind})

    found.refresh_from_db()
    assert (found.name_en, found.acronym) == ("Example", "EXA")


def test_only_who_runs_the_desk_comes_in(client):
    found = make_organisation()
    sign_in_with(client, "desk.read")
    assert {client.get(path).status_code for path in (NEW, change(found))} == {404}
