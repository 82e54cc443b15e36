import pytest

from tests.factories.membership import make_category, make_member
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


def make(name, category):
    return make_member(organisation=make_organisation(name), category=category).ref.number


def read(api, query="", limit=2, between=lambda page: None):
    """Every number of the list, page by page; ``between`` is done after each."""
    numbers, after = [], ""
    while True:
        page = api(f"/members?limit={limit}{query}&after={after}").json()
        numbers += [item["number"] for item in page["items"]]
        assert len(page["items"]) <= limit
        between(page)
        if not (after := page["next"]):
            return numbers


def test_the_pages_together_are_the_list(api):
    category = make_category()
    numbers = [make(name, category) for name in ("Ash", "Birch", "Birch", "Cedar", "Elm")]

    assert read(api) == read(api, limit=200)
    assert read(api, limit=1) == read(api, limit=5)
    assert sorted(read(api)) == sorted(numbers)


def test_rows_that_come_in_meanwhile_move_nothing(api):
    category = make_category()
    numbers = [make(name, category) for name in ("Birch", "Cedar", "Elm", "Fir", "Hazel")]
    added = iter(["Alder", "Ash", "Beech", "Acacia"])

    found = read(api, between=lambda _page: make(next(added), category))

    assert found == numbers


def test_a_cursor_belongs_to_its_list(api):
    category = make_category()
    for name in ("Ash", "Birch"):
        make(name, category)
    cursor = api("/members?limit=1").json()["next"]

    assert api(f"/members?after={cursor}").status_code == 200
    assert api(f"/honours?after={cursor}").status_code == 422
    assert api(f"/members?after={cursor[:-1]}x").status_code == 422


def test_what_is_asked_narrows_every_page(api):
    first, second = make_category("first"), make_category("second")
    mine = [make(name, first) for name in ("Ash", "Birch", "Cedar")]
    make("Beech", second)

    assert read(api, "&category=first", limit=1) == mine
