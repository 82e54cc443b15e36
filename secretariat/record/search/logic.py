"""How text is divided into words that are found again: Latin ones folded, Chinese ones cut and in pairs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import rjieba

from secretariat.registry.organisations.logic import fold

CHINESE = r"\u3400-\u9fff\uf900-\ufaff"
RUNS = re.compile(rf"[{CHINESE}]+|[^\W{CHINESE}]+")
MAX_WORDS = 12
EXCERPT = 180
BEGINNING = 3  # letters from which a word is found by its beginning


@dataclass(frozen=True)
class Piece:
    """A piece of text, and whether it is what was looked for."""

    text: str
    is_hit: bool


def is_chinese(word: str) -> bool:
    return re.match(f"[{CHINESE}]", word) is not None


def pairs(word: str) -> list[str]:
    """Return each two neighbouring characters of a Chinese word."""
    return [word[at : at + 2] for at in range(len(word) - 1)]


def indexed(text: str) -> str:
    """Return the words under which a text is found.

    Names are cut differently in different sentences, so that each pair of Chinese characters is a word too.
    """
    words: list[str] = []
    for run in RUNS.findall(fold(text)):
        if is_chinese(run):
            words += dict.fromkeys([*rjieba.cut_for_search(run), *pairs(run)])
        else:
            words.append(run)
    return " ".join(words)


def asked(text: str) -> list[str]:
    """Return the words somebody looks for, in order; Chinese ones cut."""
    words: list[str] = []
    for run in RUNS.findall(fold(text[:400])):
        words += rjieba.cut(run) if is_chinese(run) else [run]
    return words[:MAX_WORDS]


def expression(words: Sequence[str], weight: str = "") -> str:
    """Return what PostgreSQL is asked: every word must be there, the last and longer ones by their beginning.

    With a weight, only where it stands with that: A is what a thing is called.
    """
    parts: list[str] = []
    for at, word in enumerate(words, 1):
        if is_chinese(word) and len(word) > 1:
            parts += [f"'{pair}'" + (f":{weight}" if weight else "") for pair in pairs(word)]
        else:
            begins = is_chinese(word) or at == len(words) or len(word) >= BEGINNING
            marks = ("*" if begins else "") + weight
            parts.append(f"'{word}':{marks}" if marks else f"'{word}'")
    return " & ".join(parts)


def marked(text: str, words: Iterable[str]) -> list[Piece]:
    """Return a text in pieces, those that were looked for marked."""
    sought = sorted({word for word in words if word}, key=len, reverse=True)
    if not sought or not text:
        return [Piece(text, False)] if text else []
    # A Latin word is one from its beginning on; Chinese has no such border.
    each = [re.escape(word) if is_chinese(word) else rf"(?<!\w){re.escape(word)}" for word in sought]
    parts = re.split(f"({'|'.join(each)})", text, flags=re.IGNORECASE)
    return [Piece(part, at % 2 == 1) for at, part in enumerate(parts) if part]


def excerpt(text: str, words: Sequence[str]) -> list[Piece]:
    """Return the part of a text around the first word that was looked for; nothing where none stands in it."""
    at = 0
    for piece in marked(text, words):
        if piece.is_hit:
            break
        at += len(piece.text)
    else:
        return []
    begin = max(0, at - EXCERPT // 3)
    if begin and (space := text.find(" ", begin, at)) > 0:
        begin = space + 1
    cut = text[begin : begin + EXCERPT]
    shown = ("…" if begin else "") + cut.strip() + ("…" if begin + EXCERPT < len(text) else "")
    return marked(shown, words)
