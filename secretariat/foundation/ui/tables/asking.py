"""What a query string asks of a table. It is the whole state: sent to a colleague, it shows her the same list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from django.http import QueryDict

from secretariat.foundation.ui.tables.columns import Column
from secretariat.foundation.ui.tables.filters import Filter, Pairs

SIZES = (25, 50, 100, 200)
SIZE = 50
# The names a table reads for itself; no filter may be called so.
OWN = frozenset({"sort", "cols", "size", "after", "before", "at", "export", "view"})


class Described(Protocol):
    """The parts of a table that decide what may be asked of it."""

    columns: Sequence[Column]
    filters: Sequence[Filter]
    order: str


@dataclass(frozen=True)
class Asked:
    """What is asked of a table: unknown names and values are left out already."""

    columns: Sequence[Column]  # shown, in the table's order
    usual_columns: Sequence[Column]
    sort: str
    usual_sort: str
    size: int
    filters: Sequence[Filter]
    values: Sequence[tuple[Filter, Any]]  # of the filters that are in use
    after: str = ""
    before: str = ""
    at: int = 0  # rows before this page, as the link to it counted them
    nothing: str = ""  # what asks for nothing in particular, where the empty query asks for the usual view

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")

    @property
    def sorted_by(self) -> str:
        return self.sort.removeprefix("-")

    def value_of(self, name: str) -> Any:
        """Return the value of the filter with this name; None where it is not in use."""
        return next((value for each, value in self.values if each.name == name), None)

    def query(self, without: Pairs = (), sort: str | None = None, **more: Any) -> str:
        """Return the shortest query string that asks this again, changed as said; it begins at the first page."""
        pairs = [pair for filter, value in self.values for pair in filter.pairs(value) if pair not in without]
        sort = self.sort if sort is None else sort
        if sort != self.usual_sort:
            pairs.append(("sort", sort))
        if list(self.columns) != list(self.usual_columns):
            pairs.append(("cols", ",".join(column.name for column in self.columns)))
        if self.size != SIZE:
            pairs.append(("size", str(self.size)))
        pairs += [(name, value) for name, value in more.items() if value not in ("", 0)]
        return urlencode(pairs, safe=",") or self.nothing

    def place(self) -> str:
        """Return the query string of this very page."""
        return self.query(after=self.after, before=self.before, at=self.at)

    def bare_query(self) -> str:
        """Return the same order and columns without any filter."""
        return self.query(without=[pair for filter, value in self.values for pair in filter.pairs(value)])


def read(table: Described, query: QueryDict, nothing: str = "") -> Asked:
    """Read what a query string asks of a table."""
    usual = [column for column in table.columns if not column.hidden]
    names = {name for part in query.getlist("cols") for name in part.split(",")}
    chosen = [column for column in table.columns if column.name in names or column.heading]
    filters = [filter.ready() for filter in table.filters]
    read_values = [(filter, filter.read(query)) for filter in filters]
    return Asked(
        columns=chosen if names and any(column.name in names for column in chosen) else usual,
        usual_columns=usual,
        sort=_sort(table, query.get("sort", "")),
        usual_sort=table.order,
        size=next((size for size in SIZES if str(size) == query.get("size")), SIZE),
        filters=filters,
        values=[(filter, value) for filter, value in read_values if value is not None],
        after=query.get("after", ""),
        before=query.get("before", ""),
        at=int(at) if (at := query.get("at", "")).isascii() and at.isdigit() and len(at) < 9 else 0,
        nothing=nothing,
    )


def _sort(table: Described, asked: str) -> str:
    sortable = {column.name for column in table.columns if column.order}
    return asked if asked.removeprefix("-") in sortable else table.order
