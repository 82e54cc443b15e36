"""A file or standard input, read in blocks of whole lines of UTF-8, hashed on the way."""

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

STANDARD_INPUT = "-"
BLOCK_BYTES = 1 << 20
_BOM = b"\xef\xbb\xbf"


class InputError(Exception):
    """An input that cannot be used. Its text is one line: ``FILE:LINE: what is wrong``, or ``FILE: …``."""

    def __init__(self, file: str, line: int | None, message: str) -> None:
        place = file if line is None else f"{file}:{line}"
        super().__init__(" ".join(f"{place}: {message}".split()))
        self.file = file
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class Source:
    """Which file was read: its name as given, and the SHA-256 of its bytes in hexadecimal."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a file, the last one perhaps without its end. ``line`` is the number of the first."""

    text: str
    line: int


class Reading:
    """One pass over a file, block by block; ``source`` is complete once ``blocks`` is exhausted."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.name = name
        self._stream = stream
        self._hash = hashlib.sha256()

    @property
    def source(self) -> Source:
        return Source(self.name, self._hash.hexdigest())

    def blocks(self) -> Iterator[Block]:
        """The file in order, without a byte order mark. Raises InputError for what is not UTF-8 text."""
        line = 1
        for number, data in enumerate(self._whole_lines()):
            text = self._decoded(data.removeprefix(_BOM) if number == 0 else data, line)
            yield Block(text, line)
            line += text.count("\n")

    def _whole_lines(self) -> Iterator[bytes]:
        rest: list[bytes] = []
        while data := self._stream.read(BLOCK_BYTES):
            self._hash.update(data)
            # A line feed is never part of another character in UTF-8, so the cut leaves characters whole.
            end = data.rfind(b"\n") + 1
            if end:
                yield b"".join([*rest, data[:end]])
                rest = []
            rest.append(data[end:])
        if last := b"".join(rest):
            yield last

    def _decoded(self, data: bytes, line: int) -> str:
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            wrong = line + data.count(b"\n", 0, error.start)
            raise InputError(
                self.name, wrong, f"the byte 0x{data[error.start]:02X} is not UTF-8 text"
            ) from None
        if "\0" in text:
            wrong = line + text.count("\n", 0, text.index("\0"))
            raise InputError(self.name, wrong, "a NUL byte: this is not a text file")
        return text


@contextmanager
def reading(path: str) -> Iterator[Reading]:
    """Open a file, ``-`` for standard input. Raises InputError where it cannot be read."""
    try:
        if path == STANDARD_INPUT:
            yield Reading(path, sys.stdin.buffer)
        else:
            with open(path, "rb") as stream:
                yield Reading(path, stream)
    except OSError as error:
        raise InputError(path, None, f"cannot be read: {error.strerror or error}") from None
