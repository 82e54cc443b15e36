"""The archive as tables: what was published about past editions, with its sources."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from secretariat.registry.editions.logic import consecutive_years, show_value
from secretariat.registry.editions.models import Edition, Fact, Series
from secretariat.registry.editions.queries import archive_facts, facts_of
from secretariat.registry.editions.states import EditionState


@dataclass
class Sources:
    """Every source named on the page, numbered in the order of first mention."""

    numbers: dict[str, int] = field(default_factory=dict)
    listed: list[dict[str, str]] = field(default_factory=list)

    def cite(self, sources: Sequence[dict[str, str]]) -> list[int]:
        """Return the numbers of these sources, new ones added."""
        for source in sources:
            if source["key"] not in self.numbers:
                self.listed.append(source)
                self.numbers[source["key"]] = len(self.listed)
        return [self.numbers[source["key"]] for source in sources]


@dataclass(frozen=True)
class Claim:
    """One published version of a figure, with the numbers of its sources."""

    text: str
    cites: Sequence[int]


@dataclass(frozen=True)
class Cell:
    """A figure: one claim, several that disagree, or none: not recorded."""

    claims: Sequence[Claim] = ()
    is_inferred: bool = False
    note: str = ""

    @property
    def is_disputed(self) -> bool:
        return len(self.claims) > 1


@dataclass(frozen=True)
class Result:
    """A published result of a past edition. It carries no score and no rank: none was published."""

    title: dict[str, str]
    holders: Sequence[str]


@dataclass(frozen=True)
class Row:
    """One past edition."""

    edition: Edition
    consecutive: int
    cells: Sequence[Cell]
    results: Sequence[Result]
    results_note: str
    results_cites: Sequence[int]


@dataclass(frozen=True)
class Table:
    """A series with its past editions, latest first. ``figures`` are the labels of the columns by language."""

    series: Series
    figures: Sequence[dict[str, str]]
    rows: Sequence[Row]


def past_editions() -> tuple[list[Table], list[tuple[str, Cell]], list[tuple[str, Cell]], Sources]:
    """Return the archive's tables, the counts of members by month, its notes, and every source. Four statements."""
    editions = list(
        Edition.objects.filter(simulated=False, state=EditionState.ARCHIVED)
        .select_related("series", "ref", "place")
        .order_by("-year", "-number")
    )
    facts, sources = facts_of([edition.pk for edition in editions]), Sources()
    own = archive_facts()
    order = {"summit": 0, "release": 1, "competition": 2, "expo": 3}
    series = sorted({e.series for e in editions}, key=lambda s: (order.get(s.kind, 9), s.key))
    tables = [_table(s, [e for e in editions if e.series_id == s.pk], facts, sources) for s in series]
    members = [
        (key.split(".")[1], cell_of(fact, sources)) for key, fact in own.items() if key.endswith(".members")
    ]
    notes = [(key, cell_of(fact, sources)) for key, fact in own.items() if key.startswith("note.")]
    return tables, members, notes, sources


def _table(
    series: Series, editions: Sequence[Edition], facts: dict[Any, dict[str, Fact]], sources: Sources
) -> Table:
    years = {edition.year for edition in editions}
    # The largest figure first: so the columns of a selection stand as its funnel does.
    figures = sorted(series.figures, key=lambda key: (-_largest(key, editions, facts), key))
    rows = [
        _row(edition, consecutive_years(years, edition.year), figures, facts[edition.pk], sources)
        for edition in editions
    ]
    return Table(series, [series.figures[key] for key in figures], rows)


def _largest(key: str, editions: Sequence[Edition], facts: dict[Any, dict[str, Fact]]) -> float:
    found = [facts[edition.pk][key] for edition in editions if key in facts[edition.pk]]
    values = [value for fact in found for value in (fact.value, *(claim["value"] for claim in fact.claims))]
    return max((value for value in values if isinstance(value, int | float)), default=0)


def _row(
    edition: Edition, consecutive: int, figures: Sequence[str], facts: dict[str, Fact], sources: Sources
) -> Row:
    cells = [cell_of(facts.get(key), sources) for key in figures]
    return Row(edition, consecutive, cells, *results_of(facts, sources))


def results_of(facts: dict[str, Fact], sources: Sources) -> tuple[list[Result], str, Sequence[int]]:
    """Return the results published about an edition, the note on them, and the numbers of their sources."""
    results = facts.get("results")
    if results is None or not results.is_recorded:
        return [], "", ()
    shown = [Result(row["title"], row["holders"]) for row in results.value]
    return shown, results.note, sources.cite(results.sources)


def cell_of(fact: Fact | None, sources: Sources) -> Cell:
    """Return a fact as the table shows it; without one, or unknown, it is "not recorded"."""
    if fact is None or not fact.is_recorded:
        return Cell(note=fact.note if fact else "")
    claims = fact.claims or [{"value": fact.value, "qualifier": fact.qualifier, "sources": fact.sources}]
    return Cell(
        [
            Claim(show_value(claim["value"], claim.get("qualifier", "")), sources.cite(claim["sources"]))
            for claim in claims
        ],
        is_inferred=fact.kind == "inference",
        note=fact.note,
    )
