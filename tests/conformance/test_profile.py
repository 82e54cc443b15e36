"""Every figure of the profile against the shared published facts, read in place, and the other way round."""

import json
from datetime import date
from pathlib import Path

import pytest

from secretariat.simulation.profile import load_profile

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared" / "data" / "wic-public-facts" / "facts.json"
SERIES = {"summit", "achievements", "cases", "competition", "expo"}
# Facts about natural persons, which the profile leaves out.
PERSONS = {"org.chair", "org.secretary_general", "org.vice_chair"}

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="../shared/data/wic-public-facts is not here")


@pytest.fixture(scope="module")
def facts():
    return {row["key"]: row for row in json.loads(SHARED.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def profile():
    return load_profile(REPOSITORY / "profiles" / "wic")


def plain(fact):
    """A fact as facts.json writes it: a number, or a text where there is a qualifier."""
    return str(fact) if fact.qualifier else fact.value


def is_yearly(key):
    series, _, year = key.partition(".")
    return series in SERIES and year.isdigit()


def recorded(edition):
    """What the profile holds of one past edition, in the shape of facts.json."""
    found = {name: plain(fact) for name, fact in edition.figures.items() if fact.kind == "fact"}
    found |= {name: [item.en for item in listed.items] for name, listed in edition.lists.items()}
    if edition.starts_on:
        found["dates"] = [edition.starts_on.isoformat(), edition.ends_on.isoformat()]
    return found


def test_every_past_edition_holds_exactly_the_published_figures(facts, profile):
    published = {key: dict(row["value"]) for key, row in facts.items() if is_yearly(key)}
    # A name and a closing day are told in the edition's note; prizes stand beside the other figures;
    # rules and eligibility of a year have entries of their own; a jury is counted without its word.
    new = published["achievements.2023"]
    note = profile.archive.edition("achievements", 2023).note
    assert new.pop("new_name") in note
    assert f"{date.fromisoformat(new.pop('call_deadline')):%-d %B %Y}" in note
    published["cases.2022"]["jury"] = published["cases.2022"]["jury"].removesuffix(" experts")
    published["competition.2019"].update(published["competition.2019"].pop("prizes"))
    published["competition.2020"]["eligibility"] = facts["competition.2020.eligibility"]["value"]
    published["achievements.2018"] = {"rules": facts["achievements.rules.2018"]["value"]}

    ours = {f"{row.series}.{row.year}": recorded(row) for row in profile.archive.editions}

    assert {key: value for key, value in ours.items() if value} == published


def test_sources_that_disagree_stand_beside_each_other(facts, profile):
    conflicts = {
        (edition.series, edition.year, name): [str(claim) for claim in fact.claims]
        for edition in profile.archive.editions
        for name, fact in edition.figures.items()
        if fact.kind == "conflict"
    }

    published = facts["cases.2022.countries"]
    assert published["kind"] == "conflict"
    assert conflicts == {
        ("cases", 2022, "countries"): [published["value"]["seed"], published["value"]["press"]]
    }


def test_published_results_are_the_named_ones(facts, profile):
    twelve = profile.archive.edition("achievements", 2022).results
    three = profile.archive.edition("cases", 2022).results

    shown = [[row.title.en, "; ".join(row.holders)] for row in twelve]
    assert shown == facts["achievements.2022.list_1_to_12"]["value"]
    assert [row.order for row in twelve] == list(range(1, 13))
    assert [row.title.en for row in three] == facts["cases.2022.some"]["value"]


def test_organisation_agrees(facts, profile):
    organisation = profile.organisation

    assert organisation.facts["established"].value.isoformat() == facts["org.established"]["value"]
    assert organisation.facts["seat"].value == facts["org.seat"]["value"]
    assert [row.short for row in organisation.initiators] == facts["org.initiators"]["value"]
    assert [row.key.replace("_", "-") for row in profile.categories] == [
        name.replace(" institution", "") for name in facts["membership.categories"]["value"]
    ]
    named = [body.name.en for body in profile.bodies if "reviews" not in body.flags]
    assert [name.lower() for name in named] == [name.lower() for name in facts["org.bodies"]["value"]]


def test_member_counts_and_lists_agree(facts, profile):
    archive = profile.archive
    counts = {
        f"membership.count.{row.month}": {"members": plain(row.members), "countries": plain(row.countries)}
        for row in archive.counts
    }
    named = facts["membership.named_2023"]["value"]

    assert counts == {key: row["value"] for key, row in facts.items() if key.startswith("membership.count.")}
    lists = {key: [item.en for item in listed.items] for key, listed in archive.lists.items()}
    assert lists == {
        "members-2023-companies": named["companies"],
        "members-2023-organisations": named["organisations"],
        "achievements-rules": facts["achievements.rules"]["value"],
    }


def test_no_natural_person_is_named(facts, profile):
    text = "\n".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "profiles").rglob("*.toml"))
    people = [
        *facts["membership.named_2023"]["value"]["individuals"],
        *facts["hlac.2015"]["value"]["co_chairs"],
    ]
    people += [facts[key]["value"].split(" (")[0] for key in sorted(PERSONS)]

    assert [name for name in people if name in text] == []


def test_calls_ask_for_what_was_published(facts, profile):
    achievements, cases = profile.calls["achievements-2022"], profile.calls["cases-2022"]
    figures = {key: facts[key]["value"] for key in ("achievements.2022", "cases.2022")}

    assert achievements.simulation.submissions == figures["achievements.2022"]["collected"]
    keeps = {stage.key: stage.keep for stage in achievements.stages}
    assert keeps["recommended"] == figures["achievements.2022"]["in_catalogue"]
    levels = {level.key: level.count for level in achievements.stages[-1].levels}
    assert levels == {
        "leading": figures["achievements.2022"]["awarded"],
        "nominated": figures["achievements.2022"]["nominated"],
    }
    assert cases.simulation.submissions == figures["cases.2022"]["collected"]
    assert [stage.keep for stage in cases.stages[1:]] == [
        figures["cases.2022"]["in_collection"],
        figures["cases.2022"]["presented"],
    ]
    assert [row.name.en.lower() for row in cases.criteria] == figures["cases.2022"]["criteria"]
    assert {row.is_invented for row in cases.criteria} == {False}
    assert {row.is_invented for row in achievements.criteria} == {True}


def test_every_published_fact_has_a_place_in_the_profile(facts):
    """A new fact in the shared file fails here until the profile, or the list of persons, knows it."""
    elsewhere = {
        "org.established", "org.seat", "org.initiators", "org.bodies", "membership.categories",
        "membership.count.2023-01", "membership.count.2023-10", "membership.count.2024-05",
        "membership.named_2023", "hlac.2015", "achievements.2022.list_1_to_12",
        "achievements.2022.organiser_honours", "achievements.rules", "achievements.rules.2018",
        "cases.2022.countries", "cases.2022.some", "competition.2020.eligibility", "inference.cut",
        "inference.expo_halls", "inference.council",
    }  # fmt: skip

    assert {key for key in facts if not is_yearly(key)} == elsewhere | PERSONS
