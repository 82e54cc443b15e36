"""What stands in files: characters, columns and days of every kind. Plain values, no database."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

ENCODINGS = ("utf-8", "gb18030", "big5", "cp1252", "utf-16")
DELIMITERS = (",", ";", "\t", "|")
EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]\d{1,2}:\d{2}.*)?")
IN_DIGITS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([A-Za-z]+)\.?,?[\s-]+(\d{4})")
AMERICAN = re.compile(r"([A-Za-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


def guess_encoding(head: bytes) -> str:
    """Return the encoding a file's beginning is most likely in.

    In GBK Chinese stands in pairs of bytes above 127 (the second may be lower); in western text an accented letter
    stands alone between ASCII letters, and would take its neighbour for the other half of a sign.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.startswith(b"\xef\xbb\xbf") or _decodes(head, "utf-8"):
        return "utf-8"
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", head)]
    alone = sum(1 for run in runs if run == 1)
    if _decodes(head, "gb18030") and alone * 2 < len(runs):
        return "gb18030"
    return "cp1252"


def _decodes(head: bytes, encoding: str) -> bool:
    for cut in range(4):  # the end may stand in the middle of a sign
        try:
            head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def guess_delimiter(lines: Sequence[str]) -> str:
    """Return what stands between the columns: what is there in most lines, and equally often."""
    text = re.sub(r'"[^"]*"', '""', "\n".join(lines))
    bare = [line for line in text.split("\n") if line.strip()]

    def rank(sign: str) -> tuple[bool, int, int]:
        counts = [line.count(sign) for line in bare]
        return bool(counts) and min(counts) > 0, -len(set(counts)), sum(counts)

    return max(DELIMITERS, key=rank) if bare else ","


def folded(text: str) -> str:
    """Return a head of a column as it is compared: without case, width, signs and spaces, in British spelling."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", plain).replace("ization", "isation")


def match(heads: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the column of each field whose name, or a name it goes by, is a head; each column once."""
    found: dict[str, int] = {}
    there = [folded(head) for head in heads]
    for key, known in names.items():
        wanted = [folded(name) for name in (key, *known)]
        place = next((at for name in wanted for at, head in enumerate(there) if head == name), None)
        if place is not None and place not in found.values():
            found[key] = place
    return found


def read_day(text: str, order: str = "") -> date | None:
    """Return the day that a text means; None for an empty one. ValueError where it means none, or may mean two.

    ``order`` is "dmy" or "mdy" for days written in digits with the year last; dots mean the day first.

    >>> read_day("2024年3月1日"), read_day("1 Mar 2024"), read_day("01.03.2024"), read_day("45352")
    (datetime.date(2024, 3, 1), datetime.date(2024, 3, 1), datetime.date(2024, 3, 1), datetime.date(2024, 3, 1))
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return None
    if found := YEAR_FIRST.fullmatch(text):
        return _day(text, *found.groups())
    if found := IN_DIGITS.fullmatch(text):
        first, sign, second, year = found.groups()
        return _in_digits(text, int(first), int(second), int(year), "dmy" if sign == "." else order)
    if (found := IN_WORDS.fullmatch(text)) and found[2].lower() in MONTHS:
        return _day(text, found[3], MONTHS[found[2].lower()], found[1])
    if (found := AMERICAN.fullmatch(text)) and found[1].lower() in MONTHS:
        return _day(text, found[3], MONTHS[found[1].lower()], found[2])
    if re.fullmatch(r"[1-9]\d{4}(\.0+)?", text):
        return EPOCH + timedelta(days=int(float(text)))
    raise ValueError(_("“%(text)s” is not a day, such as 2024-03-01.") % {"text": text})


def _in_digits(text: str, first: int, second: int, year: int, order: str) -> date:
    if first > 12 or order == "dmy" or first == second:
        return _day(text, year, second, first)
    if second > 12 or order == "mdy":
        return _day(text, year, first, second)
    raise ValueError(
        _("“%(text)s” may be two days; say above whether the day or the month comes first.") % {"text": text}
    )


def _day(text: str, year: object, month: object, day: object) -> date:
    try:
        return date(int(str(year)), int(str(month)), int(str(day)))
    except ValueError:
        raise ValueError(_("“%(text)s” is not a day, such as 2024-03-01.") % {"text": text}) from None


def cell_text(value: object) -> str:
    """Return what a cell of a spreadsheet says, line by line: days as text, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if not isinstance(value, str):
        return str(value)
    lines = [" ".join(line.split()) for line in value.replace("\x00", "").splitlines()]
    return "\n".join(lines).strip()
