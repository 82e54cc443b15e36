"""The registry's table of places against the shared table of ISO 3166 and UN M49, read in place."""

import csv
from pathlib import Path

import pytest
from babel import Locale

from secretariat.simulation.profile import load_profile

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared" / "data" / "country-codes-m49" / "data" / "country-codes.csv"
OURS = REPOSITORY / "secretariat" / "registry" / "places" / "data" / "places.csv"

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="../shared/data/country-codes-m49 is not here")

COLUMNS = {
    "alpha3": "ISO3166-1-Alpha-3",
    "region_code": "Region Code",
    "region": "Region Name",
    "subregion_code": "Sub-region Code",
    "subregion": "Sub-region Name",
    "intermediate_code": "Intermediate Region Code",
    "intermediate": "Intermediate Region Name",
    "ldc": "Least Developed Countries (LDC)",
    "lldc": "Land Locked Developing Countries (LLDC)",
    "sids": "Small Island Developing States (SIDS)",
}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shared_rows():
    """The shared table in the columns and spelling of ours."""
    table = {}
    for row in rows_of(SHARED):
        values = {ours: row[theirs].strip() for ours, theirs in COLUMNS.items()}
        for name in ("region_code", "subregion_code", "intermediate_code"):
            values[name] = values[name].zfill(3) if values[name] else ""
        for name in ("ldc", "lldc", "sids"):
            values[name] = "1" if values[name] else "0"
        values["m49"] = row["M49"].zfill(3)
        assert row["ISO3166-1-numeric"].zfill(3) == values["m49"]
        table[row["ISO3166-1-Alpha-2"]] = values
    return table


def our_rows():
    return {row.pop("alpha2"): row for row in rows_of(OURS)}


def test_places_agree_with_the_shared_table_in_every_column_but_one_place():
    ours, theirs = our_rows(), shared_rows()

    assert len(ours) == 249
    assert set(ours) == set(theirs)
    different = {code for code in ours if ours[code] != theirs[code]}
    assert different == {"TW"}
    columns = {name for name in ours["TW"] if ours["TW"][name] != theirs["TW"][name]}
    assert columns == {"region_code", "region", "subregion_code", "subregion"}


def test_two_places_have_no_region_and_the_profile_says_where_one_of_them_belongs():
    profile = load_profile(REPOSITORY / "profiles" / "wic")
    theirs = shared_rows()["TW"]

    assert {code for code, row in our_rows().items() if not row["region_code"]} == {"AQ", "TW"}
    assert set(profile.places.regions) == {"TW"}
    region = profile.places.regions["TW"]
    assert (region.region_code, region.subregion_code) == (theirs["region_code"], theirs["subregion_code"])
    assert (region.region, region.subregion) == (theirs["region"], theirs["subregion"])
    assert profile.places.groupings["continents"].group_of("AQ") is None


def test_lists_of_the_united_nations_have_their_published_sizes():
    rows = our_rows().values()

    assert [sum(row[name] == "1" for row in rows) for name in ("ldc", "lldc", "sids")] == [45, 32, 53]


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_cldr_names_every_place(language):
    names = Locale.parse(language).territories

    assert [code for code in our_rows() if not names.get(code)] == []
