from datetime import date

import pytest

from secretariat.foundation.accounts.actor import Actor, NotAllowed
from secretariat.foundation.audit.models import Act, Change, PersonalValue
from secretariat.registry.people.actions import (
    add_affiliation,
    end_affiliation,
    link_account,
    register_person,
    update_person,
)
from secretariat.registry.people.models import Affiliation, Person
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person

pytestmark = pytest.mark.django_db

ORCID = "0000-0002-1825-0097"


def test_a_person_is_registered_with_a_number_and_an_act():
    actor = make_actor(account=make_account())

    person = register_person(
        given_name=" Xiaoming ", family_name="Wang", name_order="family_first", name_zh="王小明",
        orcid=f"https://orcid.org/{ORCID}", languages=["zh", "en"], actor=actor, now=NOW,
    )  # fmt: skip

    person.refresh_from_db()
    assert (person.given_name, person.orcid, person.sort_key, person.languages) == (
        "Xiaoming",
        ORCID,
        "wang xiaoming",
        ["zh", "en"],
    )
    assert (person.ref.number, person.ref.title) == ("PER-00001", {})
    act = Act.objects.get(verb="person_registered")
    assert (act.account_id, act.subject_id) == (actor.account_id, person.pk)


def test_no_name_of_a_person_stays_in_history_once_forgotten():
    person = make_person("Xiaoming", "Wang", name_zh="王小明", names={"ru": "Ван Сяомин"}, orcid=ORCID)
    make_affiliation(person, title_en="Director Wang", source="Letter of Wang")

    told = str(list(Change.objects.values_list("before", "after")))
    assert [piece for piece in ("Wang", "wang", "王小明", "Ван", ORCID) if piece in told] == []
    columns = PersonalValue.objects.filter(subject_id=person.pk).values_list("column", flat=True)
    assert {"given_name", "family_name", "name_zh", "names", "orcid", "sort_key", "match_keys"} < set(columns)


def test_a_person_may_be_registered_with_the_actors_own_account():
    account = make_account()

    person = make_person(account=account, actor=make_actor(account=account))

    assert person.account == account


def test_nobody_takes_the_account_of_another():
    with pytest.raises(NotAllowed, match="link an account"):
        make_person(account=make_account(), actor=make_actor(account=make_account()))


def test_who_has_a_person_makes_no_second_one_for_the_account():
    account = make_account()
    actor = make_actor(account=account, person=make_person())

    with pytest.raises(NotAllowed, match="link an account"):
        make_person(account=account, actor=actor)


def test_who_is_not_signed_in_registers_nobody():
    with pytest.raises(NotAllowed):
        make_person(actor=Actor())


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"given_name": " "}, "needs a name"),
        ({"given_name": "X", "orcid": "0000-0002-1825-0098"}, "does not agree"),
        ({"given_name": "X", "name_order": "sideways"}, "'sideways' is no order"),
    ],
)
def test_a_bad_value_is_named_and_nothing_is_written(values, reason):
    with pytest.raises(ValueError, match=reason):
        register_person(**values, actor=INSTALLER, now=NOW)

    assert not Person.objects.exists()


def test_a_person_and_the_desk_change_the_record_and_nobody_else():
    person = make_person()
    allowed = [make_actor(person=person), make_actor("desk.run")]
    refused = [make_actor(person=make_person()), make_actor("desk.read"), Actor()]

    for actor in allowed:
        update_person(person=person, honorific="Prof.", actor=actor, now=NOW)
    for actor in refused:
        with pytest.raises(NotAllowed):
            update_person(person=person, honorific="Dr.", actor=actor, now=NOW)
    person.refresh_from_db()
    assert person.honorific == "Prof."


def test_only_named_values_can_be_changed_and_no_alias():
    kept, alias = make_person(), make_person()
    Person.objects.filter(pk=alias.pk).update(canonical=kept)

    with pytest.raises(ValueError, match="has no account to change"):
        update_person(person=kept, account=make_account(), actor=INSTALLER, now=NOW)
    with pytest.raises(ValueError, match="alias"):
        update_person(person=alias, given_name="X", actor=INSTALLER, now=NOW)


def test_the_desk_links_an_account_once():
    person, account = make_person(), make_account()

    with pytest.raises(NotAllowed):
        link_account(person=person, account=account, actor=make_actor(account=account), now=NOW)
    link_account(person=person, account=account, actor=INSTALLER, now=NOW)
    with pytest.raises(ValueError, match="linked already"):
        link_account(person=make_person(), account=account, actor=INSTALLER, now=NOW)
    with pytest.raises(ValueError, match="linked already"):
        link_account(person=person, account=make_account(), actor=INSTALLER, now=NOW)
    person.refresh_from_db()
    assert person.account == account


@pytest.mark.parametrize(
    ("who", "role", "allowed"),
    [
        ("self", "staff", True),
        ("self", "representative", False),
        ("representative", "representative", True),
        ("representative", "staff", True),
        ("desk", "finance", True),
        ("stranger", "staff", False),
    ],
)
def test_who_may_add_an_affiliation(who, role, allowed):
    person, organisation = make_person(), make_organisation()
    actor = {
        "self": make_actor(person=person),
        "representative": make_actor(
            "organisation.represent", scope_id=organisation.pk, person=make_person()
        ),
        "desk": make_actor("desk.run"),
        "stranger": make_actor("organisation.represent", scope_id=make_organisation().pk),
    }[who]

    if allowed:
        make_affiliation(person, organisation, role=role, actor=actor)
        assert Affiliation.objects.get().role == role
    else:
        with pytest.raises(NotAllowed):
            make_affiliation(person, organisation, role=role, actor=actor)


def test_the_same_affiliation_is_not_recorded_twice_for_one_day():
    first = make_affiliation(starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
    again = {"person": first.person, "organisation": first.organisation, "actor": INSTALLER, "now": NOW}

    with pytest.raises(ValueError, match="recorded already"):
        add_affiliation(starts_on=date(2020, 12, 31), **again)
    add_affiliation(starts_on=date(2021, 1, 1), **again)
    add_affiliation(starts_on=date(2020, 6, 1), role="press", **again)
    assert Affiliation.objects.count() == 3


@pytest.mark.parametrize(
    ("values", "reason"),
    [({"role": "mascot"}, "no role"), ({"ends_on": date(2019, 1, 1)}, "before it starts")],
)
def test_a_bad_affiliation_is_refused(values, reason):
    with pytest.raises(ValueError, match=reason):
        make_affiliation(**values)


def test_an_affiliation_ends_on_a_day_by_either_side():
    affiliation = make_affiliation(starts_on=date(2020, 1, 1))
    side = make_actor("organisation.represent", scope_id=affiliation.organisation_id)

    with pytest.raises(NotAllowed):
        end_affiliation(affiliation=affiliation, ends_on=date(2021, 1, 1), actor=make_actor(), now=NOW)
    with pytest.raises(ValueError, match="before it starts"):
        end_affiliation(affiliation=affiliation, ends_on=date(2019, 1, 1), actor=side, now=NOW)
    ended = end_affiliation(affiliation=affiliation, ends_on=date(2021, 1, 1), actor=side, now=NOW)
    earlier = end_affiliation(
        affiliation=ended, ends_on=date(2020, 6, 1), actor=make_actor(person=ended.person), now=NOW
    )
    with pytest.raises(ValueError, match="ended already"):
        end_affiliation(affiliation=earlier, ends_on=date(2022, 1, 1), actor=side, now=NOW)
    affiliation.refresh_from_db()
    assert affiliation.ends_on == date(2020, 6, 1)
