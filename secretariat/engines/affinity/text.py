"""Texts as what can be compared: folded Latin words, Chinese words, and the runs that n-grams are taken from.

Latin words lose case and accents. Chinese has no spaces: runs of characters are cut into words by the dictionary
that comes with rjieba; what it cuts differently in different sentences, bi- and trigrams of characters bring together.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

import rjieba

# Han, kana: written without spaces between words.
UNSPACED = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
_UNSPACED = re.compile(rf"[{UNSPACED}]")
_MARKS = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"}
_LETTERS = str.maketrans(_MARKS)

STOP = frozenset(resources.files(__package__).joinpath("stopwords.txt").read_text(encoding="utf-8").split())
"""Words that say nothing about what a text is about."""


@dataclass(frozen=True, slots=True)
class Runs:
    """A text cut where its script changes: folded words of spaced scripts, and runs of unspaced ones, in order."""

    parts: tuple[str, ...]

    @property
    def spaced(self) -> Iterator[str]:
        return (part for part in self.parts if not is_unspaced(part))

    @property
    def unspaced(self) -> Iterator[str]:
        return (part for part in self.parts if is_unspaced(part))


def is_unspaced(part: str) -> bool:
    """Whether a run, or a text that begins with one, is of a script without spaces."""
    return _UNSPACED.match(part) is not None


def fold(text: str) -> str:
    """A text without case and accents; full-width forms become ordinary ones.

    >>> fold("Ｃｙｂｅｒ Çağrı ÉCOLE Straße")
    'cyber cagri ecole strasse'
    """
    if text.isascii():
        return text.casefold()
    parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(
        letter for letter in parted if not unicodedata.combining(letter) or "\u3099" <= letter <= "\u309a"
    )
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def runs(text: str) -> Runs:
    """The runs of a text.

    >>> runs("面向5G网络的 Slicing").parts
    ('面向', '5g', '网络的', 'slicing')
    """
    return Runs(tuple(_RUN.findall(fold(text))))


def chinese_words(run: str) -> list[str]:
    """The words of a run of Chinese characters, without those that say nothing.

    >>> chinese_words("低轨卫星的宽带接入")
    ['低轨', '卫星', '宽带', '接入', '宽带接入']
    """
    return [word for word in rjieba.cut_for_search(run) if len(word) > 1 and word not in STOP]


def character_grams(run: str) -> list[str]:
    """The bi- and trigrams of a run; a single character stands for itself."""
    if len(run) == 1:
        return [run]
    return [run[at : at + size] for size in (2, 3) for at in range(len(run) - size + 1)]


def word_grams(word: str) -> list[str]:
    """The four-character pieces of a word with its borders, and the word itself where it is as short.

    >>> word_grams("mesh")
    ['<mes', 'mesh', 'esh>']
    """
    whole = f"<{word}>"
    return [whole[at : at + 4] for at in range(len(whole) - 3)] or [whole]
