"""How one text became another: word by word, and Chinese character by character."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Kind = Literal["same", "gone", "new"]
Piece = tuple[Kind, str]

# A word with the space after it, so that a struck-out phrase reads as one; what is written without spaces, by sign.
_TOKEN = re.compile(r"[⺀-鿿豈-﫿\U00020000-\U0003ffff぀-ヿ]|\w+[^\S\n]*|\n|[^\w\n]", re.UNICODE)
# Beyond this many pairs of words a passage is shown as replaced whole: nobody reads such a patchwork.
_PAIRS = 4_000_000


def compare(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts in order; those not new make the first text, those not gone the second."""
    pieces = _passages(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [
        (kind, "".join(text for _kind, text in run))
        for kind, run in groupby((piece for piece in pieces if piece[1]), key=lambda piece: piece[0])
    ]


def _passages(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    """Line by line first, and words only where lines differ: long texts stay quick."""
    for same, gone, new in _runs(before, after):
        if same:
            yield "same", gone
            continue
        old, young = _TOKEN.findall(gone), _TOKEN.findall(new)
        if len(old) * len(young) > _PAIRS:
            yield "gone", gone
            yield "new", new
            continue
        for equal, less, more in _runs(old, young):
            if equal:
                yield "same", less
            else:
                yield "gone", less
                yield "new", more


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    for tag, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield tag == "equal", "".join(before[i:j]), "".join(after[m:n])
