"""Finds out which column of a file holds what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secretariat.engines.formats.columns import number_problem
from secretariat.engines.formats.source import InputError


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a file; see ``tables.read_columns`` for each."""

    required: Sequence[str]
    optional: Sequence[str] = ()
    numeric: Sequence[str] = ()
    columns: Mapping[str, str] | None = None
    where: Mapping[str, str] | None = None
    header: bool | None = True

    @property
    def names(self) -> list[str]:
        return [*self.required, *self.optional]

    def in_file(self, name: str) -> str:
        """What a column asked for is called in the file."""
        return (self.columns or {}).get(name, name)


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of each column in a row, from 0, by the name asked for; and whether the first row is a header."""

    places: Mapping[str, int]
    where: Sequence[tuple[int, str]]
    has_header: bool


def find_layout(file: str, line: int, first: Sequence[str], wanted: Wanted) -> Layout:
    """The layout of a file whose first row, on ``line``, has these fields. Raises InputError as it has to."""
    unknown = sorted(set(wanted.columns or {}) - set(wanted.names))
    if unknown:
        known = ", ".join(wanted.names)
        raise InputError(file, None, f"a column for {unknown[0]!r} is named, but the columns are {known}")
    if _has_header(first, wanted):
        return _named(file, line, [field.strip() for field in first], wanted)
    if len(first) < len(wanted.required):
        expected = ",".join(wanted.required)
        raise InputError(file, line, f"has {len(first)} fields, where {expected} are needed")
    if wanted.where:
        raise InputError(file, line, f"has no header, so no column is known as {next(iter(wanted.where))!r}")
    return Layout(dict(zip(wanted.names, range(len(first)), strict=False)), (), False)


def _has_header(first: Sequence[str], wanted: Wanted) -> bool:
    if wanted.header is not None:
        return wanted.header
    number = next(place for place, name in enumerate(wanted.required) if name in wanted.numeric)
    return number >= len(first) or bool(number_problem(first[number]))


def _named(file: str, line: int, header: Sequence[str], wanted: Wanted) -> Layout:
    def place(name: str) -> int:
        if header.count(name) > 1:
            raise InputError(file, line, f"has the column {name!r} {header.count(name)} times")
        if name not in header:
            raise InputError(file, line, f"has no column {name!r}, only {', '.join(header)}{_hint(header)}")
        return header.index(name)

    places = {name: place(wanted.in_file(name)) for name in wanted.required}
    for name in wanted.optional:
        # An optional column may be absent, but not when it was asked for by another name.
        if wanted.in_file(name) in header or name in (wanted.columns or {}):
            places[name] = place(wanted.in_file(name))
    where = [(place(name), text) for name, text in (wanted.where or {}).items()]
    return Layout(places, where, True)


def _hint(header: Sequence[str]) -> str:
    """What may be wrong with a header of a single field."""
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            return f"; fields are separated by commas, not {name}"
    return ""
