from datetime import date

import pytest
from django.urls import reverse

from tests.factories.accounts import make_account
from tests.factories.calls import make_applicant, make_open_call, make_submission
from tests.factories.people import make_affiliation

pytestmark = pytest.mark.django_db


def test_my_page_is_for_who_is_signed_in(client):
    assert client.get(reverse("my:home"))["Location"] == "/sign-in/?next=%2Fmy%2F"


def test_my_page_says_who_i_am_as_what_i_act_and_what_is_mine(client):
    person, _ = applicant = make_applicant()
    make_affiliation(person, role="representative", starts_on=date(2020, 1, 1))
    mine = make_submission(make_open_call(), applicant=applicant)
    other = make_submission(make_open_call())
    client.force_login(person.account)

    response = client.get(reverse("my:home"))

    assert response.context["person"] == person
    assert [str(held.right) for held in response.context["capacities"]] == ["Represents"]
    assert list(response.context["submissions"]) == [mine]
    assert other.ref.number not in response.content.decode()


def test_somebody_without_anything_has_an_empty_page(client):
    make_submission(make_open_call())
    client.force_login(make_account())

    context = client.get(reverse("my:home")).context

    empty = ("person", "capacities", "assignments", "submissions", "notices")
    assert [bool(context[name]) for name in empty] == [False] * 5
