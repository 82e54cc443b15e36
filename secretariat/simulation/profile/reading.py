"""Reading TOML with errors that name the file and the key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from secretariat.simulation.profile.kinds import Text

T = TypeVar("T")

LANGUAGES = ("en", "zh")


class ProfileError(ValueError):
    """A profile that cannot be used: one line with file, key and reason."""


class Table:
    """One TOML table with its place in the file; `done()` refuses keys that nobody read."""

    def __init__(self, data: dict[str, Any], file: str, where: str = "") -> None:
        self.data, self.file, self.where = data, file, where
        self._read: set[str] = set()

    def fail(self, key: str, reason: str) -> ProfileError:
        path = f"{self.where}.{key}" if self.where and key else self.where or key
        return ProfileError(f"{self.file}: {path}: {reason}")

    def has(self, key: str) -> bool:
        return key in self.data

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value under `key`, which must be of `kind`; required unless there is a default."""
        self._read.add(key)
        if key not in self.data:
            if default is not None:
                return default
            raise self.fail(key, "missing")
        value = self.data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.fail(key, f"expected {_WORDS.get(kind, kind.__name__)}, got {value!r}")
        if kind is str and not value.strip():
            raise self.fail(key, "empty")
        return value

    def optional(self, key: str, kind: type[T]) -> T | None:
        return self.get(key, kind) if key in self.data else None

    def one_of(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        value = self.get(key, str, default)
        if value not in choices:
            raise self.fail(key, f"{value!r} is none of {', '.join(choices)}")
        return value

    def strings(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        if key not in self.data and default is not None:
            self._read.add(key)
            return default
        values = self.get(key, list)
        if not all(isinstance(value, str) and value for value in values):
            raise self.fail(key, "expected a list of texts")
        if len(set(values)) != len(values):
            raise self.fail(key, "names something twice")
        return tuple(values)

    def text(self, prefix: str = "") -> Text:
        """`en` and `zh`, or with a prefix `help_en` and `help_zh`: both are required."""
        return Text(*(self.get(f"{prefix}{language}", str) for language in LANGUAGES))

    def table(self, key: str) -> Table:
        return Table(self.get(key, dict), self.file, self._path(key))

    def tables(self, key: str, default: list[Any] | None = None) -> list[Table]:
        """The tables of an array under `key`, each with its number in the path."""
        rows = self.get(key, list, default)
        if not all(isinstance(row, dict) for row in rows):
            raise self.fail(key, "expected a list of tables")
        return [Table(row, self.file, f"{self._path(key)}[{number}]") for number, row in enumerate(rows)]

    def entries(self, key: str = "") -> Iterator[tuple[str, Table]]:
        """Named sub-tables, in the order of the file."""
        outer = self.table(key) if key else self
        for name in outer.data:
            yield name, outer.table(name)

    def done(self) -> None:
        unknown = sorted(set(self.data) - self._read)
        if unknown:
            raise self.fail(unknown[0], "unknown key")

    def _path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key


_WORDS: dict[type, str] = {
    int: "a whole number",
    str: "a text",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    date: "a date",
    datetime: "a date and time",
}


def read_toml(folder: Path, name: str) -> Table:
    """The table of a whole file; errors name it relative to the profile's folder."""
    path = folder / name
    label = f"{folder.name}/{name}"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ProfileError(f"{label}: no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{label}: not readable as TOML: {error}") from None
    return Table(data, label)


def unique(rows: list[T], table: Table, key: str, attribute: str = "key") -> tuple[T, ...]:
    """The rows as a tuple, after checking that no two share a key."""
    seen: set[Any] = set()
    for row in rows:
        value = getattr(row, attribute)
        if value in seen:
            raise table.fail(key, f"{value!r} stands there twice")
        seen.add(value)
    return tuple(rows)
