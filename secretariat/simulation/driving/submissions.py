"""Submissions in files: JSON as a form would hand them over, or CSV with a column for each answer."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secretariat.engines.formats.source import InputError
from secretariat.engines.sealed.canonical import CanonicalError, parse
from secretariat.summit.calls.logic import FieldSpec

KEYS = {"organisation", "person", "content", "partners"}
PARTIES = ("organisation", "person", "partners")
LISTS = {"country", "contributors"}
SEPARATOR = ";"


@dataclass(frozen=True)
class Row:
    """One submission of a file; ``wrong`` says why it cannot even be tried."""

    place: str
    organisation: str | None = None
    person: str = ""
    content: Mapping[str, Any] | None = None
    partners: Sequence[str] = ()
    wrong: str = ""


def read_one(file: str) -> Row:
    """Return the only submission of a JSON file. Raises InputError."""
    value = _parsed(file)
    row = _row(file, value)
    if row.wrong:
        raise InputError(file, None, row.wrong)
    return row


def read_many(file: str, fields: Sequence[FieldSpec]) -> list[Row]:
    """Return the submissions of a JSON list or, by its ending, a CSV. Raises InputError where nothing can be read."""
    if Path(file).suffix == ".csv":
        return list(_from_csv(file, fields))
    values = _parsed(file)
    if not isinstance(values, list) or not values:
        raise InputError(file, None, "a list of submissions is expected")
    return [_row(f"{file}: row {number}", value) for number, value in enumerate(values, 1)]


def _parsed(file: str) -> Any:
    try:
        return parse(Path(file).read_bytes())
    except CanonicalError as error:
        raise InputError(file, None, str(error)) from None


def _row(place: str, value: Any) -> Row:
    """Return one submission; its problem where its shape is not the expected one."""
    if not isinstance(value, dict):
        return Row(place, wrong="an object is expected")
    if unknown := sorted(value.keys() - KEYS):
        return Row(place, wrong=f"{unknown[0]}: unknown key; there are {', '.join(sorted(KEYS))}")
    organisation, partners = value.get("organisation"), value.get("partners", [])
    if not isinstance(value.get("person"), str):
        return Row(place, wrong="person: the number of a person is expected")
    if organisation is not None and not isinstance(organisation, str):
        return Row(place, wrong="organisation: the number of an organisation or null is expected")
    if not isinstance(value.get("content"), dict):
        return Row(place, wrong="content: an object with an answer for each field is expected")
    if not isinstance(partners, list) or not all(isinstance(partner, str) for partner in partners):
        return Row(place, wrong="partners: a list of numbers of organisations is expected")
    return Row(place, organisation, value["person"], value["content"], partners)


def read_csv(
    file: str, known: Sequence[str], required: Sequence[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the place (``FILE:LINE``) and the cells of each row, without those that are empty. Raises InputError."""
    try:
        with open(file, newline="", encoding="utf-8-sig") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, None)
            if header is None:
                raise InputError(file, None, "is empty")
            _check_header(file, header, known, required)
            for cells in reader:
                if len(cells) != len(header):
                    raise InputError(
                        file, reader.line_num, f"{len(cells)} cells; the header has {len(header)}"
                    )
                pairs = zip(header, cells, strict=True)
                yield f"{file}:{reader.line_num}", {key: cell.strip() for key, cell in pairs if cell.strip()}
    except UnicodeDecodeError as error:
        raise InputError(file, None, f"byte {error.start + 1} is not UTF-8") from None
    except csv.Error as error:
        raise InputError(file, None, f"not CSV: {error}") from None


def _check_header(file: str, header: Sequence[str], known: Sequence[str], required: Sequence[str]) -> None:
    for key in header:
        if key not in known or header.count(key) > 1:
            why = "stands there twice" if key in known else f"is unknown; there are {', '.join(known)}"
            raise InputError(file, 1, f"the column {key!r} {why}")
    if missing := [key for key in required if key not in header]:
        raise InputError(file, 1, f"there is no column {missing[0]!r}")


def _from_csv(file: str, fields: Sequence[FieldSpec]) -> Iterator[Row]:
    columns = [*PARTIES]
    for spec in fields:
        texts = [f"{spec.key}.{language}" for language in ("en", "zh")]
        columns += texts if spec.kind in {"short_text", "long_text"} else [spec.key]
    kinds = {spec.key: spec.kind for spec in fields}
    rows = list(read_csv(file, columns, ["person"]))
    if not rows:
        raise InputError(file, None, "has no row below its header")
    for place, cells in rows:
        content: dict[str, Any] = {}
        for column, cell in cells.items():
            key, _dot, language = column.partition(".")
            if column in PARTIES:
                continue
            if language:
                content.setdefault(key, {})[language] = cell
            else:
                content[key] = _value(kinds[key], cell)
        yield Row(
            place,
            cells.get("organisation"),
            cells.get("person", ""),
            content,
            _listed(cells.get("partners", "")),
        )


def _value(kind: str, cell: str) -> Any:
    if kind == "number":
        try:
            return float(cell) if "." in cell else int(cell)
        except ValueError:
            return cell  # the form says what is wrong with it
    if kind in LISTS:
        entries = _listed(cell)
        return [{"name_en": name} for name in entries] if kind == "contributors" else entries
    return cell


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(SEPARATOR) if part.strip()]
