"""What a query string may ask, and what is left out because nobody knows it."""

from datetime import UTC, datetime

import pytest
from django.db.models import Q
from django.http import QueryDict

from secretariat.foundation.ui.tables import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateFilter,
    MultiChoiceFilter,
    Table,
    TextFilter,
)
from secretariat.registry.people.models import Person
from tests.factories.people import make_affiliation, make_person
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db
ORDERS = [("given_first", "Given first"), ("family_first", "Family first")]


class PeopleList(Table):
    key = "test.filtered"
    columns = [
        Column("name", "Name", of=str, order="sort_key", heading=True),
        Column("number", "Number", of="ref.number", order="ref__number"),
        Column("recorded", "Recorded", of="created_at", order="created_at", hidden=True),
    ]
    filters = [
        TextFilter("q", "Search", fields=("given_name", "family_name")),
        ChoiceFilter("names", "Order", "name_order", choices=ORDERS),
        MultiChoiceFilter(
            "country", "Country", "country__alpha2", choices=lambda: [("KE", "Kenya"), ("CN", "China")]
        ),
        BooleanFilter("placed", "Placed", condition=lambda _yes: Q(country__isnull=False)),
        DateFilter("recorded", "Recorded", "created_at", moments=True),
    ]
    order = "name"


@pytest.fixture
def people():
    kenya, china = make_place("KE"), make_place("CN")
    found = [
        make_person("Zoë", "Núñez", country=kenya),
        make_person("Bo", "Example", country=china, name_order="family_first"),
        make_person("Cy", "Example"),
    ]
    for person, day in zip(found, (1, 2, 3), strict=True):
        Person.objects.filter(pk=person.pk).update(created_at=datetime(2022, 1, day, 23, 59, tzinfo=UTC))
    return {"zoe": found[0], "bo": found[1], "cy": found[2]}


def left(people, query):
    keys = {row.key for row in PeopleList(Person.objects.all()).page(QueryDict(query)).rows}
    return {name for name, person in people.items() if str(person.pk) in keys}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=NUNEZ", {"zoe"}),
        ("q=exam+cy", {"cy"}),
        ("q=%25", set()),
        ("q=%00", {"zoe", "bo", "cy"}),
        ("names=family_first", {"bo"}),
        ("names=sideways", {"zoe", "bo", "cy"}),
        ("country=KE&country=CN", {"zoe", "bo"}),
        ("country=KE&country=XX", {"zoe"}),
        ("country=XX", {"zoe", "bo", "cy"}),
        ("placed=yes", {"zoe", "bo"}),
        ("placed=no", {"cy"}),
        ("placed=perhaps", {"zoe", "bo", "cy"}),
        ("recorded_from=2022-01-02", {"bo", "cy"}),
        ("recorded_to=2022-01-02", {"zoe", "bo"}),
        ("recorded_from=2022-01-02&recorded_to=2022-01-02", {"bo"}),
        ("recorded_from=yesterday&recorded_to=9999-12-31", {"zoe", "bo", "cy"}),
        ("q=example&placed=yes", {"bo"}),
        ("nonsense=1&size=7&sort=password&cols=password&at=-3", {"zoe", "bo", "cy"}),
    ],
)
def test_a_filter_leaves_what_it_says(people, query, names):
    assert left(people, query) == names


@pytest.mark.parametrize(
    ("query", "shortest"),
    [
        ("", ""),
        ("q=&names=&country=&sort=name&size=50&cols=name,number", ""),
        ("country=CN&country=KE&q=+a++b", "q=a+b&country=KE&country=CN"),
        ("sort=-number&size=100&at=50", "sort=-number&size=100"),
        ("cols=recorded", "cols=name,recorded"),
        ("recorded_to=2022-01-02", "recorded_to=2022-01-02"),
    ],
)
def test_a_page_knows_the_shortest_query_for_itself(people, query, shortest):
    assert PeopleList(Person.objects.all()).page(QueryDict(query)).query == shortest


def test_choices_count_what_all_other_filters_leave(people):
    page = PeopleList(Person.objects.all()).page(QueryDict("q=example&country=KE"))
    country = next(control for control in page.controls if control.filter.name == "country")

    assert {option.value: (option.count, option.is_chosen) for option in country.options} == {
        "KE": (0, True), "CN": (1, False),
    }  # fmt: skip


def test_a_path_to_many_rows_gives_each_row_once_and_counts_it_once():
    person = make_person()
    make_affiliation(person), make_affiliation(person)

    class Parties(Table):
        key = "test.many"
        columns = [Column("number", "Number", order="number")]
        filters = [
            MultiChoiceFilter(
                "role", "Role", "parties__role", choices=[("applicant", "A"), ("member", "M")], many=True
            )
        ]
        order = "number"

    from secretariat.registry.refs.actions import Party, add_parties
    from secretariat.registry.refs.models import Ref

    for role in ("applicant", "member"):
        add_parties(ref=person.ref, parties=[Party(role, person_id=person.pk)])
    page = Parties(Ref.objects.all()).page(QueryDict("role=applicant&role=member"))

    assert [row.key for row in page.rows] == [str(person.ref.pk)]
    assert [option.count for option in page.controls[0].options] == [1, 1]


def test_a_filter_may_not_take_a_name_of_the_tables_own():
    class Clashing(PeopleList):
        key = "test.clashing"
        filters = [TextFilter("sort", "Sort", fields=("given_name",))]

    with pytest.raises(ValueError, match="sort"):
        Clashing(Person.objects.all()).page(QueryDict(""))


def test_chosen_rows_are_those_ticked_or_all_that_the_filters_leave(people):
    table = PeopleList(Person.objects.exclude(pk=people["cy"].pk))
    ticked = QueryDict(f"row={people['bo'].pk}&row={people['cy'].pk}&row=nonsense")
    every = QueryDict(mutable=True)
    every.update({"all": "1", "query": "q=example"})

    assert set(table.chosen(ticked)) == {people["bo"]}
    assert set(table.chosen(every)) == {people["bo"]}
    assert set(table.chosen(QueryDict(""))) == set()


def test_a_usual_view_is_shown_only_where_nothing_is_asked(client):
    from secretariat.foundation.preferences.actions import save_view
    from tests.factories.accounts import NOW, make_actor
    from tests.factories.staff import sign_in_with

    account = sign_in_with(client, "desk.read")
    save_view(
        table="people.people", path="/desk/people/", name="Mine", query="q=ana", is_default=True,
        actor=make_actor(account=account), now=NOW,
    )  # fmt: skip

    assert client.get("/desk/people/").url == "/desk/people/?q=ana"
    page = client.get("/desk/people/?view=all")
    assert page.status_code == 200 and 'href="?view=all"' in page.content.decode()
    assert client.get("/desk/people/?sort=-name").status_code == 200
