"""Reading a backup: whole, to verify it, or member by member, to restore it."""

import hashlib
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from secretariat.doors.operations.archive import database
from secretariat.doors.operations.archive.manifest import DATABASE, NAME, Manifest
from secretariat.doors.operations.archive.writing import CHUNK


class NoBackup(ValueError):
    """The file is no backup that this version can read; the message says why."""


def read_manifest(path: Path) -> Manifest:
    """Return what a backup says of itself, without reading its members.

    Raises:
        NoBackup: it is none, it is cut off, or its format is unknown.
    """
    try:
        with tarfile.open(path, "r:") as archive:
            stream = archive.extractfile(NAME)
            return Manifest.from_json(stream.read())
    except (tarfile.TarError, KeyError, EOFError):
        raise NoBackup(f"{path.name} is no backup, or its end is missing.") from None
    except ValueError as error:
        raise NoBackup(f"{path.name}: {error}") from None


def findings(path: Path) -> Iterator[str]:
    """Read a backup from its first byte to its last and yield what is wrong with it; nothing: it is whole.

    The dump is also given to PostgreSQL's own reader, since a whole file of a broken dump would be no help.
    """
    try:
        manifest = read_manifest(path)
    except NoBackup as error:
        yield str(error)
        return
    expected = {member["name"]: member for member in manifest.members}
    with tarfile.open(path, "r:") as archive:
        for info in archive:
            member = expected.pop(info.name, None)
            if info.name == NAME:
                continue
            if member is None:
                yield f"{info.name} is in the file and not in its manifest"
            else:
                yield from _read(archive.extractfile(info), member)
    yield from (f"{name} is missing" for name in expected)
    yield from (f"{key} was missing or wrong when the backup was made" for key in manifest.damaged)


def _read(stream: BinaryIO, member: dict[str, Any]) -> Iterator[str]:
    digest = hashlib.sha256()
    try:
        with database.reading() if member["name"] == DATABASE else nullcontext() as reader:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                if reader:
                    reader.write(chunk)
    except database.ToolError as error:
        yield f"{member['name']} cannot be read: {error}"
        return
    if digest.hexdigest() != member["sha256"]:
        yield f"{member['name']} has another hash than its manifest says"


@contextmanager
def opened(path: Path) -> Iterator[Callable[[str], BinaryIO]]:
    """Give the function that opens a member by its name."""
    with tarfile.open(path, "r:") as archive:
        yield archive.extractfile
