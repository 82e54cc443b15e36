"""What a view answers: the page, the part that changed, a file."""

import csv
import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from openpyxl import load_workbook

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.ui.tables import Act, ChoiceFilter, Column, MultiChoiceFilter, Table, TextFilter
from secretariat.registry.people.models import Person
from tests.factories.people import make_person
from tests.factories.places import make_place

pytestmark = pytest.mark.django_db
TEMPLATE = "ui/table.html"


class PeopleList(Table):
    key = "test.people"
    label = "People"
    columns = [
        Column(
            "name", "Name", of=str, order="sort_key", heading=True, path=lambda person: f"/there/{person.pk}/"
        ),
        Column("order", "Order of names", of="name_order", order="name_order", tone=lambda _person: "done"),
        Column("country", "Country", order="country__alpha2"),
        Column("recorded", "Recorded", of="created_at", order="created_at", hidden=True),
    ]
    filters = [
        TextFilter("q", "Search", fields=("given_name", "family_name")),
        ChoiceFilter(
            "names", "Order of names", "name_order", choices=[("given_first", "A"), ("family_first", "B")]
        ),
        MultiChoiceFilter(
            "country", "Country", "country__alpha2", choices=[("KE", "Kenya"), ("CN", "China")]
        ),
    ]
    order = "name"


def ask(query="", *, table=None, **headers):
    request = RequestFactory().get(f"/list/?{query}", headers=headers)
    request.actor, request.user = Actor(), AnonymousUser()
    return (table or PeopleList(Person.objects.all())).respond(request, TEMPLATE)


@pytest.fixture
def people():
    kenya, china = make_place("KE"), make_place("CN")
    return [
        make_person("Ana", "Núñez", country=kenya),
        make_person("Bo", "=1+1", country=china, name_order="family_first"),
        make_person("Cy", "Example"),
    ]


def body(response):
    return response.content.decode()


def test_a_page_shows_rows_heads_filters_and_files(people):
    page = body(ask())

    assert page.count("<tr>") == 4
    assert f'<a href="/there/{people[0].pk}/">Ana Núñez</a>' in page
    assert 'aria-sort="ascending"' in page and page.count("aria-sort") == 1
    assert '<span class="chip chip--done">given name first</span>' in page
    assert "3 rows" in page and "Recorded</a>" not in page
    assert 'href="/list/?export=csv"' in page


def test_names_are_escaped():
    make_person("<script>alert(1)</script>", "Example")

    assert "<script>alert" not in body(ask())


def test_what_is_asked_for_is_told_and_can_be_taken_back_part_by_part(people):
    page = body(ask("q=ana&country=KE&country=CN&sort=-name"))

    assert 'href="?country=KE&amp;country=CN&amp;sort=-name"' in page
    assert 'href="?q=ana&amp;country=CN&amp;sort=-name"' in page
    assert 'href="?sort=-name"' in page


def test_htmx_is_given_the_part_that_changes_with_the_shortest_address(people):
    response = ask(
        "q=&names=&country=KE&sort=name&size=50&cols=order&cols=country",
        **{"HX-Target": "table-test-people-results"},
    )

    assert body(response).lstrip().startswith('<div class="tabular-line">')
    assert response["HX-Push-Url"] == "/list/?country=KE"
    assert "HX-Target" in response["Vary"]
    assert "tabular-filters" not in body(response)


def test_the_chosen_columns_are_shown_and_the_name_always(people):
    page = body(ask("cols=recorded"))

    assert page.count('scope="col"') == 2
    assert "Times are those of UTC." in page


def test_nothing_there_and_nothing_found_are_told_apart(people):
    assert "No row matches these filters." in body(ask("q=nobody"))
    assert "There is nothing here yet." in body(ask(table=PeopleList(Person.objects.none())))


def test_csv_holds_what_is_filtered_and_shown_and_no_formula(people):
    response = ask("export=csv&country=CN&cols=name,order")
    text = b"".join(response.streaming_content).decode()

    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) == [
        ["Name", "Order of names"],
        ["'=1+1 Bo", "family name first"],
    ]
    assert response["Content-Disposition"].startswith('attachment; filename="test-people-')


def test_xlsx_keeps_text_as_text_and_moments_as_moments(people):
    response = ask("export=xlsx&cols=name,recorded&sort=-name")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.iter_rows())
    response.close()

    assert [cell.value for cell in rows[0]] == ["Name", "Recorded"]
    assert {row[0].value for row in rows[1:]} == {"Ana Núñez", "=1+1 Bo", "Cy Example"}
    assert {row[0].data_type for row in rows[1:]} == {"s"}
    assert {row[1].is_date for row in rows[1:]} == {True}


def test_acts_come_with_a_box_for_each_row_and_one_for_all(people):
    page = body(ask(table=PeopleList(Person.objects.all(), acts=[Act("close", "Close them", "/close/")])))

    assert page.count('name="row"') == 3 and page.count('form="table-test-people-acts"') == 3
    assert 'formaction="/close/"' in page and 'name="all"' in page
