"""Rows of a file that was handed in, one after the other; a file of 50,000 rows is never held whole."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from secretariat.registry.imports.logic import cell_text, guess_delimiter, guess_encoding

HEAD = 64 * 1024
MOST = 100_000  # rows; whoever has more divides the file
csv.field_size_limit(1_000_000)


@dataclass(frozen=True)
class Shape:
    """How a text file is written; a workbook has none."""

    encoding: str = ""
    delimiter: str = ""


def shape_of(stream: BinaryIO) -> Shape:
    """Guess how a file is written from its beginning."""
    stream.seek(0)
    head = stream.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return Shape()
    encoding = guess_encoding(head)
    lines = head.decode(_codec(encoding), errors="replace").splitlines()[:20]
    return Shape(encoding, guess_delimiter(lines[:-1] or lines))


def rows_of(stream: BinaryIO, shape: Shape) -> Iterator[tuple[int, list[str]]]:
    """Return each row that says something, with its number in the file; the first is the heads.

    ValueError where the file cannot be read so.
    """
    stream.seek(0)
    rows = _csv(stream, shape) if shape.encoding else _xlsx(stream)
    said = ((number, row) for number, row in rows if any(row))
    for count, row in enumerate(said):
        if count > MOST:
            raise ValueError(_("The file has more than %(most)s rows; divide it.") % {"most": f"{MOST:,}"})
        yield row


def head_of(stream: BinaryIO, shape: Shape, rows: int = 4) -> list[list[str]]:
    """Return the heads and the first rows."""
    return [row for _number, row in islice(rows_of(stream, shape), rows)]


def _codec(encoding: str) -> str:
    return "utf-8-sig" if encoding == "utf-8" else encoding


def _csv(stream: BinaryIO, shape: Shape) -> Iterator[tuple[int, list[str]]]:
    text = io.TextIOWrapper(stream, encoding=_codec(shape.encoding), newline="")
    try:
        lines = (line.replace("\x00", "") for line in text)
        for number, row in enumerate(csv.reader(lines, delimiter=shape.delimiter or ","), 1):
            yield number, [cell_text(cell) for cell in row]
    except UnicodeDecodeError:
        raise ValueError(
            _("The characters of the file are not %(encoding)s; choose another.")
            % {"encoding": shape.encoding}
        ) from None
    except csv.Error as error:
        raise ValueError(_("The file cannot be read: %(error)s.") % {"error": error}) from None
    finally:
        text.detach()


def _xlsx(stream: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    try:
        book = load_workbook(stream, read_only=True, data_only=True)
    except Exception as error:  # a damaged archive, or another kind of file: openpyxl raises whatever it met
        raise ValueError(_("The file is no workbook that can be read.")) from error
    try:
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [cell_text(cell) for cell in row]
    finally:
        book.close()


def value_at(row: Sequence[str], at: int) -> str:
    """Return what stands in a column of a row; rows may be shorter than the heads."""
    return row[at].strip() if at < len(row) else ""
