"""The container of every bundle: a folder or a zip of canonical JSON files, all listed in a manifest.

A file is canonical JSON (``*.json``) or UTF-8 text (``*.txt``); ``manifest.json`` names each other file with
its size in bytes and its SHA-256. A zip is written without compression and without times, so the same files
give the same bytes everywhere.
"""

import hashlib
import io
import os
import re
import secrets
import shutil
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from secretariat.engines.sealed.canonical import CanonicalError, canonical, parse

MANIFEST = "manifest.json"
VERSION = 1
MOST_FILES = 1_000
MOST_BYTES_A_FILE = 128 * 2**20
MOST_BYTES = 256 * 2**20

_NAME = re.compile(r"(?:[a-z0-9][a-z0-9._-]*/)*[a-z0-9][a-z0-9._-]*\.(?:json|txt)")
_TRAVERSES = re.compile(r"^$|^/|\\|:|\x00|(^|/)\.\.(/|$)")

# What zipfile raises for broken zips: its own error, and those of what it is made of.
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class BundleError(ValueError):
    """A bundle cannot be read or written: ``file`` in it (empty: the bundle itself), and ``reason``."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}" if file else reason)
        self.file = file
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle holds: the listed files by name (JSON values; str for texts), and where it departs from
    its manifest. Without faults the bundle is as it was written, if the manifest is."""

    files: Mapping[str, Any]
    faults: tuple[str, ...]


def write_bundle(path: Path, files: Mapping[str, object]) -> None:
    """Write a bundle, whole or not at all: a zip where ``path`` ends in ``.zip``, else a new folder.

    ``files``: relative names to JSON values (``*.json``) or str (``*.txt``). An existing zip is replaced.
    Raises BundleError for a name or a value a bundle cannot hold, and where a folder already exists; OSError
    where the place cannot be written to.
    """
    contents = {name: _encoded(name, value) for name, value in files.items()}
    listed = {name: {"sha256": _sha256(data), "size": len(data)} for name, data in contents.items()}
    contents = {MANIFEST: canonical({"bundle": VERSION, "files": listed})} | dict(sorted(contents.items()))
    _check_sizes({name: len(data) for name, data in contents.items()})
    # The name of the part begins with a dot and ends with chance: nobody reads it, two writers do not collide.
    part = path.parent / f".{path.name}.{secrets.token_hex(4)}.part"
    try:
        if path.suffix == ".zip":
            part.write_bytes(_zipped(contents))
            os.replace(part, path)
        elif path.exists():
            raise BundleError("", f"{path.name} already exists")
        else:
            _write_folder(part, contents)
            os.rename(part, path)
    finally:
        shutil.rmtree(part) if part.is_dir() else part.unlink(missing_ok=True)


def read_bundle(path: Path) -> Bundle:
    """The bundle at ``path``, which must agree with its manifest in every file. Raises BundleError."""
    bundle = inspect_bundle(path)
    if bundle.faults:
        raise BundleError(MANIFEST, "; ".join(bundle.faults[:5]))
    return bundle


def inspect_bundle(source: Path | BinaryIO) -> Bundle:
    """The bundle at a path, or in a stream that holds a zip, with its faults.

    Faults are files that are missing, added or changed, or not in canonical form.
    Raises BundleError for what cannot be looked at in safety or at all: neither folder nor zip, no manifest,
    a name that leads out of the bundle, a link, more than the limits allow, a file that is not JSON.
    """
    try:
        if isinstance(source, Path) and source.is_dir():
            found = dict(_folder_files(source))
        else:
            found = dict(_zip_files(source))
    except BundleError:
        raise
    except OSError as error:
        raise BundleError("", f"cannot be read: {error.strerror or error}") from None
    except _BROKEN_ZIP as error:
        raise BundleError("", f"not a readable zip: {error}") from None
    if MANIFEST not in found:
        raise BundleError("", f"there is no {MANIFEST}")
    listed = _listed(_parsed(MANIFEST, found.pop(MANIFEST)))
    faults = [f"{name} is not in the manifest" for name in sorted(found.keys() - listed.keys())]
    files = {}
    for name, entry in sorted(listed.items()):
        data = found.get(name)
        if data is None:
            faults.append(f"{name} is missing")
            continue
        if {"sha256": _sha256(data), "size": len(data)} != entry:
            faults.append(f"{name} was changed")
        files[name] = _parsed(name, data)
        if _encoded(name, files[name]) != data:
            faults.append(f"{name} is not in canonical form")
    return Bundle(files, tuple(faults))


