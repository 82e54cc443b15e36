"""The archive: past editions as sparse records, published results, and what sources say about each other."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from secretariat.simulation.profile.facts import read_fact, sources_of
from secretariat.simulation.profile.kinds import (
    KINDS,
    Archive,
    ArchiveNote,
    Fact,
    MemberCount,
    PastEdition,
    PublishedList,
    Result,
    Series,
    Source,
    Text,
)
from secretariat.simulation.profile.reading import ProfileError, Table, read_toml

Sources = dict[str, Source]


def read_archive(folder: Path, sources: Sources) -> Archive:
    table = read_toml(folder, "archive.toml")
    series = {row.key: row for row in (_read_series(entry, sources) for entry in table.tables("series"))}
    editions = [_read_edition(row, series, sources) for row in table.tables("editions")]
    keys = [(row.series, row.year) for row in editions]
    for key in keys:
        if keys.count(key) > 1:
            raise table.fail("editions", f"{key[0]} {key[1]} stands there twice")
    archive = Archive(
        series=series,
        editions=tuple(sorted(editions, key=lambda row: (row.series, row.year))),
        notes=tuple(_read_note(row, sources) for row in table.tables("notes")),
        counts=tuple(_read_count(row, sources) for row in table.tables("member_counts")),
        lists=_read_lists(table, sources),
    )
    table.done()
    return archive


def _read_series(table: Table, sources: Sources) -> Series:
    names = {key: entry.text() for key, entry in table.entries("figures")}
    series = Series(
        key=table.get("key", str),
        name=table.text(),
        since=read_fact(table.table("since"), sources),
        figures=tuple(names),
        figure_names=names,
    )
    table.done()
    return series


def _read_edition(table: Table, series: dict[str, Series], sources: Sources) -> PastEdition:
    key = table.get("series", str)
    if key not in series:
        raise table.fail("series", f"{key!r} is no series")
    starts_on, ends_on, date_sources = _read_dates(table, sources)
    results, results_sources, results_note = _read_results(table, sources)
    edition = PastEdition(
        series=key,
        year=table.get("year", int),
        held=read_fact(table.table("held"), sources),
        starts_on=starts_on,
        ends_on=ends_on,
        date_sources=date_sources,
        figures=_read_figures(table, series[key], sources),
        lists=_read_lists(table, sources),
        results=results,
        results_sources=results_sources,
        results_note=results_note,
        note=table.optional("note", str) or "",
    )
    table.done()
    return edition


def _read_dates(table: Table, sources: Sources) -> tuple[date | None, date | None, tuple[Source, ...]]:
    if not table.has("dates"):
        return None, None, ()
    inner = table.table("dates")
    starts_on, ends_on = inner.get("from", date), inner.get("to", date)
    if starts_on > ends_on:
        raise inner.fail("to", "before from")
    found = sources_of(inner, sources)
    inner.done()
    return starts_on, ends_on, found


def _read_figures(table: Table, series: Series, sources: Sources) -> dict[str, Fact]:
    """Every figure the series has, those nobody recorded as unknown."""
    found: dict[str, Fact] = {}
    if table.has("figures"):
        for name, entry in table.entries("figures"):
            if name not in series.figures:
                raise entry.fail("", f"{series.key} has no figure {name!r}")
            found[name] = read_fact(entry, sources)
    nothing = Fact(kind="unknown", sources=(sources["searched"],))
    return {name: found.get(name, nothing) for name in series.figures}


def _read_lists(table: Table, sources: Sources) -> dict[str, PublishedList]:
    lists: dict[str, PublishedList] = {}
    if not table.has("lists"):
        return lists
    for name, entry in table.entries("lists"):
        english, chinese = entry.strings("en"), entry.strings("zh")
        if len(english) != len(chinese):
            raise entry.fail("zh", f"{len(chinese)} items beside {len(english)} in English")
        lists[name] = PublishedList(
            items=tuple(Text(*pair) for pair in zip(english, chinese, strict=True)),
            kind=entry.one_of("kind", KINDS),
            sources=sources_of(entry, sources),
            note=entry.optional("note", str) or "",
        )
        entry.done()
    return lists


def _read_results(table: Table, sources: Sources) -> tuple[tuple[Result, ...], tuple[Source, ...], str]:
    if not table.has("results"):
        return (), (), ""
    inner = table.table("results")
    rows = []
    for row in inner.tables("rows"):
        rows.append(
            Result(
                order=row.optional("order", int),
                title=row.text(),
                holders=row.strings("holders", ()),
                level=row.get("level", str),
            )
        )
        row.done()
    found, note = sources_of(inner, sources), inner.optional("note", str) or ""
    inner.done()
    return tuple(rows), found, note


def _read_note(table: Table, sources: Sources) -> ArchiveNote:
    note = ArchiveNote(
        key=table.get("key", str),
        text=table.text(),
        kind=table.one_of("kind", KINDS),
        sources=sources_of(table, sources),
    )
    table.done()
    return note


def _read_count(table: Table, sources: Sources) -> MemberCount:
    month = table.get("month", str)
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise ProfileError(f"{table.file}: {table.where}.month: {month!r} is no month (YYYY-MM)")
    count = MemberCount(
        month, read_fact(table.table("members"), sources), read_fact(table.table("countries"), sources)
    )
    table.done()
    return count
