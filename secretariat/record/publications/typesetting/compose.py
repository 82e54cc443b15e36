"""Sets a book in type: from a `Book` to the bytes of a PDF, the same bytes for the same book.

The templates (`*.typ`) never contain user text: it reaches them as a JSON file in a folder of its own, so that
nothing a person wrote is ever read as Typst. The PDF is tagged, carries its
languages and embeds its fonts (PDF/A-2a, PDF/UA-1).
"""

import hashlib
import io
import json
import re
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import segno

from secretariat.engines.typesetting import fonts
from secretariat.engines.typesetting.setting import compiler, printable
from secretariat.record.publications.typesetting import indexes
from secretariat.record.publications.typesetting.book import Bilingual, Book, Entry, Section, Stage

TEMPLATES = Path(__file__).parent

_HASH = re.compile(r"[0-9a-f]{64}")
_LONG_WORD = re.compile(r"[!-~]{25,}")
_AFTER = re.compile(r"(?<=[/.?&=_#%+:-])(?=[^\s/])")
_SPACE = "\u200b"  # invisible, lets a line break where a long word has no other place for it


class BookError(ValueError):
    """The book cannot be set as it is; the message says which part, and why."""


def typeset(book: Book, *, out: Path | None = None) -> bytes:
    """The book as PDF; written to `out` as well, if given, and only once it is whole.

    Raises BookError if the book contradicts itself: no entry, a ref twice, an entry without a title, a level
    that the book does not define, a list hash that is not 64 hexadecimal digits.
    """
    _check(book)
    with TemporaryDirectory(prefix="book-") as folder:
        lay_out(book, Path(folder))
        pdf = compiler(Path(folder), "book.typ").compile(
            format="pdf",
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(datetime.combine(book.published_on, time(), UTC).timestamp()),
        )
    assert isinstance(pdf, bytes)  # a list is what the compiler makes of several images
    if out is not None:
        part = out.with_name(out.name + ".part")
        part.write_bytes(pdf)
        part.replace(out)
    return pdf


def lay_out(book: Book, folder: Path) -> None:
    """Write the templates and the book's data into an empty folder, ready to be compiled."""
    for template in TEMPLATES.glob("*.typ"):
        (folder / template.name).write_bytes(template.read_bytes())
    (folder / "book.json").write_text(
        json.dumps(printable(_data(book)), ensure_ascii=False), encoding="utf-8"
    )
    if book.colophon.url:
        svg = io.BytesIO()
        segno.make(book.colophon.url, error="m", micro=False).save(
            svg, kind="svg", border=0, dark="#152a58", xmldecl=False
        )
        (folder / "qr.svg").write_bytes(svg.getvalue())


def _check(book: Book) -> None:
    entries = list(book.entries())
    if not entries:
        raise BookError("the book has no entry")
    if not _says(book.title):
        raise BookError("the book has no title")
    for number, section in enumerate(book.sections, 1):
        if not _says(section.name):
            raise BookError(f"section {number} has no name")
    twice = sorted(ref for ref, count in Counter(entry.ref for entry in entries).items() if count > 1)
    if twice:
        raise BookError(f"more than one entry has the ref {twice[0]}")
    for entry in entries:
        if not _says(entry.title):
            raise BookError(f"entry {entry.ref} has no title")
    _check_levels(book)
    for what, value in [
        ("the book", book.list_hash),
        *((f"stage {s.name.en}", s.list_hash) for s in book.stages),
    ]:
        if (value or what == "the book") and not _HASH.fullmatch(value):
            raise BookError(f"the list hash of {what} is not 64 hexadecimal digits: {value[:80]!r}")


def _check_levels(book: Book) -> None:
    known = {level.key for level in book.levels}
    used = [(f"entry {entry.ref} has", entry.level) for entry in book.entries() if entry.level]
    counted = [(f"stage {stage.name.en} counts", key) for stage in book.stages for key, _ in stage.split]
    for what, key in used + counted:
        if key not in known:
            raise BookError(f"{what} the level {key}, which the book does not define")


def _says(words: Bilingual) -> bool:
    return bool(fonts.fit_to_print(words.en) or fonts.fit_to_print(words.zh))


def _data(book: Book) -> dict[str, Any]:
    """What the templates read."""
    numbers = {entry.ref: number for number, entry in enumerate(book.entries())}
    marks: dict[str, str] = {level.key: level.mark for level in book.levels}
    day = book.published_on
    return asdict(book) | {
        "cloth": book.list_hash,
        "date": [day.year, day.month, day.day],
        "published": day.isoformat(),
        "published_on": None,
        "description": " · ".join(part for part in (book.subtitle.en, book.edition.en) if part)
        + (" (simulated)" if book.simulated else ""),
        "keywords": ["simulated"] if book.simulated else [],
        "stages": [_stage(stage) for stage in book.stages],
        "sections": [_section(section, numbers, marks) for section in book.sections],
        "persons": indexes.persons(book),
        "organisations": indexes.organisations(book),
        "places": indexes.places(book),
        "places_title": {"en": f"Index by {book.place_label.en.lower()}", "zh": f"{book.place_label.zh}索引"},
        "qr": bool(book.colophon.url),
        "colophon": asdict(book.colophon)
        | {
            "url_shown": _breakable(book.colophon.url),
            "linked": _is_link(book.colophon.url),
            "command_shown": _breakable(book.colophon.command),
            "head_shown": _breakable(book.colophon.head),
        },
    }


def _stage(stage: Stage) -> dict[str, Any]:
    frozen = stage.frozen_on.isoformat() if stage.frozen_on else ""
    return asdict(stage) | {"frozen": frozen, "frozen_on": None, "head": _breakable(stage.head)}


def _section(section: Section, numbers: dict[str, int], marks: dict[str, str]) -> dict[str, Any]:
    return {
        "name": asdict(section.name),
        "cloth": _digits([entry.ref for entry in section.entries]),
        "entries": [
            _entry(entry, numbers[entry.ref], marks.get(entry.level, "")) for entry in section.entries
        ],
    }


def _entry(entry: Entry, number: int, mark: str) -> dict[str, Any]:
    return asdict(entry) | {
        "number": number,
        "mark": mark,
        "cloth": _digits([entry.ref, entry.title.en, entry.title.zh, entry.summary.en, entry.summary.zh]),
        "url_shown": _breakable(entry.url),
        "linked": _is_link(entry.url),
    }


def _digits(parts: list[str]) -> str:
    """64 hexadecimal digits for the ornament of a section or an entry."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _is_link(url: str) -> bool:
    return urlsplit(url).scheme in {"http", "https"}


def _breakable(text: str) -> str:
    """The text with invisible places for a line break inside its long words."""
    return _LONG_WORD.sub(lambda word: _SPACE.join(_pieces(word[0])), text)


def _pieces(word: str) -> list[str]:
    """A long word cut after its punctuation, and in any case every 20 characters."""
    return [part[n : n + 20] for part in _AFTER.split(word) for n in range(0, len(part), 20)]
