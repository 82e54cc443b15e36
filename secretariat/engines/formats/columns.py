"""Turns the fields of a column into an array, block by block."""

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from secretariat.engines.formats.source import InputError

_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)
_SHOWN = 40


class TextColumn:
    """Collects texts as codes. Raises InputError for an empty one."""

    def __init__(self, file: str, name: str) -> None:
        self._file = file
        self._name = name
        self._codes = _Codes()
        self._parts: list[NDArray[np.int32]] = []

    def add(self, fields: Sequence[str], lines: NDArray[np.int32]) -> None:
        try:
            part = np.fromiter(map(self._codes.__getitem__, fields), np.int32, len(fields))
        except _EmptyError:
            row = next(row for row, field in enumerate(fields) if not field.strip())
            raise InputError(self._file, int(lines[row]), f"{self._name} is empty") from None
        self._parts.append(part)

    def finish(self) -> tuple[NDArray[np.int32], tuple[str, ...]]:
        """The codes of all rows, and the names they stand for, sorted."""
        names = self._codes.names
        order = sorted(range(len(names)), key=names.__getitem__)
        place = np.empty(len(names), np.int32)
        place[order] = np.arange(len(names), dtype=np.int32)
        return place[np.concatenate(self._parts)], tuple(names[code] for code in order)


class NumberColumn:
    """Collects finite numbers. Raises InputError for anything else."""

    def __init__(self, file: str, name: str) -> None:
        self._file = file
        self._name = name
        self._parts: list[NDArray[np.float64]] = []

    def add(self, fields: Sequence[str], lines: NDArray[np.int32]) -> None:
        try:
            part = np.fromiter(map(float, fields), np.float64, len(fields))
        except ValueError:
            part = None
        joined = "".join(fields)
        # float() also takes 1_000 and digits of other scripts, which other readers of the file would not.
        if part is None or not np.isfinite(part).all() or "_" in joined or not joined.isascii():
            for field, line in zip(fields, lines.tolist(), strict=True):
                if problem := number_problem(field):
                    raise InputError(self._file, line, f"{self._name} {problem}")
            part = np.fromiter(map(float, fields), np.float64, len(fields))
        self._parts.append(part)

    def finish(self) -> NDArray[np.float64]:
        return np.concatenate(self._parts)


def number_problem(text: str) -> str:
    """Why a text is no finite decimal number, as the end of a sentence; empty where it is one."""
    if not text.strip():
        return "is empty"
    if not _NUMBER.fullmatch(text):
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        return f"is {shown!r}, not a number"
    return "" if math.isfinite(float(text)) else f"is {text.strip()}, too large for a number"


class _EmptyError(Exception):
    pass


class _Codes(dict[str, int]):
    """Code by field as it stands in the file; fields that differ in outer spaces share one."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self._by_name: dict[str, int] = {}

    def __missing__(self, field: str) -> int:
        name = field.strip()
        if not name:
            raise _EmptyError
        code = self._by_name.setdefault(name, len(self.names))
        if code == len(self.names):
            self.names.append(name)
        self[field] = code
        return code
