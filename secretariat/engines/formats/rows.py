"""Splits the lines of a CSV file (RFC 4180) into rows of fields, many at a time."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secretariat.engines.formats.source import Block, InputError, Reading


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a file, by column: ``columns[c][r]``; ``lines[r]`` is the line on which a row begins."""

    columns: list[list[str]]
    lines: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.lines)

    def only(self, kept: NDArray[np.bool_]) -> "Rows":
        """The rows for which ``kept`` is true."""
        chosen = np.flatnonzero(kept).tolist()
        return Rows([[column[row] for row in chosen] for column in self.columns], self.lines[kept])


def row_blocks(source: Reading) -> Iterator[Rows]:
    """The rows of a file in order, all as wide as the first; blank lines are passed over.

    Raises InputError for a row of another width and for quotation marks that are not as RFC 4180 has them.
    """
    width: int | None = None
    for block in _closed(source.blocks()):
        rows = _split(block, width or block.text.partition("\n")[0].count(",") + 1)
        if rows is None:
            rows = _parsed(source.name, block, width)
        if len(rows):
            width = len(rows.columns)
            yield rows


def _closed(blocks: Iterator[Block]) -> Iterator[Block]:
    """Blocks joined until no quotation is left open at the end: line ends within one belong to its field."""
    for block in blocks:
        parts, marks = [block.text], block.text.count('"')
        while marks % 2 and (more := next(blocks, None)):
            parts.append(more.text)
            marks += more.text.count('"')
        yield Block("".join(parts), block.line) if len(parts) > 1 else block


def _split(block: Block, width: int) -> Rows | None:
    """The rows of a block without quotations, blank lines or odd widths; None where it is not such a block."""
    text = block.text
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if '"' in text or "\r" in text or "\n\n" in text or text.startswith("\n"):
        return None
    if not text.endswith("\n"):
        text += "\n"
    # One split for the whole block. A line end becomes a field of its own, so that a short row beside a long
    # one is noticed.
    fields = text.replace("\n", ",\n,").split(",")
    count, step = text.count("\n"), width + 1
    if len(fields) != count * step + 1 or fields[width::step].count("\n") != count:
        return None
    lines = np.arange(block.line, block.line + count, dtype=np.int32)
    return Rows([fields[place:-1:step] for place in range(width)], lines)


def _parsed(file: str, block: Block, width: int | None) -> Rows:
    """The rows of any block, read with care and slowly."""
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(block.text, newline="\n"), strict=True)
    line = block.line
    try:
        for row in reader:
            if row:
                width = width or len(row)
                if len(row) != width:
                    raise InputError(file, line, f"has {len(row)} fields, not {width} as the first row")
                rows.append(row)
                lines.append(line)
            line = block.line + reader.line_num
    except csv.Error as error:
        raise InputError(file, line, f"cannot be split into fields: {_plain(error)}") from None
    return Rows([list(column) for column in zip(*rows, strict=True)], np.array(lines, np.int32))


def _plain(error: csv.Error) -> str:
    text = str(error)
    if "end of data" in text:
        return "a quotation is never closed"
    if "new-line character" in text:
        return "a carriage return that ends no line"
    return text
