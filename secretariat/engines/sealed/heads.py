"""Signed heads of a log: its size, root and time in a few lines that fit on a receipt (C2SP tlog-checkpoint).

::

    log.example.org/2026
    4711
    9jdFJvMFzv6KXvqXN+TXcPwFbd0hTuwZkKVrPtLZ1rM=
    time 2026-11-24T09:30:00Z

    — log.example.org/2026 m1w0h6n…

The signer's name is the log's origin. The time stands in an extension line, which other readers of the
format pass over; it is what the log's keeper says, not what the signature proves.
"""

import base64
import binascii
import itertools
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from secretariat.engines.sealed import notes
from secretariat.engines.sealed.merkle import HASH_BYTES

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_TIME = re.compile(r"time (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)")


class HeadError(ValueError):
    """A head cannot be read, or is not signed by the key it should be; the message says why."""


@dataclass(frozen=True, slots=True)
class Head:
    """The state of a log at one moment: whose log, how many leaves, their root (32 bytes), and when."""

    origin: str
    size: int
    root: bytes
    at: datetime

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.root) != HASH_BYTES:
            raise HeadError("a head has a size of 0 or more and a root of 32 bytes")
        if self.at.tzinfo is None:
            raise HeadError("the time of a head needs a time zone")


def head_text(head: Head) -> str:
    """The lines that are signed. The time is written in UTC, fractions of a second cut off."""
    root = base64.b64encode(head.root).decode()
    at = head.at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()
    return f"{head.origin}\n{head.size}\n{root}\ntime {at}Z\n"


def sign_head(head: Head, key: notes.SigningKey) -> str:
    """The signed head. Raises HeadError if the key is not that of the log: its name is the origin."""
    if key.name != head.origin:
        raise HeadError(f"a head of {head.origin} is not signed by {key.name}")
    return notes.sign(head_text(head), key)


def verify_head(note: str, key: notes.VerifierKey) -> Head:
    """The head of a note, once its signature has been found good.

    Raises HeadError if the note is not a head, is another log's, or is not signed by the key.
    """
    try:
        head = _head(notes.verified_text(note, key))
    except notes.NoteError as error:
        raise HeadError(str(error)) from None
    if head.origin != key.name:
        raise HeadError(f"it is a head of {head.origin}, signed by {key.name}")
    return head


def read_head(note: str) -> Head:
    """The head of a note, **not verified**: to tell which log and which size it is about.

    Raises HeadError if the note is not a head.
    """
    try:
        return _head(notes.text_of(note))
    except notes.NoteError as error:
        raise HeadError(str(error)) from None


def find_head(text: str, origin: str) -> str:
    """The note of the head of ``origin`` that stands in a text: a saved receipt, a mail, or the note alone.

    Line ends, indentation and the marks of a quotation are made good; the note is **not verified**.
    Raises HeadError where there is none, or several that differ.
    """
    lines = [line.strip().lstrip("> ") for line in text.removeprefix("\ufeff").splitlines()]
    found = {_note_at(lines, start) for start, line in enumerate(lines) if line == origin} - {""}
    if len(found) != 1:
        raise HeadError(
            f"there are {len(found)} heads of {origin} in it" if found else f"no head of {origin} in it"
        )
    return found.pop()


def _note_at(lines: list[str], start: int) -> str:
    gap = next((n for n in range(start, len(lines)) if not lines[n]), len(lines))
    signatures = list(itertools.takewhile(lambda line: line.startswith("— "), lines[gap + 1 :]))
    return "\n".join([*lines[start:gap], "", *signatures, ""]) if signatures else ""


def _head(text: str) -> Head:
    lines = text.split("\n")[:-1]
    if len(lines) < 4 or not all(lines) or not _SIZE.fullmatch(lines[1]):
        raise HeadError("not a head: the lines origin, size, root and time are missing")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except binascii.Error:
        root = b""
    if len(root) != HASH_BYTES or base64.b64encode(root).decode() != lines[2]:
        raise HeadError("the third line is not the base64 of a root of 32 bytes")
    times = [found[1] for line in lines[3:] if (found := _TIME.fullmatch(line))]
    if len(times) != 1:
        raise HeadError("a head has one line 'time YYYY-MM-DDTHH:MM:SSZ'")
    try:
        at = datetime.fromisoformat(times[0])
    except ValueError:
        raise HeadError(f"there is no such time as {times[0]}") from None
    return Head(lines[0], int(lines[1]), root, at)
