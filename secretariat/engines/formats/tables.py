"""Tables as CSV (RFC 4180, UTF-8), read by column into arrays: names as integer codes, numbers as doubles.

Millions of rows fit: a block of lines is split at once, and a text is kept once however often it occurs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secretariat.engines.formats.columns import NumberColumn, TextColumn
from secretariat.engines.formats.layout import Layout, Wanted, find_layout
from secretariat.engines.formats.rows import Rows, row_blocks
from secretariat.engines.formats.source import InputError, Reading, Source, reading

__all__ = ["Column", "InputError", "Source", "Table", "read_columns"]

Codes = NDArray[np.int32]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of texts: row r holds ``names[codes[r]]``. Names are unique and sorted by code point."""

    codes: Codes
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns asked for, by the names asked for, over the rows kept, in the order of the file.

    ``lines``: the number of the line on which each row begins, from 1. An optional column that the file
    does not have is in neither mapping.
    """

    source: Source
    texts: Mapping[str, Column]
    numbers: Mapping[str, Numbers]
    lines: Codes

    def __len__(self) -> int:
        return len(self.lines)

    def error(self, row: int, message: str) -> InputError:
        """An error about one row (an index from 0), to be raised."""
        return InputError(self.source.name, int(self.lines[row]), message)

    def refuse_repeats(self, *columns: str) -> None:
        """Raise InputError where two rows hold the same texts in all of these columns."""
        key = np.zeros(len(self), np.int64)
        for column in columns:
            key = key * len(self.texts[column].names) + self.texts[column].codes
        order = np.argsort(key, kind="stable")
        repeats = np.flatnonzero(np.diff(key[order]) == 0) + 1
        if repeats.size:
            at = repeats[np.argmin(order[repeats])]
            row, before = int(order[at]), int(order[at - 1])
            held = (self.texts[column] for column in columns)
            named = " and ".join(repr(column.names[column.codes[row]]) for column in held)
            raise self.error(row, f"repeats {' and '.join(columns)} {named} of line {self.lines[before]}")


def read_columns(
    path: str,
    *,
    required: Sequence[str],
    optional: Sequence[str] = (),
    numeric: Sequence[str] = (),
    columns: Mapping[str, str] | None = None,
    where: Mapping[str, str] | None = None,
    header: bool | None = True,
) -> Table:
    """Read the named columns of a CSV file; ``-`` is standard input. Other columns are passed over.

    ``numeric``: which of ``required`` and ``optional`` hold finite numbers; the others hold texts, in which
    spaces at both ends do not count. ``columns`` maps names asked for to names in the file.
    ``where`` keeps the rows whose columns (named as in the file) hold exactly these texts.
    ``header``: without one the columns stand in the order ``required``, ``optional``; None finds out: the
    first row is a header unless there is a number where the first numeric column would be without one.

    Raises InputError, naming file and line, for a missing or doubled column, a row that is too short or too
    long, an empty field, a text or NaN or an infinity where a number belongs, bytes that are not UTF-8, a
    quotation that is never closed, and where no row is left.
    """
    wanted = Wanted(required, optional, numeric, columns, where, header)
    with reading(path) as source:
        blocks = row_blocks(source)
        first = next(blocks, None)
        if first is None:
            raise InputError(path, None, "is empty")
        layout = find_layout(path, int(first.lines[0]), [column[0] for column in first.columns], wanted)
        collector = _Collector(source, layout, wanted)
        collector.add(first, skip=int(layout.has_header))
        for rows in blocks:
            collector.add(rows)
        return collector.table()


class _Collector:
    """Gathers blocks of rows into columns."""

    def __init__(self, source: Reading, layout: Layout, wanted: Wanted) -> None:
        self._source = source
        self._layout = layout
        self._where = wanted.where or {}
        named = {name: wanted.in_file(name) for name in layout.places}
        self._numbers = {
            name: NumberColumn(source.name, named[name]) for name in named if name in wanted.numeric
        }
        self._texts = {
            name: TextColumn(source.name, named[name]) for name in named if name not in wanted.numeric
        }
        self._lines: list[Codes] = []
        self._seen = 0

    def add(self, rows: Rows, skip: int = 0) -> None:
        kept = np.ones(len(rows), bool)
        kept[:skip] = False
        self._seen += len(rows) - skip
        for place, text in self._layout.where:
            kept &= np.fromiter((field.strip() == text for field in rows.columns[place]), bool, len(rows))
        if not kept.all():
            rows = rows.only(kept)
        for name, column in (self._texts | self._numbers).items():
            column.add(rows.columns[self._layout.places[name]], rows.lines)
        self._lines.append(rows.lines)

    def table(self) -> Table:
        lines = np.concatenate(self._lines)
        if not len(lines):
            kept = " and ".join(f"{name}={value}" for name, value in self._where.items())
            reason = f"none of its {self._seen} rows has {kept}" if self._seen else "has no rows"
            raise InputError(self._source.name, None, reason)
        return Table(
            self._source.source,
            {name: Column(*column.finish()) for name, column in self._texts.items()},
            {name: column.finish() for name, column in self._numbers.items()},
            lines,
        )
