"""What kind of file these bytes are. The name of a file is never believed, except among the kinds of plain text."""

import codecs
import json
import re
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

import puremagic

UNKNOWN = "application/octet-stream"
PIECE = 1 << 20  # what a browser sends at once: a lost connection costs no more
CHUNK = 1 << 20
EDGE = 1 << 16  # the last signature in use (ISO 9660) begins at byte 32,769
JSON_LIMIT = 8 << 20  # a larger text is not parsed to see whether it is JSON

SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
# The part of an Office Open XML package (ECMA-376) that says what it is.
OFFICE = {
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
PLAIN_TEXT = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".md": "text/markdown"}
CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


def sniff(stream: BinaryIO, name: str = "") -> str:
    """Return the media type of a seekable stream, ``application/octet-stream`` when nothing is recognised.

    ``name`` chooses only between the kinds of plain text, which no byte tells apart.
    """
    stream.seek(0)
    head = stream.read(EDGE)
    for signature, media_type in SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    for check in (_archive, lambda stream, head: _text(stream, head, name), _other):
        if media_type := check(stream, head):
            return media_type
    return UNKNOWN


def _archive(stream: BinaryIO, head: bytes) -> str:
    if not head.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            declared = b""
            if names[:1] == ["mimetype"]:
                with archive.open("mimetype") as member:
                    declared = member.read(100)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return UNKNOWN
    if declared:  # OpenDocument 1.3 part 2 section 3.3, EPUB 3 OCF section 4.3
        return declared.decode("ascii", "replace").strip()
    if "[Content_Types].xml" in names:
        found = {name.partition("/")[0] for name in names}
        for folder, media_type in OFFICE.items():
            if folder in found:
                return media_type
    return "application/zip"


def _text(stream: BinaryIO, head: bytes, name: str) -> str:
    if not _is_text(stream):
        return ""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:1024].lower()
    if start.startswith((b"<?xml", b"<svg")):
        root = re.search(rb"<(?:\w+:)?([A-Za-z_][\w.-]*)", head)
        return "image/svg+xml" if root and root[1] == b"svg" else "application/xml"
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if start[:1] in (b"{", b"[") and _is_json(stream):
        return "application/json"
    return PLAIN_TEXT.get(PurePosixPath(name).suffix.lower(), "text/plain")


def _is_text(stream: BinaryIO) -> bool:
    """Whether the whole stream is UTF-8 without control characters other than white space."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(CHUNK):
            if CONTROLS.intersection(chunk):
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_json(stream: BinaryIO) -> bool:
    stream.seek(0)
    content = stream.read(JSON_LIMIT + 1)
    try:
        return len(content) <= JSON_LIMIT and json.loads(content) is not None
    except (ValueError, RecursionError):
        return False


def _other(stream: BinaryIO, head: bytes) -> str:
    try:
        matches = puremagic.magic_string(head)  # the same call in puremagic 1 and 2
    except LookupError:
        return ""
    # Executables and the like have a name there and no type; what is text has been settled before.
    types = (match.mime_type for match in matches)
    return next((media_type for media_type in types if media_type and not media_type.startswith("text/")), "")


def clean_name(name: str) -> str:
    """Return the file's own name: no folder, nothing unprintable, 200 characters with the ending kept."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    printable = "".join(character for character in last if character.isprintable()).strip(" .")
    if len(printable) <= 200:
        return printable
    ending = PurePosixPath(printable).suffix[:20]
    return printable[: 200 - len(ending)] + ending


def storage_key(sha256: str) -> str:
    """Return where content with this hash (64 hexadecimal digits) lives: ``ab/cd/abcd…``."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def readable_size(size: int) -> str:
    """Return a size in the largest unit it fills, in powers of 1024: ``1.5 MiB``."""
    value, units = float(size), ["B", "KiB", "MiB", "GiB"]
    while value >= 1024 and len(units) > 1:
        value, units = value / 1024, units[1:]
    return f"{round(value, 1):g} {units[0]}"


def content_range(header: str) -> tuple[int, int, int] | None:
    """Return first byte, last byte and whole size of a ``Content-Range`` (RFC 9110, 14.4); None for any other."""
    found = re.fullmatch(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})", header.strip())
    if found is None:
        return None
    first, last, whole = (int(number) for number in found.groups())
    return (first, last, whole) if first <= last < whole else None
