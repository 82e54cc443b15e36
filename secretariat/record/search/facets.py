"""By what an answer is narrowed: kind, edition, place, topic and year, each with how many there are. One statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

# Each counts what all the others leave, so that a reader can go from one of its values to the next.
FACETS = ("kind", "edition", "topic", "place", "year")
# Where what a value is called is known, and the columns of its names in English and Chinese.
NAMES = {
    "edition": (
        "refs_ref r ON r.number = f.edition JOIN editions_edition n ON n.ref_id = r.id",
        "n.title_en, n.title_zh",
    ),
    "topic": ("topics_topic n ON n.key = f.topic", "n.name_en, n.name_zh"),
    "place": ("places_place n ON n.alpha2 = f.place", "n.name_en, n.name_zh"),
}


@dataclass(frozen=True)
class Value:
    """One value by which an answer can be narrowed; a kind and a year have no names here."""

    value: str
    count: int
    name_en: str = ""
    name_zh: str = ""

    @property
    def name(self) -> str:
        return self.name_zh if (get_language() or "en").startswith("zh") else self.name_en


@dataclass(frozen=True)
class Counts:
    """How many things were found, and how they are spread; of very many only the first are counted."""

    total: int = 0
    facets: dict[str, list[Value]] = field(default_factory=dict)
    is_more: bool = False  # than were counted: each number says "at least"


def narrowing(narrow: Mapping[str, str]) -> Q:
    """Return the condition that a row has these values."""
    return Q(**{name: value for name, value in narrow.items() if name in FACETS and value})


def together(parts: Iterable[QuerySet[Any]], columns: Sequence[str], most: int) -> tuple[str, list[Any]]:
    """Return the statement, and its arguments, of what is in any of the parts: these columns, so many of each part."""
    statements, arguments = [], []
    for part in parts:
        try:
            statement, given = part.order_by().values_list(*columns)[:most].query.sql_with_params()
        except EmptyResultSet:
            continue
        statements.append(f"({statement})")
        arguments += given
    return " UNION ".join(statements), arguments


def counted(parts: Sequence[QuerySet[Any]], narrow: Mapping[str, str], most: int) -> Counts:
    """Return how many things are in any of the parts, and the values of each facet, the most frequent first."""
    inner, arguments = together(parts, ("pk", *FACETS), most + 1)
    if not inner:  # who may find nothing at this door
        return Counts()
    selects = [_part(name, _others(name, narrow, arguments)) for name in ("", *FACETS)]
    statement = (
        f"WITH found (pk, {', '.join(FACETS)}) AS MATERIALIZED ({inner}) "
        f"SELECT 'all', '', '', '', count(*) FROM found UNION ALL {' UNION ALL '.join(selects)} ORDER BY 1, 5 DESC, 2"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        counts = cursor.fetchall()
    values: dict[str, list[Value]] = {name: [] for name in FACETS}
    numbers = {"": 0, "all": 0}
    for facet, value, name_en, name_zh, n in counts:
        if facet in numbers:
            numbers[facet] = n
        else:
            values[facet].append(Value(value, min(n, most), name_en, name_zh))
    return Counts(min(numbers[""], most), values, numbers["all"] > most)


def _others(name: str, narrow: Mapping[str, str], arguments: list[Any]) -> str:
    """The condition of all facets but one; its arguments are added to those of the statement."""
    terms = ["true"]
    for other, value in narrow.items():
        if other in FACETS and other != name and value:
            terms.append(f"f.{other}::text = %s")
            arguments.append(value)
    return " AND ".join(terms)


def _part(name: str, condition: str) -> str:
    if not name:
        return f"SELECT '', '', '', '', count(*) FROM found f WHERE {condition}"
    if name in NAMES:
        table, names = NAMES[name]
        return (
            f"SELECT '{name}', f.{name}, {names}, count(*) FROM found f JOIN {table} "
            f"WHERE {condition} GROUP BY f.{name}, {names}"
        )
    return (
        f"SELECT '{name}', f.{name}::text, '', '', count(*) FROM found f "
        f"WHERE {condition} AND f.{name} IS NOT NULL GROUP BY f.{name}"
    )


def clean(asked: Mapping[str, str], kinds: Sequence[str]) -> dict[str, str]:
    """Return the facets that are asked for, as far as they can be one."""
    found = {name: asked.get(name, "")[:60].replace("\0", "") for name in FACETS}
    if found["kind"] not in kinds:
        found["kind"] = ""
    if not (found["year"].isascii() and found["year"].isdigit() and len(found["year"]) == 4):
        found["year"] = ""
    return {name: value for name, value in found.items() if value}
