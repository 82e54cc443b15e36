from datetime import date

import pytest
from django.db import IntegrityError, transaction

from secretariat.registry.people.models import Affiliation, Person
from tests.factories.people import make_affiliation, make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("person_has_name", {"given_name": "", "family_name": "", "name_zh": ""}),
        ("person_orcid_shape", {"orcid": "0000000218250097"}),
        ("person_name_order_known", {"name_order": "sideways"}),
    ],
)
def test_the_database_refuses_a_person(constraint, values):
    person = make_person()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(**values)


def test_nobody_is_an_alias_of_herself():
    person = make_person()

    with pytest.raises(IntegrityError, match="person_not_own_alias"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(canonical=person)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("affiliation_ends_after_start", {"ends_on": date(2019, 12, 31)}),
        ("affiliation_role_known", {"role": "mascot"}),
    ],
)
def test_the_database_refuses_an_affiliation(constraint, values):
    affiliation = make_affiliation()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Affiliation.objects.filter(pk=affiliation.pk).update(**values)


def test_an_account_is_of_one_person():
    from tests.factories.accounts import make_account

    person = make_person(account=make_account())

    with pytest.raises(IntegrityError, match="account_id"), transaction.atomic():
        Person.objects.filter(pk=make_person().pk).update(account=person.account)
