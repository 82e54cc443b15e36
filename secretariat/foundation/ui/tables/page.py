"""A table as its template shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.foundation.ui.tables.asking import SIZES, Asked
from secretariat.foundation.ui.tables.columns import Column, Label
from secretariat.foundation.ui.tables.exports import FORMATS
from secretariat.foundation.ui.tables.filters import Filter, Option
from secretariat.foundation.ui.tables.saved import View


@dataclass(frozen=True)
class Head:
    """The head of a column. ``direction`` is "ascending" or "descending" where the table is sorted by it."""

    column: Column
    query: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Cell:
    """One value of a row; ``tone`` is None where it stands in no chip."""

    column: Column
    text: str
    path: str = ""
    tone: str | None = None


@dataclass(frozen=True)
class Row:
    """A row: its key, its name for a screen reader, and its cells."""

    key: str
    name: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Control:
    """A filter with what is asked of it."""

    filter: Filter
    value: Any
    options: Sequence[Option] = ()

    @property
    def first(self) -> str:
        return self.value[0].isoformat() if self.value and self.value[0] else ""

    @property
    def last(self) -> str:
        return self.value[1].isoformat() if self.value and self.value[1] else ""

    @property
    def chosen(self) -> int:
        return sum(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Paging:
    """Where a page stands. ``total`` is counted up to a limit only."""

    first: int
    shown: int
    total: int
    is_capped: bool
    previous_query: str = ""
    next_query: str = ""

    @property
    def last(self) -> int:
        return self.first + self.shown - 1

    @property
    def counted(self) -> str:
        """How many rows there are."""
        number = {"total": f"{self.total:,}"}
        if self.is_capped:
            return _("more than %(total)s rows") % number
        return ngettext("%(total)s row", "%(total)s rows", self.total) % number

    @property
    def in_words(self) -> str:
        """How many rows there are, and which of them stand here."""
        if not self.shown or not (self.previous_query or self.next_query):
            return self.counted
        return _("%(first)s–%(last)s of %(counted)s") % {
            "first": f"{self.first:,}", "last": f"{self.last:,}", "counted": self.counted,
        }  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A value the list is narrowed by, in words, and the query string without it."""

    label: Label
    words: str
    query: str


@dataclass(frozen=True)
class TablePage:
    """Everything the template of a table shows."""

    table: Any
    path: str
    asked: Asked
    heads: Sequence[Head]
    rows: Sequence[Row]
    body: SafeString
    controls: Sequence[Control]
    told: Sequence[Told]
    paging: Paging
    has_times: bool
    views: Sequence[View] = ()
    save_path: str = ""
    manage_path: str = ""

    sizes = SIZES
    formats = tuple(FORMATS)

    @property
    def id(self) -> str:
        return self.table.id

    @property
    def query(self) -> str:
        return self.asked.query()

    @property
    def is_filtered(self) -> bool:
        return bool(self.asked.values)

    @property
    def searches(self) -> list[Control]:
        return [control for control in self.controls if control.filter.kind == "text"]

    @property
    def further(self) -> list[Control]:
        return [control for control in self.controls if control.filter.kind != "text"]

    @property
    def columns(self) -> list[tuple[Column, bool]]:
        """Every column that may be left out, and whether it is shown."""
        shown = {column.name for column in self.asked.columns}
        return [(column, column.name in shown) for column in self.table.columns if not column.heading]

    @property
    def orders(self) -> list[tuple[str, str]]:
        """The orders to choose from, both ways."""
        return [
            (f"{sign}{column.name}", f"{column.label} {arrow}")
            for column in self.table.columns
            if column.order
            for sign, arrow in (("", "↑"), ("-", "↓"))
        ]

    @property
    def has_usual_view(self) -> bool:
        return any(view.is_default for view in self.views)