def bundle_digest(path: Path) -> str:
    """SHA-256 of the zip, or of the manifest of a folder. Raises OSError."""
    return _sha256((path / MANIFEST if path.is_dir() else path).read_bytes())


def _encoded(name: str, value: object) -> bytes:
    if not _NAME.fullmatch(name) or name == MANIFEST:
        raise BundleError(name, "not a name for a file of a bundle: small letters, digits, - _ . and /")
    if name.endswith(".txt"):
        if not isinstance(value, str):
            raise BundleError(name, "a text file takes a str")
        return value.encode()
    try:
        return canonical(value)
    except CanonicalError as error:
        raise BundleError(name, str(error)) from None


def _parsed(name: str, data: bytes) -> Any:
    try:
        return data.decode() if name.endswith(".txt") else parse(data)
    except UnicodeDecodeError as error:
        raise BundleError(name, f"byte {error.start + 1} is not UTF-8") from None
    except CanonicalError as error:
        raise BundleError(name, str(error)) from None


def _listed(manifest: object) -> dict[str, dict[str, Any]]:
    if not isinstance(manifest, dict) or manifest.get("bundle") != VERSION:
        raise BundleError(MANIFEST, f"not the manifest of a bundle of version {VERSION}")
    listed = manifest.get("files")
    if not isinstance(listed, dict) or not all(isinstance(entry, dict) for entry in listed.values()):
        raise BundleError(MANIFEST, "'files' is not an object of objects")
    for name in listed:
        if not _NAME.fullmatch(name) or name == MANIFEST:
            raise BundleError(MANIFEST, f"{name!r} is not a name for a file of a bundle")
    return listed


def _zipped(contents: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in contents.items():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def _write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, data in contents.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _folder_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    sizes = {}
    for parent, folders, names in os.walk(folder):
        for name in folders + names:
            place = Path(parent, name)
            relative = place.relative_to(folder).as_posix()
            if place.is_symlink() or not (place.is_file() or place.is_dir()):
                raise BundleError(relative, "a bundle holds plain files only")
            if name in names:
                sizes[relative] = place.stat().st_size
        # Inside the loop, so that a folder that is no bundle is not walked to its end.
        _check_sizes(sizes)
    for relative in sizes:
        yield relative, (folder / relative).read_bytes()


def _zip_files(source: Path | BinaryIO) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(source) as archive:
        members = [member for member in archive.infolist() if not member.filename.endswith("/")]
        for member in archive.infolist():
            if _TRAVERSES.search(member.filename):
                raise BundleError(member.filename, "the name leads out of the bundle")
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise BundleError(member.filename, "is packed in a way that is not read here")
        for name, times in Counter(member.filename for member in members).items():
            if times > 1:
                raise BundleError(name, "stands in the zip twice")
        _check_sizes({member.filename: member.file_size for member in members})
        for member in members:
            with archive.open(member) as stream:
                # What the directory of a zip says of a size need not be true: read no further than it.
                data = stream.read(member.file_size + 1)
            if len(data) != member.file_size:
                raise BundleError(member.filename, "is not as long as the zip says")
            yield member.filename, data


def _check_sizes(sizes: Mapping[str, int]) -> None:
    if len(sizes) > MOST_FILES:
        raise BundleError("", f"more than {MOST_FILES:,} files")
    for name, size in sizes.items():
        if size > MOST_BYTES_A_FILE:
            raise BundleError(name, f"larger than {MOST_BYTES_A_FILE:,} bytes")
    if sum(sizes.values()) > MOST_BYTES:
        raise BundleError("", f"larger than {MOST_BYTES:,} bytes")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
