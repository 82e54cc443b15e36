"""The table of places, their names in CLDR and the keys they are sorted by: plain values, no database."""

import csv
import unicodedata
from functools import cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError

LANGUAGES = ("en", "zh")
FLAGS = ("ldc", "lldc", "sids")


def place_rows() -> list[dict[str, str]]:
    """Return the 249 rows of ``data/places.csv`` by column, in order of the two-letter code."""
    table = files(__package__).joinpath("data", "places.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines()))


@cache
def tiles() -> dict[str, tuple[int, int]]:
    """Return the (column, row) of every place on the map of tiles, by two-letter code (``data/positions.csv``)."""
    table = files(__package__).joinpath("data", "positions.csv").read_text(encoding="utf-8")
    return {
        row["alpha2"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(table.splitlines())
    }


@cache
def _territories(language: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(language.replace("_", "-"), sep="-").territories)
    except (UnknownLocaleError, ValueError):
        return {}


def cldr_name(alpha2: str, language: str) -> str:
    """Return the name of a place in CLDR, for a language code such as ``fr`` or ``zh-hans``; empty where unknown."""
    return _territories(language).get(alpha2, "")


def sort_key_en(name: str) -> str:
    """Return the key by which an English list is sorted: small letters without marks, words apart by one space.

    >>> sort_key_en("Côte d’Ivoire"), sort_key_en("Åland Islands")
    ('cote divoire', 'aland islands')
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = (c if c.isalnum() else " " if c.isspace() or c in "-," else "" for c in plain if c.isascii())
    return " ".join("".join(kept).split())


def sort_key_zh(name: str) -> str:
    """Return the key by which a Chinese list is sorted: pinyin, syllable by syllable, tones as digits.

    >>> sort_key_zh("中国香港")
    'zhong1 guo2 xiang1 gang3'
    """
    # Its dictionaries take a third of a second to load, and only loading and renaming need them.
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True, errors=list)
    words = ("".join(c for c in s.lower() if c.isalnum()) for s in syllables)
    return " ".join(word for word in words if word)
