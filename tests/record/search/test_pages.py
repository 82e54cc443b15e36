import pytest
from django.urls import reverse

from secretariat.record.search.actions import reindex
from tests.factories.accounts import NOW, make_account
from tests.factories.organisations import make_organisation
from tests.factories.search import index, make_entry
from tests.factories.staff import sign_in_with

pytestmark = pytest.mark.django_db


def page(client, path, **asked):
    return client.get(path, asked).content.decode()


@pytest.mark.parametrize("door", ["my", "desk"])
def test_a_stranger_is_sent_to_sign_in(client, door):
    response = client.get(reverse(f"{door}_search:search"), {"q": "institute"})

    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/sign-in/")


def test_whoever_has_no_right_at_the_desk_finds_no_such_page(client):
    client.force_login(make_account())

    assert client.get(reverse("desk_search:search"), {"q": "institute"}).status_code == 404


def test_the_desk_finds_an_organisation_and_my_page_does_not(client):
    made = make_organisation("Institute of Things", name_zh="物联网研究所")
    reindex(now=NOW)
    sign_in_with(client, "desk.read")
    path = reverse("desk_organisations:organisation", args=[made.ref.number])

    assert f'href="{path}"' in page(client, reverse("desk_search:search"), q="institute")
    assert f'href="{path}"' in page(client, reverse("desk_search:search"), q="物联网")
    assert path not in page(client, reverse("my_search:search"), q="institute")
    assert path not in page(client, reverse("site:search"), q="institute")


@pytest.mark.parametrize("name", ["site:search", "my_search:search", "desk_search:search"])
def test_what_is_found_is_shown_with_its_kind_and_marked(client, monkeypatch, name):
    index(monkeypatch, make_entry("Digital <b>economy", public_path="/things/x/"))
    sign_in_with(client, "desk.run")

    shown = page(client, reverse(name), q="digital")

    assert '<a class="hit-title" href="/things/x/"><mark>Digital</mark> &lt;b&gt;economy</a>' in shown
    assert "Things" in shown
    assert "hit-title" not in page(client, reverse(name), q="absent")
    assert "hit-title" not in page(client, reverse(name))
    assert client.post(reverse(name)).status_code == 405


def test_pages_follow_each_other_and_keep_the_kind(client, monkeypatch):
    index(monkeypatch, *(make_entry(f"Digital {number}") for number in range(25)))
    first = client.get(reverse("site:search"), {"q": "digital", "kind": "thing"}).context["search"]
    second = client.get(reverse("site:search") + first.next).context["search"]

    assert (len(first.lines), len(second.lines), second.next, second.kind) == (20, 5, "", "thing")
    assert {line.hit.path for line in first.lines} & {line.hit.path for line in second.lines} == set()


def test_an_answer_is_narrowed_and_widened_again(client, monkeypatch):
    index(monkeypatch, *(make_entry(f"Digital {year}", year=year) for year in (2021, 2022, 2022)))
    address = reverse("site:search")

    shown = page(client, address, q="digital")
    assert 'href="?q=digital&amp;year=2022"' in shown
    narrowed = client.get(address, {"q": "digital", "year": "2022"})
    assert len(narrowed.context["search"].lines) == 2
    year = narrowed.context["search"].facets[0]
    assert [(c.label, c.count, c.path, c.is_current) for c in year.first] == [
        ("2022", 2, "?q=digital", True), ("2021", 1, "?q=digital&year=2021", False),
    ]  # fmt: skip
    nothing = page(client, address, q="digital", year="1999")
    assert 'href="?q=digital"' in nothing
    assert "hit-title" not in nothing


def test_what_cannot_be_chosen_is_not_offered(client, monkeypatch):
    index(monkeypatch, make_entry(year=2022), make_entry(year=2022))

    assert "facet-title" not in page(client, reverse("site:search"), q="digital")


def test_the_box_of_the_masthead_shows_the_first_lines(client, monkeypatch):
    index(monkeypatch, *(make_entry(f"Digital {number}") for number in range(10)))
    sign_in_with(client, "desk.run")
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "masthead-found"}

    shown = client.get(reverse("desk_search:search"), {"q": "digi"}, **asked).content.decode()

    assert shown.count("<li>") == 8
    assert "<html" not in shown
    assert "Show all 10 results" in shown
    assert client.get(reverse("desk_search:search"), {"q": ""}, **asked).content.strip() == b""
    assert 'action="/desk/search/"' in page(client, reverse("desk_search:search"))
    assert 'action="/my/search/"' in page(client, reverse("my_search:search"))


@pytest.mark.parametrize(
    "asked", ["\0", "'", "' | '", "\\", "a:*", "(", "%", "word " * 3000, "<script>", "😀"]
)
def test_whatever_is_asked_is_answered(client, monkeypatch, asked):
    index(monkeypatch, make_entry())

    assert client.get(reverse("site:search"), {"q": asked, "kind": asked, "after": asked}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_of_the_public_page_do_not_depend_on_what_is_found(
    client, monkeypatch, rows, django_assert_num_queries
):
    index(monkeypatch, *(make_entry() for _ in range(rows)))
    client.get(reverse("site:search"))

    with django_assert_num_queries(6):
        client.get(reverse("site:search"), {"q": "digital"})
