"""A text of paragraphs in two languages and what amendments do to it. Plain values only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Paragraph:
    """One paragraph as it reads in English and in Chinese."""

    en: str
    zh: str


@dataclass(frozen=True)
class Change:
    """What an amendment does to the paragraph with a number; an insertion comes after it, after 0 at the beginning."""

    doing: str
    paragraph: int
    en: str = ""
    zh: str = ""


@dataclass
class _Slot:
    """A place in the text: the paragraph that stands there, if any, and what was inserted after it."""

    stands: Paragraph | None
    after: list[Paragraph] = field(default_factory=list)


def consolidate(text: Sequence[Paragraph], changes: Sequence[Change]) -> tuple[Paragraph, ...]:
    """Return the text with the changes taken in, in their order; numbers are those of the text before any of them.

    Of two that touch the same paragraph the later one stands. Insertions at one place follow each other.

    Raises:
        ValueError: a change is about a paragraph that is not there.
    """
    slots = [_Slot(None), *(_Slot(paragraph) for paragraph in text)]
    for change in changes:
        if not fits(change, len(text)):
            raise ValueError(f"There is no paragraph {change.paragraph} to {change.doing}.")
        slot = slots[change.paragraph]
        if change.doing == "insert":
            slot.after.append(Paragraph(change.en, change.zh))
        else:
            slot.stands = Paragraph(change.en, change.zh) if change.doing == "replace" else None
    return tuple(
        paragraph for slot in slots for paragraph in (slot.stands, *slot.after) if paragraph is not None
    )


def fits(change: Change, length: int) -> bool:
    """Whether a change is about a paragraph that a text of this length has."""
    first = 0 if change.doing == "insert" else 1
    return first <= change.paragraph <= length


def compete(one: Change, other: Change) -> bool:
    """Whether two changes cannot both stand as they are: they touch the same paragraph itself."""
    return one.paragraph == other.paragraph and "insert" not in (one.doing, other.doing)


def reach(change: Change, text: Sequence[Paragraph]) -> float:
    """How far a change goes: 2 for a paragraph that is deleted, at most 1 for what is replaced, -1 for an insertion."""
    if change.doing == "insert":
        return -1.0
    if change.doing == "delete":
        return 2.0
    before = text[change.paragraph - 1]
    same = [
        SequenceMatcher(None, old, new, autojunk=False).ratio()
        for old, new in ((before.en, change.en), (before.zh, change.zh))
    ]
    return 1.0 - sum(same) / len(same)


def farthest_first(text: Sequence[Paragraph], changes: Sequence[Change]) -> list[int]:
    """Return the changes' indices in the order in which to vote: by paragraph, the most far-reaching first."""
    return sorted(range(len(changes)), key=lambda at: (changes[at].paragraph, -reach(changes[at], text), at))


def before_and_after(change: Change, text: Sequence[Paragraph]) -> tuple[Paragraph, Paragraph]:
    """Return the paragraph as it stands and as the change would have it; nothing where there is none."""
    nothing = Paragraph("", "")
    before = nothing if change.doing == "insert" else text[change.paragraph - 1]
    return before, nothing if change.doing == "delete" else Paragraph(change.en, change.zh)
