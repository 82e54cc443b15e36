"""Minutes in plain values: what becomes of a paragraph that is drafted again, and what a digest is taken of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Drafted:
    """A paragraph as the record tells it, in one language."""

    key: str
    language: str
    heading: str
    text: str
    number: str = ""
    item: Any = None


def joined(sentences: Sequence[str], language: str) -> str:
    """Put sentences one after the other, as the language does; empty ones are left out."""
    return ("" if language == "zh" else " ").join(sentence for sentence in sentences if sentence)


def parted(paragraphs: Sequence[str]) -> str:
    """Put paragraphs one below the other; empty ones are left out."""
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def listed(names: Sequence[str], language: str) -> str:
    """Put names in a list, as the language does."""
    return ("、" if language == "zh" else ", ").join(names)


def content_of(minutes: str, meeting: str, paragraphs: Sequence[Any]) -> dict[str, Any]:
    """Return minutes as plain values: what their digest is taken of."""
    rows = sorted(paragraphs, key=lambda row: (row.position, row.language))
    return {
        "scheme": "secretariat/minutes/1", "minutes": minutes, "meeting": meeting,
        "paragraphs": [
            {"number": r.number, "language": r.language, "heading": r.heading, "text": r.text} for r in rows
        ],
    }  # fmt: skip
