import pytest
from django.db import connection

from secretariat.foundation.accounts.actor import NotAllowed
from secretariat.registry.identity.actions import merge, tell_apart
from secretariat.registry.identity.duplicates import MOST, find_duplicates
from secretariat.registry.identity.states import Kind
from secretariat.registry.places.models import Place
from tests.factories.accounts import INSTALLER, NOW, make_account, make_actor
from tests.factories.organisations import make_organisation
from tests.factories.people import make_affiliation, make_person

pytestmark = pytest.mark.django_db

DESK = make_actor("desk.run")


def make_place(alpha2, m49):
    return Place.objects.create(
        alpha2=alpha2, alpha3=f"{alpha2}X", m49=m49, name_en=alpha2, name_zh=alpha2, sort_en="a", sort_zh="a"
    )


def found(kind=Kind.PERSON, **kw):
    return [
        ({pair.one_id, pair.other_id}, [str(reason) for reason in pair.reasons])
        for pair in find_duplicates(kind, actor=DESK, **kw)
    ]


def people(*values):
    return [make_person(**value) for value in values]


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({"given_name": "A", "orcid": "0000-0002-1825-0097"}, {"given_name": "B", "orcid": "0000-0002-1825-0097"},
         ["orcid"]),
        ({"given_name": "Ann", "family_name": "Lee"}, {"given_name": "Lee", "family_name": "Ann"}, ["name"]),
        ({"given_name": "José", "family_name": "Núñez"}, {"given_name": "Jose", "family_name": "NUNEZ"}, ["name"]),
        ({"given_name": "Xiaoming", "family_name": "Wang"}, {"name_zh": "王小明"}, ["pinyin"]),
        ({"given_name": "Ming", "family_name": "Wang", "name_zh": "王小明"}, {"name_zh": "王小明"}, ["zh"]),
        ({"given_name": "Xiaoming", "family_name": "Wang", "name_zh": "王小明"},
         {"given_name": "Xiaoming", "family_name": "Wang", "name_zh": "王小明"}, ["zh", "name"]),
    ],
)  # fmt: skip
def test_people_who_may_be_one(one, other, reasons):
    pair = people(one, other)
    make_person("Somebody", "Else")

    assert found() == [({person.pk for person in pair}, reasons)]


def test_spellings_of_one_name_need_something_more():
    pair = people({"given_name": "Muhammad", "family_name": "Abd al-Rahman"},
                  {"given_name": "Mohammed", "family_name": "Abdulrahman"})  # fmt: skip
    assert found() == []

    organisation = make_organisation()
    for person in pair:
        make_affiliation(person, organisation)
    assert found() == [({person.pk for person in pair}, ["sound", "together"])]


def test_letters_may_differ_among_colleagues():
    organisation = make_organisation()
    pair = [
        make_affiliation(make_person("Ann", name), organisation).person for name in ("Gonzalez", "Gonzales")
    ]
    make_affiliation(make_person("Ann", "Gonzalet"))

    assert found() == [({person.pk for person in pair}, ["similar", "together"])]


def test_one_mailbox_under_two_addresses():
    one = make_person("Ann", "Lee", account=make_account("ann@example.org"))
    other = make_person("A.", "L.", account=make_account("ann+summit@example.org"))

    assert found() == [({one.pk, other.pk}, ["mail"])]


def test_another_identifier_or_country_speaks_against():
    here, there = make_place("AA", "901"), make_place("BB", "902")
    make_person("Ann", "Lee", orcid="0000-0002-1825-0097", country=here)
    make_person("Ann", "Lee", orcid="0000-0002-1694-233X", country=here)
    make_person("Bo", "Yu", country=here)
    make_person("Bo", "Yu", country=there)

    scores = {
        tuple(map(str, pair.reasons)): pair.score
        for pair in find_duplicates(Kind.PERSON, actor=DESK, at_least=0)
    }
    assert scores == {("name", "country", "other_id"): 0.033, ("name", "other_country"): 0.36}
    assert found() == []


