from datetime import date
from itertools import count

from secretariat.registry.people.actions import add_affiliation, register_person
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.organisations import make_organisation

_numbers = count(1)


def make_person(given_name=None, family_name="", *, actor=INSTALLER, now=NOW, **kw):
    if given_name is None and not family_name and not kw.get("name_zh"):
        given_name, family_name = "Example", f"Person{next(_numbers):03d}"
    return register_person(given_name=given_name or "", family_name=family_name, actor=actor, now=now, **kw)


def make_affiliation(
    person=None, organisation=None, *, starts_on=date(2020, 1, 1), actor=INSTALLER, now=NOW, **kw
):
    return add_affiliation(
        person=person or make_person(), organisation=organisation or make_organisation(), starts_on=starts_on,
        actor=actor, now=now, **kw,
    )  # fmt: skip
