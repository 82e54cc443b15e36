"""The three indexes: who and what stands in which entry, each name once, Latin and Chinese in one alphabet."""

import re
import unicodedata
from collections.abc import Iterable

from pypinyin import Style, lazy_pinyin

from secretariat.record.publications.typesetting.book import Book, Entry, Name

SortKey = tuple[tuple[int, int, str], ...]


def sort_key(name: Name) -> SortKey:
    """Letters without accents and case, Chinese by its pinyin with tones, runs of digits by their value."""
    spelt = " ".join(lazy_pinyin(_filed_under(name), style=Style.TONE3, neutral_tone_with_five=True))
    flat = "".join(c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c))
    parts = re.findall(r"\d+|[^\W\d_]+", flat.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def letter(name: Name) -> str:
    """The letter under which a name stands: A to Z, or # for whatever else it begins with."""
    for character in _filed_under(name):
        spelt = unicodedata.normalize("NFKD", lazy_pinyin(character)[0])[:1].upper()
        if character.isalnum():
            return spelt if "A" <= spelt <= "Z" else "#"
    return "#"


def persons(book: Book) -> list[dict[str, object]]:
    """The contributors."""
    return _index((person.name, n, "") for n, entry in _numbered(book) for person in entry.contributors)


def organisations(book: Book) -> list[dict[str, object]]:
    """The applicants, and the organisations of the contributors (marked `other`)."""
    applied = ((a.name, n, "") for n, entry in _numbered(book) for a in entry.applicants)
    named = ((c.organisation, n, "other") for n, entry in _numbered(book) for c in entry.contributors)
    return _index([*applied, *named])


def places(book: Book) -> list[dict[str, object]]:
    """The applicants' countries or regions, and those of use (marked `other`)."""
    applied = ((a.place, n, "") for n, entry in _numbered(book) for a in entry.applicants)
    used = ((place, n, "other") for n, entry in _numbered(book) for place in entry.countries_of_use)
    return _index([*applied, *used])


def _filed_under(name: Name) -> str:
    return name.sort.strip() or name.en.strip() or name.zh.strip()


def _numbered(book: Book) -> Iterable[tuple[int, Entry]]:
    return enumerate(book.entries())


def _index(mentions: Iterable[tuple[Name, int, str]]) -> list[dict[str, object]]:
    """One line per name. An entry that names somebody twice counts once, under the weightier of the two."""
    found: dict[tuple[str, str], tuple[Name, dict[int, str]]] = {}
    for name, entry, kind in mentions:
        if name:
            _, where = found.setdefault((name.en.strip(), name.zh.strip()), (name, {}))
            where.setdefault(entry, kind)
    lines = sorted(
        found.values(), key=lambda line: (letter(line[0]), sort_key(line[0]), line[0].en, line[0].zh)
    )
    return [
        {
            "letter": letter(name),
            "en": name.en.strip(),
            "zh": name.zh.strip(),
            "main": sorted(n for n, kind in where.items() if not kind),
            "other": sorted(n for n, kind in where.items() if kind),
        }
        for name, where in lines
    ]
