from datetime import date
from itertools import count

from secretariat.governance.membership.actions import (
    admit_member,
    lay_down_conditions,
    name_representative,
)
from secretariat.governance.membership.models import Category
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person

_numbers = count(1)


def make_category(key=None, *, holder="organisation", position=None, **kw):
    number = next(_numbers)
    key = key or f"category-{number:03d}"
    names = {"name_en": key.capitalize(), "name_zh": f"类别{key}"}
    position = number if position is None else position
    return Category.objects.create(key=key, holder=holder, position=position, **{**names, **kw})


def make_conditions(category, *, starts_on=date(2020, 1, 1), actor=INSTALLER, now=NOW, **kw):
    """A category with a vote and without a term, unless said otherwise."""
    said = {"has_vote": True, **kw}
    return lay_down_conditions(category=category, starts_on=starts_on, actor=actor, now=now, **said)


def make_member(
    category=None, *, person=None, organisation=None, starts_on=date(2022, 1, 1), actor=INSTALLER, now=NOW, **kw
):  # fmt: skip
    """An organisation that is a member, or the person given."""
    holder = "person" if person else "organisation"
    return admit_member(
        category=category or make_category(holder=holder),
        person=person,
        organisation=None if person else organisation or make_organisation(),
        starts_on=starts_on,
        actor=actor,
        now=now,
        **kw,
    )


def make_representative(
    member=None, person=None, *, starts_on=date(2022, 1, 1), actor=INSTALLER, now=NOW, **kw
):
    return name_representative(
        member=member or make_member(),
        person=person or make_person(),
        starts_on=starts_on,
        actor=actor,
        now=now,
        **kw,
    )
