"""A table as a file: CSV written line by line, XLSX by way of the disk; neither is ever held whole."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.timezone import is_aware, localtime
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import save_workbook

from secretariat.foundation.ui.tables.columns import Column

BOM = "\ufeff"  # without it spreadsheets read UTF-8 as something else
# What a spreadsheet would take for the beginning of a formula, and run.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CELL_LIMIT = 32_767  # characters of an XLSX cell
MOMENT = "yyyy-mm-dd hh:mm"


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def guarded(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula; numbers and days stay as they are."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def csv_lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    """Write the rows as CSV (RFC 4180), line by line."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([str(column.label) for column in columns])
    for row in rows:
        yield writer.writerow([guarded(_plain(column.exported(row))) for column in columns])


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return _local(value).isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value


def _local(value: datetime) -> datetime:
    return localtime(value) if is_aware(value) else value


def xlsx_file(columns: Sequence[Column], rows: Iterable[Any], title: str) -> Any:
    """Write the rows as a workbook of one sheet into a temporary file, and return that, at its beginning."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = max(12, min(40, 2 * len(str(column.label))))
    head = [WriteOnlyCell(sheet, str(column.label)) for column in columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in rows:
        sheet.append([_cell(sheet, column.exported(row)) for column in columns])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    save_workbook(book, file)
    file.seek(0)
    return file


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:CELL_LIMIT])
        cell.data_type = "s"  # text, also where it looks like a formula
        return cell
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, _local(value).replace(tzinfo=None))
        cell.number_format = MOMENT
        return cell
    return value


def _sheet_title(title: str) -> str:
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title)[:31].strip("' ") or "1"


def csv_response(columns: Sequence[Column], rows: Iterable[Any], name: str) -> HttpResponseBase:
    """Send the rows as a CSV file called ``name``."""
    lines = (line.encode() for line in csv_lines(columns, rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(columns: Sequence[Column], rows: Iterable[Any], name: str) -> HttpResponseBase:
    """Send the rows as an XLSX file called ``name``."""
    return FileResponse(
        xlsx_file(columns, rows, name), as_attachment=True, filename=f"{name}.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )  # fmt: skip


FORMATS: dict[str, Callable[[Sequence[Column], Iterable[Any], str], HttpResponseBase]] = {
    "csv": csv_response,
    "xlsx": xlsx_response,
}
