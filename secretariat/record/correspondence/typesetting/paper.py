"""A letter on paper: plain values in, the bytes of a PDF out, the same for the same letter."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from secretariat.engines.typesetting.setting import set_sheet


@dataclass(frozen=True)
class House:
    """Whose letter it is, in both languages."""

    en: str
    zh: str = ""


@dataclass(frozen=True)
class Sheet:
    """What stands on the paper. ``signed`` and ``draft`` are sentences, one of them empty; each recipient is lines."""

    house: House
    number: str
    day: str
    language: str
    recipients: tuple[str, ...]
    subject: str
    paragraphs: tuple[str, ...]
    website: str = ""
    signer: str = ""
    signed: str = ""
    digest: str = ""
    draft: str = ""
    simulated: str = ""


def set_letter(sheet: Sheet, at: datetime) -> bytes:
    """Set a letter as PDF; ``at`` is when it was signed."""
    return set_sheet([Path(__file__).parent / "letter.typ"], "letter.typ", asdict(sheet), at)
