"""Names, order and groupings of places, resolved against the registry's table of 249 entries."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from secretariat.simulation.profile.kinds import Group, Grouping, PlaceName, Places, Region, Text
from secretariat.simulation.profile.reading import Table, read_toml


def place_table() -> dict[str, Region]:
    """The registry's places by alpha-2 code with their UN M49 regions, as the table has them."""
    source = files("secretariat.registry").joinpath("places", "data", "places.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    columns = ("region_code", "region", "subregion_code", "subregion", "intermediate_code", "intermediate")
    return {row["alpha2"]: Region(*(row[column] for column in columns)) for row in rows}


def read_places(folder: Path) -> Places:
    table = read_toml(folder, "places.toml")
    regions = place_table()
    codes = frozenset(regions)
    own = _read_regions(table.table("regions"), codes)
    wording, order = table.table("wording"), table.table("order")
    table.strings("source")
    places = Places(
        codes=codes,
        one=wording.table("one").text(),
        many=wording.table("many").text(),
        names=_read_names(table.table("names"), codes),
        regions=own,
        first=_known(order, "first", codes),
        groupings={
            grouping.key: grouping
            for grouping in (_read_grouping(row, regions | own) for row in table.tables("groupings"))
        },
    )
    table.done()
    return places


def _read_names(table: Table, codes: frozenset[str]) -> dict[str, PlaceName]:
    names = {}
    for code, entry in table.entries():
        _check_code(table, code, codes)
        name = entry.text()
        sort = Text(*(entry.optional(f"sort_{lang}", str) or name.in_language(lang) for lang in ("en", "zh")))
        names[code] = PlaceName(code, name, sort)
        entry.done()
    return names


def _read_regions(table: Table, codes: frozenset[str]) -> dict[str, Region]:
    regions = {}
    for code, entry in table.entries():
        _check_code(table, code, codes)
        required = (entry.get(key, str) for key in ("region_code", "region", "subregion_code", "subregion"))
        optional = (entry.optional(key, str) or "" for key in ("intermediate_code", "intermediate", "note"))
        regions[code] = Region(*required, *optional)
        entry.done()
    return regions


def _read_grouping(table: Table, regions: dict[str, Region]) -> Grouping:
    """Every place must be in exactly one group, or stand aside by name."""
    codes = frozenset(regions)
    grouping = Grouping(
        key=table.get("key", str),
        name=table.text(),
        groups=tuple(_read_group(row, regions) for row in table.tables("groups")),
        aside=frozenset(_known(table, "aside", codes)),
    )
    table.done()
    for code in sorted(codes):
        count = sum(code in group.codes for group in grouping.groups) + (code in grouping.aside)
        if count != 1:
            raise table.fail("groups", f"{code} is in {count} groups instead of one")
    return grouping


def _read_group(table: Table, regions: dict[str, Region]) -> Group:
    codes: set[str] = set()
    for area in table.strings("m49"):
        found = {code for code, region in regions.items() if area in _areas(region)}
        if not found:
            raise table.fail("m49", f"no place is in {area!r}")
        codes |= found
    codes |= set(_known(table, "with", frozenset(regions)))
    codes -= set(_known(table, "without", frozenset(regions)))
    group = Group(table.get("key", str), table.text(), frozenset(codes))
    table.done()
    return group


def _areas(region: Region) -> Iterable[str]:
    return (region.region_code, region.subregion_code, region.intermediate_code)


def _known(table: Table, key: str, codes: frozenset[str]) -> tuple[str, ...]:
    values = table.strings(key, ())
    for code in values:
        if code not in codes:
            raise table.fail(key, f"{code!r} is none of the {len(codes)} places")
    return values


def _check_code(table: Table, code: str, codes: frozenset[str]) -> None:
    if code not in codes:
        raise table.fail(code, f"none of the {len(codes)} places")
