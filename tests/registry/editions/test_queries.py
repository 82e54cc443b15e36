import pytest

from secretariat.registry.editions.actions import cancel_edition, record_fact
from secretariat.registry.editions.queries import (
    archive_facts,
    consecutive,
    edition_of,
    editions_of,
    facts_of,
    series_by_key,
)
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.editions import make_edition, make_series

pytestmark = pytest.mark.django_db


def record(edition, key, value):
    return record_fact(
        edition=edition,
        key=key,
        kind="fact",
        value=value,
        sources=[{"key": "seed"}],
        actor=INSTALLER,
        now=NOW,
    )


def test_the_ninth_consecutive_summit_is_that_of_2022(django_assert_num_queries):
    series = make_series("summit")
    editions = {year: make_edition(series, year) for year in range(2014, 2023)}
    make_edition(make_series("expo"), 2013)

    with django_assert_num_queries(1):
        assert consecutive(editions[2022]) == 9
    assert {year: consecutive(edition) for year, edition in editions.items()} == {
        year: year - 2013 for year in editions
    }


def test_a_cancelled_year_begins_the_count_anew_unless_another_edition_was_held():
    series = make_series()
    editions = {year: make_edition(series, year) for year in (2018, 2019, 2020, 2021)}
    cancel_edition(edition=editions[2020], actor=INSTALLER, now=NOW)
    assert consecutive(editions[2021]) == 1

    make_edition(series, 2020)
    assert consecutive(editions[2021]) == 4


def test_simulated_editions_count_for_simulated_ones_only():
    series = make_series()
    make_edition(series, 2021)
    simulated = make_edition(series, 2022, simulated=True)
    real = make_edition(series, 2023)

    assert (consecutive(simulated), consecutive(real)) == (2, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_editions_come_latest_first_in_one_statement(count, django_assert_num_queries):
    series = make_series("summit")
    editions = [make_edition(series, 2020 + n) for n in range(count)]
    make_edition(series, 2019, simulated=True)

    with django_assert_num_queries(1):
        found = editions_of("summit")
        assert [(e.series.key, e.ref.number) for e in found] == [
            ("summit", f"SUMMIT-{e.year}") for e in reversed(editions)
        ]


def test_an_edition_is_found_by_its_name():
    series = make_series("summit")
    first, second = make_edition(series), make_edition(series)
    simulated = make_edition(series, simulated=True)

    assert edition_of("summit", 2022) == first
    assert edition_of("summit", 2022, 2) == second
    assert edition_of("summit", 2022, simulated=True) == simulated
    assert edition_of("summit", 2021) is None
    assert series_by_key() == {"summit": series}


@pytest.mark.parametrize("count", [1, 3])
def test_facts_of_editions_cost_one_statement(count, django_assert_num_queries):
    editions = [make_edition() for _ in range(count)]
    facts = {edition.pk: {"guests": record(edition, "guests", 10)} for edition in editions}
    bare = make_edition()
    own = record(None, "members", 140)

    with django_assert_num_queries(1):
        assert facts_of([*facts, bare.pk]) == {**facts, bare.pk: {}}
    assert archive_facts() == {"members": own}
