"""Orders and pages: every row comes exactly once, in both directions, also where values are missing or the same."""

import pytest
from django.db.models import Value
from django.db.models.functions import Concat, Lower
from django.http import QueryDict

from secretariat.foundation.accounts.models import Account
from secretariat.foundation.ui.tables import Column, Table
from secretariat.foundation.ui.tables import table as tables
from secretariat.registry.people.models import Person
from tests.factories.accounts import make_account
from tests.factories.people import make_person
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db


class PeopleList(Table):
    key = "test.people"
    columns = [
        Column("name", "Name", of=str, order="sort_key", heading=True),
        Column("country", "Country", order="country__alpha2"),
        Column("lower", "Lower", of="given_name", order=Lower("given_name")),
        Column("both", "Both", of="given_name", order=("honorific", Concat("given_name", Value("!")))),
        Column("later", "Later", of="given_name", order=lambda: "-given_name"),
    ]
    order = "name"


@pytest.fixture
def people():
    kenya, china = make_place("KE"), make_place("CN")
    countries = [kenya, None, china, None, kenya, china, None]
    return [
        make_person(given, "Example", country=country, honorific=honorific)
        for given, country, honorific in zip(
            ["Bo", "ada", "Cy", "bo", "Di", "Ada", "Ed"],
            countries,
            ["Dr", "", "Dr", "", "", "Dr", ""],
            strict=True,
        )
    ]


def walk(table, query, size, monkeypatch):
    """Follow the pages to the end, and back from there."""
    monkeypatch.setattr("secretariat.foundation.ui.tables.asking.SIZE", size)
    pages = [table.page(QueryDict(query))]
    while pages[-1].paging.next_query:
        pages.append(table.page(QueryDict(pages[-1].paging.next_query)))
    back, page = [], pages[-1]
    while page.paging.previous_query:
        page = table.page(QueryDict(page.paging.previous_query))
        back.append(page)
    return pages, back


@pytest.mark.parametrize("direction", ["", "-"])
@pytest.mark.parametrize("column", ["name", "country", "lower", "both", "later"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_hold_every_row_once_in_the_order_of_one_great_page(
    people, column, direction, size, monkeypatch
):
    whole = [
        row.key for row in PeopleList(Person.objects.all()).page(QueryDict(f"sort={direction}{column}")).rows
    ]
    assert len(whole) == 7 and set(whole) == {str(person.pk) for person in people}

    pages, back = walk(PeopleList(Person.objects.all()), f"sort={direction}{column}", size, monkeypatch)

    assert [row.key for page in pages for row in page.rows] == whole
    assert [[row.key for row in page.rows] for page in back] == [
        [row.key for row in page.rows] for page in pages[-2::-1]
    ]
    assert [page.paging.first for page in pages] == list(range(1, 8, size))
    assert [page.paging.first for page in back] == [page.paging.first for page in pages[-2::-1]]


def test_what_is_missing_stands_last_both_ways(people):
    def countries(query):
        return [row.cells[1].text for row in PeopleList(Person.objects.all()).page(QueryDict(query)).rows]

    up, down = countries("sort=country"), countries("sort=-country")

    assert up[-3:] == down[-3:] == ["", "", ""]
    assert up[:4] == ["China", "China", "Kenya", "Kenya"]
    assert down[:4] == ["Kenya", "Kenya", "China", "China"]


def test_the_order_of_a_function_and_of_a_turned_path(people):
    table = PeopleList(Person.objects.all())

    lower = [row.cells[2].text for row in table.page(QueryDict("sort=lower")).rows]
    later = [row.cells[4].text for row in table.page(QueryDict("sort=later")).rows]

    assert [text.lower() for text in lower] == ["ada", "ada", "bo", "bo", "cy", "di", "ed"]
    assert later == sorted(later, reverse=True)


@pytest.mark.parametrize("key", ["nonsense", "01a21b2b-0000-7000-8000-000000000000", "\0", "'; --"])
def test_a_page_after_a_row_that_is_not_there_is_the_first_page(people, key):
    query = QueryDict(mutable=True)
    query["after"] = key

    page = PeopleList(Person.objects.all()).page(query)

    assert len(page.rows) == 7
    assert page.paging.first == 1 and page.paging.previous_query == ""


def test_a_row_out_of_sight_is_no_place_to_go_on_from(people):
    seen = Person.objects.exclude(pk=people[0].pk)

    page = PeopleList(seen).page(QueryDict(f"after={people[0].pk}"))

    assert {row.key for row in page.rows} == {str(person.pk) for person in people[1:]}


def test_a_row_that_has_left_the_filter_is_still_a_place_to_go_on_from(people, monkeypatch):
    """Who clears a list from above must not lose the place."""
    monkeypatch.setattr("secretariat.foundation.ui.tables.asking.SIZE", 2)
    table = PeopleList(Person.objects.all())
    first = table.page(QueryDict(""))
    table.rows = Person.objects.exclude(pk=first.rows[0].key)

    second = table.page(QueryDict(first.paging.next_query))

    assert not {row.key for row in second.rows} & {row.key for row in first.rows}


def test_rows_are_counted_up_to_a_limit(people, monkeypatch):
    monkeypatch.setattr(tables, "COUNT_LIMIT", 5)
    paging = PeopleList(Person.objects.all()).page(QueryDict("")).paging

    assert (paging.total, paging.is_capped, paging.counted) == (5, True, "more than 5 rows")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_is_two_statements_and_a_later_one_three(rows, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("secretariat.foundation.ui.tables.asking.SIZE", rows)
    for _ in range(2 * rows):
        make_account()

    class Accounts(Table):
        key = "test.accounts"
        columns = [Column("email", "E-mail", order="email")]
        order = "email"

    with django_assert_num_queries(2):
        first = Accounts(Account.objects.all()).page(QueryDict(""))
    with django_assert_num_queries(3):
        second = Accounts(Account.objects.all()).page(QueryDict(first.paging.next_query))
    assert len(first.rows) == len(second.rows) == rows
