from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from secretariat.foundation.accounts.actor import NotAllowed, WrongState
from secretariat.registry.conflicts.queries import PartySet, Policy, conflicts_between
from secretariat.registry.identity.actions import merge
from secretariat.registry.relations.actions import declare_relation, end_relation, pin_relation
from secretariat.registry.relations.logic import keys_of
from secretariat.registry.relations.models import Relation
from secretariat.registry.relations.providers import personal
from secretariat.registry.relations.queries import get_my_relation, my_relations, pinned_of
from tests.factories.accounts import INSTALLER, NOW, TODAY, make_account, make_actor
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.relations import as_herself, make_pinned, make_relation

pytestmark = pytest.mark.django_db
SECRET = "We were married until 2019."


def thing(*, people=(), organisations=()):
    return PartySet(uuid4(), frozenset(p.pk for p in people), frozenset(o.pk for o in organisations))


def found(person, asked, on=TODAY, **policy):
    rows = conflicts_between(person.pk, asked, on, Policy(kinds=frozenset({"personal"}), **policy))
    return [(row.source_id, row.strength, row.direction, row.confidence) for row in rows]


@pytest.fixture
def juror():
    return make_person("Rhea", "Juror", account=make_account())


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Ada Example", {"given": "Ada", "family": "Example"}),
        ("example ADA", {"given": "Ada", "family": "Example"}),
        ("示例甲", {"given": "", "family": "", "name_zh": "示例甲"}),
    ],
)
def test_a_person_is_found_by_the_name_that_was_written(juror, written, known):
    relation = make_relation(juror, written)
    given, family = known.pop("given"), known.pop("family")
    party, stranger = make_person(given, family, **known), make_person("Bo", "Example")

    assert found(juror, thing(people=[party])) == [(relation.pk, "discloses", "hers", "declared")]
    assert found(juror, thing(people=[stranger])) == []


@pytest.mark.parametrize("written", ["Example Widgets Ltd", "示例器件有限公司"])
def test_an_organisation_is_found_by_either_of_its_names(juror, written):
    relation = make_relation(juror, written, kind="money")
    party = make_organisation("Example Widgets", name_zh="示例器件有限公司")

    assert found(juror, thing(organisations=[party])) == [(relation.pk, "discloses", "hers", "declared")]


def test_what_a_party_said_of_her_counts_and_neither_is_told_who_said_it(juror):
    party = make_person("Ada", "Example", account=make_account())
    relation = make_relation(party, "Rhea Juror", note=SECRET)
    [finding] = conflicts_between(juror.pk, thing(people=[party]), TODAY)

    assert (finding.kind, finding.source_id, finding.direction) == ("personal", relation.pk, "theirs")
    assert (
        finding.explanation == "A personal relation between you and one of those this is about was declared."
    )


def test_her_own_name_is_no_relation(juror):
    make_relation(juror, "Rhea Juror")

    assert found(juror, thing(people=[juror])) == []


def test_it_counts_from_its_day_for_as_long_as_the_policy_looks_back(juror):
    relation = make_relation(juror, starts_on=date(2019, 1, 1))
    asked = thing(people=[make_person("Ada", "Example")])
    end_relation(relation=relation, ends_on=date(2021, 6, 1), actor=as_herself(juror), now=NOW)

    assert found(juror, asked, date(2018, 12, 31)) == []
    assert len(found(juror, asked, date(2019, 1, 1))) == 1
    assert len(found(juror, asked, date(2022, 6, 1), years_back=1)) == 1
    assert found(juror, asked, date(2022, 6, 2), years_back=1) == []


def test_a_policy_lets_it_bar(juror):
    make_relation(juror)
    asked = thing(people=[make_person("Ada", "Example")])

    assert [row[1] for row in found(juror, asked, strengths={"personal": "bars"})] == ["bars"]


def test_aliases_stand_for_the_same(juror):
    absorbed, kept = make_person("Ada", "Example"), make_person("Ada", "Sample")
    merge(kept=kept, absorbed=absorbed, actor=INSTALLER, now=NOW)
    make_relation(juror, "Ada Example")

    assert len(found(juror, thing(people=[kept]))) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_provider_takes_one_statement(number, django_assert_num_queries):
    rows = [make_relation(name=f"Ada Example{n}") for n in range(number)]
    things = [thing(people=[make_person("Ada", f"Example{n}")]) for n in range(number)]

    with django_assert_num_queries(1):
        assert len(list(personal([row.person_id for row in rows], things, TODAY, Policy()))) == number


def test_only_she_reads_it_and_an_assistant_does_not(juror):
    relation, other = make_relation(juror), make_person(account=make_account())
    assistant = make_actor(account=other.account, person=juror, acting_for_id=juror.account_id)

    assert my_relations(as_herself(juror)) == [relation]
    assert (my_relations(as_herself(other)), my_relations(assistant), pinned_of(juror.pk)) == ([], [], [])
    with pytest.raises(Relation.DoesNotExist):
        get_my_relation(as_herself(other), relation.pk)
    with pytest.raises(NotAllowed):
        declare_relation(name="Ada", kind="family", actor=assistant, now=NOW)


def test_what_is_pinned_is_not_hers_to_end(juror):
    relation = make_pinned(juror)
    given = {"relation": relation, "ends_on": TODAY, "now": NOW}

    assert my_relations(as_herself(juror)) == [relation] == pinned_of(juror.pk)
    with pytest.raises(NotAllowed):
        end_relation(actor=as_herself(juror), **given)
    assert end_relation(actor=make_actor("desk.run"), **given).ends_on == TODAY
    with pytest.raises(NotAllowed):
        pin_relation(person=juror, name="A", kind="money", reason="x", actor=as_herself(juror), now=NOW)


def test_what_she_declared_is_not_for_the_desk_to_end(juror):
    with pytest.raises(NotAllowed):
        end_relation(relation=make_relation(juror), ends_on=TODAY, actor=make_actor("desk.run"), now=NOW)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"name": " – "}, "Write the name"),
        ({"starts_on": TODAY + timedelta(days=1)}, "has not come yet"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(juror, said, told):
    with pytest.raises(ValueError, match=told):
        make_relation(juror, **{"name": "Ada", **said})
    assert not Relation.objects.exists()


def test_an_end_is_said_once_and_after_the_beginning(juror):
    relation, actor = make_relation(juror, starts_on=date(2021, 1, 1)), as_herself(juror)
    for day, told in ((date(2020, 1, 1), "before it began"), (TODAY + timedelta(days=1), "has not come yet")):
        with pytest.raises(ValueError, match=told):
            end_relation(relation=relation, ends_on=day, actor=actor, now=NOW)
    end_relation(relation=relation, ends_on=TODAY, actor=actor, now=NOW)
    with pytest.raises(WrongState):
        end_relation(relation=relation, ends_on=TODAY, actor=actor, now=NOW)


def test_the_database_keeps_no_relation_to_nobody(juror):
    relation = make_relation(juror)

    with pytest.raises(IntegrityError), transaction.atomic():
        Relation.objects.filter(pk=relation.pk).update(match_keys=[])


def test_likeness_of_sound_and_initials_find_nobody():
    assert keys_of("World Internet Conference") == sorted(
        {
            "name:conferenceinternetworld",
            "name:worldinternetconference",
            *keys_of("World Internet Conference"),
        }
    )
    assert not [key for key in keys_of("World Internet Conference") if key.startswith(("acronym:", "sound:"))]
    assert "acronym:wic" in keys_of("WIC")
