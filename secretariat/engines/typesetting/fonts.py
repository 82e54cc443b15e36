"""The faces the books are set in, found in their packages, and which characters they can set."""

import struct
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path

GETA = "〓"
"""What a Chinese or Japanese typesetter puts where the case has no sort for a character."""

_PACKAGES = {"fontpkg_noto_sans": "files", "manimgx_fonts_cjk": ""}


@cache
def folders() -> tuple[Path, ...]:
    """Where the font files lie. Raises ModuleNotFoundError if one of the two font packages is missing."""
    return tuple(Path(str(files(package))) / folder for package, folder in _PACKAGES.items())


@cache
def covered() -> frozenset[int]:
    """The code points that at least one of the faces has a glyph for."""
    points: set[int] = set()
    for folder in folders():
        for path in sorted(folder.glob("*.[ot]t[fc]")):
            points |= _points_of(path.read_bytes())
    return frozenset(points)


def fit_to_print(text: str) -> str:
    """The text as it can be set.

    Composed (NFC), without control and direction characters, every kind of space but the ideographic and the
    no-break one made plain, white space cut off at both ends, and a geta mark for each character that no face
    has a glyph for. Line breaks and zero-width spaces stay.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text if text.isascii() and text.isprintable() else "".join(map(_sort, text))


def _sort(character: str) -> str:
    if character in "\n\u200b\u3000\u00a0":
        return character
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp"} or character == "\t":
        return " "
    if category in {"Cc", "Cf", "Cs"}:
        return ""
    # Private-use characters mean nothing to another reader, and an archival PDF may not hold them.
    return character if category != "Co" and ord(character) in covered() else GETA


def _points_of(data: bytes) -> set[int]:
    """The code points of the first font of a file, from its `cmap` (OpenType 1.9, subtables 4 and 12)."""
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    count = struct.unpack_from(">H", data, start + 4)[0]
    tables = (struct.unpack_from(">4sIII", data, start + 12 + 16 * n) for n in range(count))
    cmap = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    points: set[int] = set()
    for n in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        subtable = cmap + struct.unpack_from(">I", data, cmap + 4 + 8 * n + 4)[0]
        points |= _points_of_subtable(data, subtable)
    return points


def _points_of_subtable(data: bytes, at: int) -> set[int]:
    form = struct.unpack_from(">H", data, at)[0]
    if form == 12:
        count = struct.unpack_from(">I", data, at + 12)[0]
        groups = (struct.unpack_from(">III", data, at + 16 + 12 * n) for n in range(count))
        return {point for first, last, _ in groups for point in range(first, last + 1)}
    if form == 4:
        half = struct.unpack_from(">H", data, at + 6)[0] // 2
        lasts = struct.unpack_from(f">{half}H", data, at + 14)
        firsts = struct.unpack_from(f">{half}H", data, at + 16 + 2 * half)
        return {
            p for first, last in zip(firsts, lasts, strict=True) for p in range(first, last + 1) if p < 0xFFFF
        }
    return set()
