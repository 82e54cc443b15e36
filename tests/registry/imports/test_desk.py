"""A file through the pages: handed in, matched, checked, brought in, undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from secretariat.registry.imports.models import Import
from secretariat.registry.organisations.models import Organisation
from tests.factories.imports import make_import
from tests.factories.jobs import work_off
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db
LIST = "/desk/imports/"
GBK = "名称;类型\n示例一;enterprise\n示例二;stars\n".encode("gbk")


@pytest.fixture
def desk(client):
    sign_in_with(client, "desk.run")
    return client


def address(name, found):
    return reverse(f"desk_imports:{name}", args=[found.ref.number])


def handed_in(desk, data, name="list.csv", importer="organisations"):
    answer = desk.post(f"{LIST}new/", {"importer": importer, "file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.context["form"].errors
    return Import.objects.select_related("ref").get()


def matched(desk, found, **changes):
    form = desk.get(address("match", found)).context["form"]
    values = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    return desk.post(address("match", found), values | changes)


def test_a_file_goes_all_the_way_and_back(desk):
    found = handed_in(desk, GBK)
    first = desk.get(address("match", found)).content.decode()
    assert "示例一" in first and found.encoding == "gb18030" and found.delimiter == ";"

    matched(desk, found, mode="rows")
    assert "waiting for its turn" in desk.get(address("import", found)).content.decode()
    work_off()
    page = desk.get(address("import", found)).content.decode()
    assert "示例一" in page and "There is no kind" in page and "Bring in one row" in page
    assert not Organisation.objects.exists()

    desk.post(reverse("desk_imports:act", args=[found.ref.number, "apply"]))
    work_off()
    assert [each.name_zh for each in Organisation.objects.all()] == ["示例一"]

    desk.post(reverse("desk_imports:act", args=[found.ref.number, "undo"]))
    work_off()
    assert not Organisation.objects.exists()
    assert "Undone" in desk.get(address("import", found)).content.decode()


def test_the_report_is_a_file_too(desk):
    found = handed_in(desk, GBK)
    matched(desk, found)
    work_off()

    rows = b"".join(
        desk.get(f"{address('import', found)}?export=csv&outcome=refused").streaming_content
    ).decode()

    assert rows.count("\n") == 2 and "Kind" in rows and "stars" in rows
    book = desk.get(f"{address('import', found)}?export=xlsx")
    assert b"".join(book.streaming_content).startswith(b"PK")
    book.close()


def test_all_or_nothing_offers_no_button_while_a_row_is_refused(desk):
    found = handed_in(desk, GBK)
    matched(desk, found)
    work_off()

    page = desk.get(address("import", found)).content.decode()
    assert "Rows are refused" in page and "Bring in" not in page
    desk.post(reverse("desk_imports:act", args=[found.ref.number, "apply"]))
    assert Import.objects.get().state == "checked"


def test_other_characters_are_shown_as_they_are_chosen(desk):
    found = handed_in(desk, "名称,类型\n示例,enterprise\n".encode("gbk"))
    matched(desk, found, encoding="big5")
    work_off()

    assert Import.objects.get().state in {"checked", "failed"} and Import.objects.get().encoding == "big5"
    assert desk.get(address("match", found)).status_code == 200


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"name,kind\n", "heads.csv"), (b"PK\x03\x04nothing", "broken.xlsx")],
    ids=["no rows", "broken"],
)
def test_what_cannot_be_read_is_refused_above_the_form(desk, data, name):
    answer = desk.post(f"{LIST}new/", {"importer": "people", "file": SimpleUploadedFile(name, data)})

    assert answer.status_code == 422 and answer.context["form"].non_field_errors()
    assert not Import.objects.exists()


def test_one_column_is_for_one_field_and_what_is_needed_is_asked(desk):
    found = handed_in(desk, b"category,member\nA,B\n", importer="members")

    twice = matched(desk, found, column_person="1")
    assert list(twice.context["form"].errors) == ["column_person"]
    missing = matched(desk, found, column_category="")
    assert list(missing.context["form"].errors) == ["column_category"]


@pytest.mark.parametrize("imports", [1, 3])
def test_the_list_costs_the_same_for_any_number(desk, imports, django_assert_num_queries):
    for _ in range(imports):
        make_import()
    desk.get(LIST)
    with django_assert_num_queries(11):
        page = desk.get(LIST).content.decode()
    assert page.count("list.csv") == imports


def test_who_comes_in(client):
    found = make_import()
    paths = [LIST, address("import", found), f"{LIST}new/", address("match", found)]
    for rights, statuses in (
        ([], [404] * 4),
        (["desk.read"], [200, 200, 404, 404]),
        (["desk.run"], [200] * 4),
    ):
        sign_in_with(client, *rights)
        assert [client.get(path).status_code for path in paths] == statuses
    assert client.post(f"{LIST}{found.ref.number}/sell/").status_code == 404
