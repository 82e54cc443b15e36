import pytest
from django.urls import reverse

from secretariat.registry.editions.actions import archive_edition, record_fact
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.editions import make_edition, make_series

pytestmark = pytest.mark.django_db
FIGURES = {"guests": {"en": "Guests", "zh": "嘉宾"}, "countries": {"en": "Countries", "zh": "国家"}}


def source(key):
    return {"key": key, "title": f"Title of {key}", "where": f"{key}.example.org"}


def past_edition(series, year, **kw):
    return archive_edition(edition=make_edition(series, year, **kw), actor=INSTALLER, now=NOW)


def record(edition, key, **kw):
    return record_fact(
        **{
            "edition": edition,
            "key": key,
            "kind": "fact",
            "sources": [],
            "actor": INSTALLER,
            "now": NOW,
            **kw,
        }
    )


def archive(client):
    response = client.get(reverse("site:archive"))
    return response, {table.series.key: table for table in response.context["tables"]}


def cells(row):
    return [(" / ".join(claim.text for claim in cell.claims), cell.is_disputed) for cell in row.cells]


def test_a_figure_stands_with_its_sources_and_what_is_missing_is_not_recorded(client):
    edition = past_edition(make_series("summit", figures=FIGURES), 2022)
    record(edition, "guests", value=2100, qualifier="more than", sources=[source("paper")])

    response, tables = archive(client)

    assert cells(tables["summit"].rows[0]) == [("more than 2,100", False), ("", False)]
    assert response.context["sources"] == [source("paper")]
    assert "not recorded" in response.content.decode()


def test_sources_that_disagree_are_shown_as_such(client):
    edition = past_edition(make_series("cases", figures=FIGURES), 2022)
    claims = [
        {"value": 150, "qualifier": "more than", "sources": [source("own")]},
        {"value": 100, "qualifier": "more than", "sources": [source("paper")]},
    ]
    record(edition, "countries", kind="conflict", claims=claims)

    response, tables = archive(client)

    assert ("more than 150 / more than 100", True) in cells(tables["cases"].rows[0])
    assert "sources disagree" in response.content.decode()
    assert [s["key"] for s in response.context["sources"]] == ["own", "paper"]


def test_years_in_a_row_begin_anew_after_a_gap(client):
    series = make_series("summit", figures=FIGURES)
    for year in (2014, 2015, 2017, 2018):
        past_edition(series, year)

    _, tables = archive(client)

    assert [(row.edition.year, row.consecutive) for row in tables["summit"].rows] == [
        (2018, 2), (2017, 1), (2015, 2), (2014, 1),
    ]  # fmt: skip


def test_simulated_and_future_editions_are_no_part_of_the_archive(client):
    series = make_series("summit", figures=FIGURES)
    make_edition(series, 2023)
    past_edition(series, 2022, simulated=True)

    _, tables = archive(client)

    assert tables == {}


def test_published_results_stand_without_score_or_rank(client):
    edition = past_edition(make_series("achievements", figures=FIGURES), 2022)
    rows = [
        {
            "title": {"en": "A system", "zh": "一个系统"},
            "holders": ["Example Labs"],
            "order": 1,
            "level": "leading",
        }
    ]
    record(edition, "results", value=rows, sources=[source("paper")], note="In order of presentation.")

    response, tables = archive(client)

    assert [(r.title["en"], r.holders) for r in tables["achievements"].rows[0].results] == [
        ("A system", ["Example Labs"])
    ]
    assert "In order of presentation." in response.content.decode()
