"""profiles/wic is consistent in itself."""

import csv
import tomllib
from pathlib import Path

import pytest

from secretariat.simulation.profile import load_profile

PROFILE = Path(__file__).resolve().parents[2] / "profiles" / "wic"


@pytest.fixture(scope="module")
def profile():
    return load_profile(PROFILE)


def tables_of(value):
    """Every table inside a TOML document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from tables_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from tables_of(inner)


@pytest.mark.parametrize("path", sorted(PROFILE.rglob("*.toml")), ids=lambda path: path.stem)
def test_every_text_stands_in_both_languages(path):
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    lonely = []
    for table in tables_of(document):
        for key in table:
            if key == "en" or key.endswith("_en"):
                lonely += [key] if f"{key[:-2]}zh" not in table else []
        # A fact may carry a Chinese value beside its English one.
        if "zh" in table and "en" not in table and "value" not in table:
            lonely.append("zh")

    # A sort key in one language is enough where the other sorts by its name.
    assert [key for key in lonely if key != "sort_en"] == []


def test_chinese_texts_are_chinese(profile):
    texts = [call.title for call in profile.calls.values()]
    texts += [row.name for row in (*profile.categories, *profile.bodies)]
    texts += [mission.text for mission in profile.organisation.missions]

    assert [text.en for text in texts if not any("一" <= sign <= "鿿" for sign in text.zh)] == []


def test_six_categories_and_the_bodies_in_order(profile):
    assert [row.order for row in profile.categories] == [1, 2, 3, 4, 5, 6]
    assert [row.key for row in profile.categories if row.holder == "person"] == ["individual"]
    assert [row.order for row in profile.bodies] == [1, 2, 3, 4, 5, 6, 7]
    assert [row.key for row in profile.bodies if "supreme" in row.flags] == ["general-assembly"]
    assert {row.key for row in profile.bodies if "reviews" in row.flags} == {
        call.committee for call in profile.calls.values()
    }


def test_what_is_not_published_about_the_council_is_unknown(profile):
    council = next(row for row in profile.bodies if row.key == "council")

    assert {name: str(fact) for name, fact in council.facts.items()} == {
        "size": "not recorded",
        "term_years": "not recorded",
        "quorum": "not recorded",
        "voting_rules": "not recorded",
    }


def test_missions_and_initiators(profile):
    organisation = profile.organisation

    assert [mission.order for mission in organisation.missions] == [1, 2, 3, 4, 5]
    assert [row.country.value for row in organisation.initiators] == ["GB", "CN", "CN", "CN", "CN", "CN"]
    assert "not affiliated" in organisation.affiliation.en


def test_continents_hold_every_place_once(profile):
    continents = profile.places.groupings["continents"]
    codes = [code for group in continents.groups for code in group.codes]

    assert [group.key for group in continents.groups] == [
        "africa", "asia", "europe", "north-america", "south-america", "oceania",
    ]  # fmt: skip
    assert len(codes) == 248
    assert profile.places.codes - set(codes) == {"AQ"} == continents.aside
    of = {code: continents.group_of(code).key for code in ("MX", "BR", "TW", "RU", "EG", "NZ", "JM")}
    assert of == {
        "MX": "north-america", "BR": "south-america", "TW": "asia", "RU": "europe", "EG": "africa",
        "NZ": "oceania", "JM": "north-america",
    }  # fmt: skip


def test_names_the_organisation_uses_override(profile):
    shown = {code: (row.name.en, row.name.zh) for code, row in profile.places.names.items()}

    assert {code: shown[code] for code in ("HK", "MO", "TW")} == {
        "HK": ("Hong Kong, China", "中国香港"),
        "MO": ("Macao, China", "中国澳门"),
        "TW": ("Taiwan, China", "中国台湾"),
    }
    assert profile.places.names["HK"].sort.en == "China, Hong Kong"
    assert profile.places.names["VN"].sort == profile.places.names["VN"].name


def test_place_table_is_sorted_and_keyed_once():
    path = PROFILE.parents[1] / "secretariat" / "registry" / "places" / "data" / "places.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row["alpha2"] for row in rows]

    assert len(codes) == 249
    assert codes == sorted(set(codes))
    for column in ("alpha3", "m49"):
        assert len({row[column] for row in rows}) == 249


def test_topics_form_a_tree_under_the_summit(profile):
    assert [topic.key for topic in profile.topics_in("cases")] == [
        "infrastructure", "cultural-exchange", "digital-economy", "cybersecurity", "international-governance",
    ]  # fmt: skip
    assert len(profile.topics_in("achievements")) == 9
    tops = {key for key, topic in profile.topics.items() if not topic.broader}
    assert tops == {topic.key for topic in profile.topics_in("summit-2022")}
    assert all(
        profile.topics[child].broader == key
        for key, topic in profile.topics.items()
        for child in topic.narrower
    )


def test_the_cuts_are_those_of_the_introduction(profile):
    cuts = {key: [stage.keep for stage in call.stages] for key, call in profile.calls.items()}

    assert cuts == {"achievements-2022": [0, 57, 20, 20], "cases-2022": [0, 60, 12]}
    levels = {
        key: [(level.key, level.count) for level in call.stages[-1].levels]
        for key, call in profile.calls.items()
    }
    assert levels == {
        "achievements-2022": [("leading", 15), ("nominated", 5)],
        "cases-2022": [("presented", 12)],
    }


def test_calls_open_and_close_in_their_own_zone(profile):
    call = profile.calls["achievements-2022"]

    assert call.zone == "Asia/Shanghai"
    assert call.closes_at.isoformat() == "2022-08-31T18:00:00+08:00"
    assert {row.are_dates_invented for row in profile.calls.values()} == {True}


def test_both_languages_and_twenty_contributors(profile):
    rules = {rule.key: rule for rule in profile.calls["achievements-2022"].eligibility}
    fields = {field.key: field for field in profile.calls["achievements-2022"].form}

    assert rules["both-languages"].params == {"fields": ["title", "summary"], "languages": ["en", "zh"]}
    assert rules["contributors"].params["maximum"] == fields["contributors"].maximum == 20
    assert {field.confidentiality for field in fields.values()} == {"public", "committee", "named"}


def test_weights_add_up_to_a_hundred(profile):
    assert {key: sum(row.weight for row in call.criteria) for key, call in profile.calls.items()} == {
        "achievements-2022": 100,
        "cases-2022": 100,
    }


def test_consecutive_years_are_computed(profile):
    archive = profile.archive

    assert [archive.consecutive("summit", year) for year in (2013, 2014, 2022, 2023)] == [0, 1, 9, 10]
    assert archive.consecutive("achievements", 2022) == 7
    assert archive.consecutive("cases", 2022) == 2
    assert archive.consecutive("competition", 2023) == 2


def test_an_edition_nobody_recorded_says_so(profile):
    first = profile.archive.edition("summit", 2014)

    assert (first.starts_on, first.ends_on) == (None, None)
    assert {name: str(fact) for name, fact in first.figures.items()} == {
        "guests": "not recorded",
        "countries": "not recorded",
        "sub_forums": "not recorded",
    }
    assert profile.archive.edition("summit", 2013) is None


def test_the_number_of_countries_of_the_cases_is_in_conflict(profile):
    countries = profile.archive.edition("cases", 2022).figures["countries"]

    assert (countries.kind, countries.value) == ("conflict", None)
    assert str(countries) == "more than 150 / more than 100"


def test_every_source_is_used(profile):
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in PROFILE.rglob("*.toml") if path.name != "sources.toml"
    )

    assert [key for key in profile.sources if f'"{key}"' not in text] == []
