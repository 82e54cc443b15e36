"""A page costs the same number of statements for one row as for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secretariat.doors.site.entering import entry_path
from secretariat.foundation.notices.actions import tell
from secretariat.registry.editions.actions import archive_edition, record_fact
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.calls import make_applicant, make_open_call, make_submission
from tests.factories.editions import make_edition, make_series
from tests.factories.membership import make_category, make_member, make_representative
from tests.factories.organisations import make_organisation
from tests.factories.places import make_place
from tests.factories.selections import make_selection

pytestmark = pytest.mark.django_db


def assert_statements(client, counter, path, count):
    with counter(count):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("others", [0, 2])
def test_front(client, host, django_assert_num_queries, others):
    make_selection()
    make_member(category=make_category())
    for _ in range(others):
        make_open_call()
        make_member(category=make_category())

    assert_statements(client, django_assert_num_queries, reverse("site:front"), 13)


@pytest.mark.parametrize("others", [0, 2])
def test_index_of_selections(client, host, django_assert_num_queries, others):
    make_selection("eligible")
    for _ in range(others):
        make_open_call()

    assert_statements(client, django_assert_num_queries, reverse("site:selections"), 11)


@pytest.mark.parametrize("keep", [1, 3])
def test_selection(client, host, django_assert_num_queries, keep):
    play = make_selection(keep=keep)

    assert_statements(client, django_assert_num_queries, reverse("site:selection", args=[play.call.key]), 21)


@pytest.mark.parametrize("index", [0, 1])
def test_entry(client, host, django_assert_num_queries, index):
    play = make_selection()
    path = reverse("site:entry", args=[play.call.key, play.submissions[index].ref.number])

    assert_statements(client, django_assert_num_queries, path, 23)


@pytest.mark.parametrize("count", [1, 3])
def test_archive(client, host, django_assert_num_queries, count):
    series = make_series(figures={"guests": {"en": "Guests", "zh": "嘉宾"}})
    for year in range(2020, 2020 + count):
        edition = make_edition(series, year)
        source = [{"key": f"paper-{year}", "title": "A paper", "where": "example.org"}]
        record_fact(
            edition=edition, key="guests", kind="fact", value=year, sources=source, actor=INSTALLER, now=NOW
        )
        archive_edition(edition=edition, actor=INSTALLER, now=NOW)

    assert_statements(client, django_assert_num_queries, reverse("site:archive"), 5)


@pytest.mark.parametrize("count", [1, 3])
def test_members(client, host, django_assert_num_queries, count):
    for _ in range(count):
        make_member(category=make_category())

    assert_statements(client, django_assert_num_queries, reverse("site:members"), 15)


@pytest.mark.parametrize("count", [1, 3])
def test_figures_of_members(client, host, django_assert_num_queries, count):
    for _ in range(count):
        make_member(category=make_category(), organisation=make_organisation(country=make_place("SE")))

    assert_statements(client, django_assert_num_queries, reverse("site:figures"), 14)


@pytest.mark.parametrize("count", [1, 3])
def test_places_and_one_of_them(client, host, django_assert_num_queries, count):
    for _ in range(count):
        make_member(category=make_category(), organisation=make_organisation(country=make_place("SE")))

    assert_statements(client, django_assert_num_queries, reverse("site:places"), 7)
    assert_statements(client, django_assert_num_queries, reverse("site:place", args=["se"]), 9)


@pytest.mark.parametrize("count", [1, 3])
def test_member(client, host, django_assert_num_queries, count):
    member = make_member(category=make_category())
    for _ in range(count):
        make_representative(member)

    path = reverse("site:member", args=[member.ref.number])
    assert_statements(client, django_assert_num_queries, path, 9)


def statements(client, name, *args):
    with CaptureQueriesContext(connection) as made:
        assert client.get(reverse(f"site:{name}", args=args)).status_code == 200
    return len(made)


@pytest.mark.parametrize("keep", [1, 3])
def test_pages_of_what_a_selection_made(client, host, keep):
    play = make_selection(keep=keep)
    things = {
        "topic": play.submissions[0].topic.key, "edition": play.call.edition.ref.number, "call": play.call.key,
    }  # fmt: skip
    lists = ("honours", "topics", "calls", "feed", "sitemap")

    counted = {name: statements(client, name) for name in lists}
    counted |= {name: statements(client, name, key) for name, key in things.items()}

    assert counted == {
        "honours": 8, "topics": 5, "calls": 11, "feed": 12, "sitemap": 18, "topic": 8, "edition": 13, "call": 12,
    }  # fmt: skip


@pytest.mark.parametrize("until", ["open", "decided"])
def test_log(client, host, django_assert_num_queries, until):
    make_selection(until)

    assert_statements(client, django_assert_num_queries, reverse("site:log"), 8)


@pytest.mark.parametrize("count", [1, 3])
def test_my(client, host, django_assert_num_queries, settings, count):
    settings.MODE = "demo"
    applicant = make_applicant()
    for _ in range(count):
        made = make_submission(make_open_call(), applicant=applicant)
        tell(accounts=[applicant[0].account_id], kind="honour_offered", subject_id=made.pk, now=NOW)
    client.get(entry_path(applicant[0].account))

    assert_statements(client, django_assert_num_queries, reverse("my:home"), 27)
