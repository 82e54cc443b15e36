"""Facts and their sources: `{ value = 140, qualifier = "around", kind = "fact", source = ["seed"] }`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from secretariat.simulation.profile.kinds import KINDS, QUALIFIERS, Fact, Source
from secretariat.simulation.profile.reading import Table, read_toml


def read_sources(folder: Path) -> dict[str, Source]:
    sources = {}
    for key, entry in read_toml(folder, "sources.toml").entries():
        sources[key] = Source(key, entry.get("title", str), entry.get("where", str))
        entry.done()
    return sources


def sources_of(
    table: Table, sources: dict[str, Source], key: str = "source", default: tuple[Source, ...] | None = None
) -> tuple[Source, ...]:
    """The sources a table names; at least one, unless the table may leave them to its surroundings."""
    if default is not None and not table.has(key):
        return default
    names = table.strings(key)
    if not names:
        raise table.fail(key, "names no source")
    for name in names:
        if name not in sources:
            raise table.fail(key, f"{name!r} is not in sources.toml")
    return tuple(sources[name] for name in names)


def read_fact(table: Table, sources: dict[str, Source]) -> Fact:
    """One fact, conflict, inference or unknown. What is unknown has no value and says where it was sought."""
    kind = table.one_of("kind", KINDS)
    fact = Fact(
        kind=kind,
        sources=() if kind == "conflict" else sources_of(table, sources),
        value=table.optional("value", object),
        qualifier=table.one_of("qualifier", QUALIFIERS, ""),
        zh=table.optional("zh", str) or "",
        note=table.optional("note", str) or "",
        simulated=table.optional("simulated", int),
        claims=tuple(_read_claim(claim, sources) for claim in table.tables("claims", [])),
    )
    table.done()
    if kind in ("fact", "inference") and not isinstance(fact.value, int | str | date):
        raise table.fail("value", "expected a number, a text or a date")
    if kind == "unknown" and fact.value is not None:
        raise table.fail("value", "what is unknown has no value")
    if kind == "conflict" and (len(fact.claims) < 2 or fact.value is not None):
        raise table.fail("claims", "a conflict has two or more claims and no value of its own")
    return fact


def _read_claim(table: Table, sources: dict[str, Source]) -> Fact:
    claim = Fact(
        kind="fact",
        sources=sources_of(table, sources),
        value=table.get("value", int),
        qualifier=table.one_of("qualifier", QUALIFIERS, ""),
    )
    table.done()
    return claim


def read_facts(table: Table, sources: dict[str, Source]) -> dict[str, Fact]:
    return {name: read_fact(entry, sources) for name, entry in table.entries()}
