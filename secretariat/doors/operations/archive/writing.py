"""The file of a backup: a plain tar, written from front to back while its parts are still being made."""

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

CHUNK = 1 << 20
BLOCK = tarfile.BLOCKSIZE


class Writer:
    """Writes members one after the other and keeps the size and hash of each. The file appears whole or not at all."""

    def __init__(self, path: Path, made_at: float) -> None:
        self.path, self.made_at = path, made_at
        self.part = path.with_name(path.name + ".part")
        self.members: list[dict[str, str | int]] = []

    def __enter__(self) -> Self:
        self.file = os.fdopen(os.open(self.part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self.file:
            if kind is None:
                self.file.write(bytes(2 * BLOCK))
                self.file.flush()
                os.fsync(self.file.fileno())
        if kind is None:
            self.part.replace(self.path)
        else:
            self.part.unlink(missing_ok=True)

    def add(self, name: str, content: bytes) -> None:
        """Write a small member."""
        with self.member(name) as write:
            _copy(io.BytesIO(content), write)

    def add_stream(self, name: str, stream: BinaryIO) -> str:
        """Write what a stream holds, however much; returns its hash."""
        with self.member(name) as write:
            _copy(stream, write)
        return str(self.members[-1]["sha256"])

    @contextmanager
    def member(self, name: str) -> "Iterator[Sink]":
        """Give a sink for one member. Its header is written last, when the size is known."""
        start = self.file.tell()
        self.file.write(bytes(BLOCK))
        sink = Sink(self.file)
        yield sink
        self.file.write(bytes(-sink.size % BLOCK))
        end = self.file.tell()
        self.file.seek(start)
        self.file.write(self._header(name, sink.size))
        self.file.seek(end)
        self.members.append({"name": name, "size": sink.size, "sha256": sink.digest.hexdigest()})

    def _header(self, name: str, size: int) -> bytes:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, int(self.made_at), 0o600
        header = info.tobuf(tarfile.GNU_FORMAT)
        if len(header) != BLOCK:
            raise ValueError(f"The name '{name}' is too long for the archive.")
        return header


class Sink:
    """Where one member is written; counts and hashes what passes."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.size, self.digest = file, 0, hashlib.sha256()

    def write(self, content: bytes) -> None:
        self.file.write(content)
        self.size += len(content)
        self.digest.update(content)


def _copy(stream: BinaryIO, sink: Sink) -> None:
    while chunk := stream.read(CHUNK):
        sink.write(chunk)
