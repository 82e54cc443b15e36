"""Puts a result where it was asked for: whole, or not at all."""

import os
import sys
import tempfile
from pathlib import Path

from secretariat.engines.formats.source import STANDARD_INPUT, InputError


def deliver(text: str, path: str | None) -> None:
    """Write a text in UTF-8 to a file, or to standard output where ``path`` is None or ``-``.

    The file appears complete or stays as it was, also if the machine stops meanwhile. Raises InputError
    where it cannot be written.
    """
    # Names of files on the command line may hold bytes that are not UTF-8.
    data = text.encode("utf-8", "replace")
    if path is None or path == STANDARD_INPUT:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        _replace(Path(path), data)
    except OSError as error:
        raise InputError(path, None, f"cannot be written: {error.strerror or error}") from None


def _replace(path: Path, data: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError("is a folder")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp lets only the owner read; a result is an ordinary file.
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