def test_what_is_an_alias_told_apart_or_of_another_world_is_left_out():
    one, other = people(
        {"given_name": "Ann", "family_name": "Lee"}, {"given_name": "Ann", "family_name": "Lee"}
    )
    make_person("Ann", "Lee", simulated=True)
    assert len(found()) == 1

    tell_apart(one=one, other=other, actor=INSTALLER, now=NOW)
    assert found() == []
    third = make_person("Ann", "Lee")
    assert len(found(at_least=0)) == 2
    merge(kept=one, absorbed=third, actor=INSTALLER, now=NOW)
    assert found(at_least=0) == []


def test_pairs_of_one_person_are_the_same_as_in_the_whole_list():
    one, other = people(
        {"given_name": "Ann", "family_name": "Lee"}, {"given_name": "Lee", "family_name": "Ann"}
    )
    people({"given_name": "Bo", "family_name": "Yu"}, {"given_name": "Bo", "family_name": "Yu"})

    assert len(found()) == 2
    assert found(of=[one.pk]) == found(of=[other.pk]) == [({one.pk, other.pk}, ["name"])]


def test_a_name_that_very_many_have_finds_nothing():
    for _ in range(MOST + 1):
        make_person("Wei", "Wang")

    assert found(at_least=0) == []


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({"ror": "05dxps055"}, {"ror": "05dxps055"}, ["ror"]),
        ({"name_en": "University of Example"}, {"name_en": "Example Univ."}, ["name"]),
        ({"name_en": "Example Co., Ltd."}, {"name_en": "EXAMPLE"}, ["name"]),
        ({"name_en": "Institut für Beispiele"}, {"name_en": "Institut fur Beispiele"}, ["name"]),
        ({"name_zh": "示例研究所"}, {"name_en": "Shili Yanjiusuo"}, ["name"]),
        (
            {"name_en": "World Example Conference", "email_domains": ["wec.example"]},
            {"name_en": "Other Name", "acronym": "WEC", "email_domains": ["wec.example"]},
            ["domain", "acronym"],
        ),
    ],
)
def test_organisations_that_may_be_one(one, other, reasons):
    pair = [make_organisation(**one), make_organisation(**other)]
    make_organisation("Something Else")

    assert found(Kind.ORGANISATION) == [({row.pk for row in pair}, reasons)]


def test_names_may_differ_by_a_letter_but_not_by_a_number():
    country = make_place("AA", "901")
    pair = [make_organisation(name, country=country) for name in ("Example Institute", "Exampel Institute")]
    make_organisation("Example Institute 12", country=country)
    make_organisation("Example Institute 13", country=country)

    assert found(Kind.ORGANISATION) == [({row.pk for row in pair}, ["similar", "country"])]


def test_a_part_is_not_taken_for_its_whole():
    whole = make_organisation("Example", email_domains=["x.example"])
    make_organisation("Example Ltd", email_domains=["x.example"], parent=whole)

    pair = find_duplicates(Kind.ORGANISATION, actor=DESK, at_least=0)[0]
    assert (str(pair.reasons[-1]), pair.score < 0.2) == ("related", True)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("kind", Kind)
def test_one_statement_finds_them_all(kind, number, django_assert_num_queries):
    for i in range(number):
        for _ in range(2):
            make_person("Ann", f"Lee{i}") if kind == Kind.PERSON else make_organisation(f"Name {i}")

    with django_assert_num_queries(1):
        assert len(find_duplicates(kind, actor=DESK)) == number


@pytest.mark.parametrize(
    "actor", [make_actor(), make_actor("desk.read"), make_actor("organisation.represent")]
)
def test_only_the_desk_looks_for_duplicates(actor):
    with pytest.raises(NotAllowed):
        find_duplicates(Kind.PERSON, actor=actor)


def test_the_pairs_of_one_row_are_found_through_the_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM people_person WHERE match_keys && (SELECT ARRAY['name:x'])")
        assert "person_match" in "".join(row for (row,) in cursor.fetchall())
