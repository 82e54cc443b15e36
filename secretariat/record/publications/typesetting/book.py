"""What a book holds: plain values, frozen, in the order in which they are printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in English and in Chinese; either may be missing, and the other then stands alone."""

    en: str = ""
    zh: str = ""

    def __bool__(self) -> bool:
        return bool(self.en.strip() or self.zh.strip())


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a person, an organisation, or a country or region.

    `sort` is what the index is ordered by, where that is not the name as it is shown
    ("Example, Mira" for Mira Example). Two equal names are one line of the index.
    """

    en: str = ""
    zh: str = ""
    sort: str = ""

    def __bool__(self) -> bool:
        return bool(self.en.strip() or self.zh.strip())


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applied, and from which country or region."""

    name: Name
    place: Name


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person named in the entry, and the organisation she did the work for."""

    name: Name
    organisation: Name = Name()


@dataclass(frozen=True, slots=True)
class Level:
    """A kind of honour. Its mark is a solid or an open rosette."""

    key: str
    name: Bilingual
    mark: Literal["solid", "open"] = "solid"


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission of the list. `level` is the key of a Level, or empty where no honour was conferred."""

    ref: str
    title: Bilingual
    field: Bilingual
    applicants: tuple[Applicant, ...]
    summary: Bilingual
    countries_of_use: tuple[Name, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    level: str = ""
    url: str = ""
    note: Bilingual = Bilingual()


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one topic."""

    name: Bilingual
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One cut of the selection: its rule, what was left, and where the log holds the frozen list.

    `list_hash` is the SHA-256 of the frozen list in 64 hexadecimal digits, `log_index` the number of its
    leaf in the log (from 0), `head` the signed head of the log that was given out when the list was frozen.
    `split` says how the last list divides among the levels: pairs of a level's key and a count.
    """

    name: Bilingual
    rule: Bilingual
    count: int
    frozen_on: date | None = None
    list_hash: str = ""
    log_index: int | None = None
    head: str = ""
    split: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Colophon:
    """How the book is checked by somebody who trusts neither it nor us.

    `head` is the signed head of the log (a note of several lines), `command` what to run, `url` where the
    instruction stands; the QR code leads there.
    """

    text: tuple[Bilingual, ...] = ()
    command: str = ""
    url: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A book from a frozen list. `list_hash` is the hash of that list; the cloth of the cover is drawn from it.

    `simulated_text` and `non_affiliation` are whole statements for the imprint; the short mark "Simulated"
    stands on the cover and in the foot of every page as soon as `simulated` is true.
    `place_label` is the organisation's wording for countries and regions.
    """

    title: Bilingual
    subtitle: Bilingual
    edition: Bilingual
    publisher: Bilingual
    published_on: date
    list_hash: str
    sections: tuple[Section, ...]
    levels: tuple[Level, ...] = ()
    stages: tuple[Stage, ...] = ()
    foreword: tuple[Bilingual, ...] = ()
    selection_note: tuple[Bilingual, ...] = ()
    colophon: Colophon = Colophon()
    simulated: bool = False
    simulated_text: Bilingual = Bilingual()
    non_affiliation: Bilingual = Bilingual()
    place_label: Bilingual = Bilingual("Country or region", "国家或地区")

    def entries(self) -> Iterator[Entry]:
        """Every entry, in the order of the book."""
        for section in self.sections:
            yield from section.entries
