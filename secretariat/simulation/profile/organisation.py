"""The organisation itself: who it is, its categories of membership, its bodies and its vocabulary."""

from __future__ import annotations

from pathlib import Path

from secretariat.simulation.profile.facts import read_fact, read_facts, sources_of
from secretariat.simulation.profile.kinds import (
    Body,
    Category,
    Initiator,
    Mission,
    Organisation,
    Source,
    Text,
    Topic,
)
from secretariat.simulation.profile.reading import Table, read_toml, unique

ORGANISATION_KINDS = (
    "government",
    "intergovernmental",
    "enterprise",
    "association",
    "academia",
    "technical_community",
    "civil_society",
    "media",
)
HOLDERS = ("organisation", "person")
FLAGS = frozenset(
    {"supreme", "executive", "standing", "advises", "reviews", "decides", "elects", "temporary"}
)

Sources = dict[str, Source]


def read_organisation(folder: Path, sources: Sources) -> Organisation:
    table = read_toml(folder, "organisation.toml")
    organisation = Organisation(
        key=table.get("key", str),
        short=table.get("short", str),
        name=table.table("name").text(),
        affiliation=table.table("affiliation").text(),
        simulated=table.table("simulated").text(),
        facts=read_facts(table.table("facts"), sources),
        initiators=unique(
            [_read_initiator(row, sources) for row in table.tables("initiators")], table, "initiators"
        ),
        missions=unique([_read_mission(row, sources) for row in table.tables("missions")], table, "missions"),
    )
    table.done()
    return organisation


def _read_initiator(table: Table, sources: Sources) -> Initiator:
    kind = read_fact(table.table("kind"), sources)
    if kind.value not in ORGANISATION_KINDS:
        raise table.fail("kind", f"{kind.value!r} is none of {', '.join(ORGANISATION_KINDS)}")
    initiator = Initiator(
        key=table.get("key", str),
        name=table.text(),
        short=table.get("short", str),
        kind=kind,
        country=read_fact(table.table("country"), sources),
        sources=sources_of(table, sources, "named"),
    )
    table.done()
    return initiator


def _read_mission(table: Table, sources: Sources) -> Mission:
    mission = Mission(
        table.get("key", str), table.get("order", int), table.text(), sources_of(table, sources)
    )
    table.done()
    return mission


def read_categories(folder: Path, sources: Sources) -> tuple[Category, ...]:
    table = read_toml(folder, "categories.toml")
    own = sources_of(table, sources)
    categories = []
    for row in table.tables("categories"):
        holder = row.one_of("holder", HOLDERS)
        categories.append(Category(row.get("key", str), row.get("order", int), row.text(), holder, own))
        row.done()
    table.done()
    return unique(categories, table, "categories")


def read_bodies(folder: Path, sources: Sources) -> tuple[Body, ...]:
    table = read_toml(folder, "bodies.toml")
    bodies = unique([_read_body(row, sources) for row in table.tables("bodies")], table, "bodies")
    table.done()
    return bodies


def _read_body(table: Table, sources: Sources) -> Body:
    flags = frozenset(table.strings("flags"))
    if flags - FLAGS:
        raise table.fail("flags", f"{min(flags - FLAGS)!r} is none of {', '.join(sorted(FLAGS))}")
    body = Body(
        key=table.get("key", str),
        order=table.get("order", int),
        name=table.text(),
        flags=flags,
        is_plural=table.get("plural", bool, False),
        facts=read_facts(table.table("facts"), sources),
        sources=sources_of(table, sources),
    )
    table.done()
    return body


def read_topics(folder: Path, sources: Sources) -> tuple[dict[str, Text], dict[str, Topic]]:
    """The schemes and the topics, in the order of the file; `narrower` is the inverse of `broader`."""
    table = read_toml(folder, "topics.toml")
    sources_of(table, sources)
    schemes = {key: entry.text() for key, entry in table.entries("schemes")}
    rows = {key: _read_topic(key, entry, schemes) for key, entry in table.entries("topics")}
    table.done()
    for key, topic in rows.items():
        if topic.broader and topic.broader not in rows:
            raise table.fail(f"topics.{key}.broader", f"{topic.broader!r} is no topic")
    topics = {}
    for key, topic in rows.items():
        narrower = tuple(other for other, row in rows.items() if row.broader == key)
        topics[key] = Topic(key, topic.name, topic.schemes, topic.broader, narrower)
    return schemes, topics


def _read_topic(key: str, table: Table, schemes: dict[str, Text]) -> Topic:
    inside = table.strings("in")
    for name in inside:
        if name not in schemes:
            raise table.fail("in", f"{name!r} is no scheme")
    topic = Topic(key, table.text(), inside, table.optional("broader", str) or "", ())
    table.done()
    return topic
