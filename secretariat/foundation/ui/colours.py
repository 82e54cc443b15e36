"""The colours of the house as tokens.css says them, by day and by night, and how far text stands out on its ground."""

import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

SHEET = Path(__file__).parent / "static" / "ui" / "css" / "tokens.css"
_TOKEN = re.compile(r"--([a-z-]+): (?:light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\)|(oklch\([^)]*\)));")
# Text stands out from its ground by at least this much (WCAG 2.2, 1.4.3); the edge of a control by three (1.4.11).
TEXT, EDGE = 4.5, 3.0
GROUNDS = ("paper", "paper-raised", "paper-sunk")
# What is written on what. Small text everywhere, so the strict bound holds for all.
PAIRS = (
    *((text, ground) for text in ("ink", "ink-soft", "accent", "accent-hover", "urgent") for ground in GROUNDS),
    ("ink", "accent-pale"), ("accent", "accent-pale"), ("ink", "urgent-pale"), ("urgent-on-pale", "urgent-pale"),
    ("on-accent", "accent"), ("on-accent", "accent-hover"), ("on-accent", "urgent"), ("on-cloth", "cloth"),
    ("on-cloth-soft", "cloth"),
)  # fmt: skip
EDGES = tuple(("line-field", ground) for ground in GROUNDS)


class Shades(NamedTuple):
    """A token's colour by day and by night, as oklch."""

    day: str
    night: str


@dataclass(frozen=True)
class Pair:
    """A text on its ground and how far it stands out, by day and by night."""

    text: str
    ground: str
    day: float
    night: float

    @property
    def is_edge(self) -> bool:
        return (self.text, self.ground) in EDGES

    @property
    def sides(self) -> tuple[tuple[str, float], ...]:
        return ("day", self.day), ("night", self.night)


@cache
def tokens() -> dict[str, Shades]:
    """Return every colour of the sheet by the name of its token."""
    found = _TOKEN.findall(SHEET.read_text(encoding="utf-8"))
    return {name: Shades(day or always, night or always) for name, day, night, always in found}


@cache
def pairs() -> list[Pair]:
    """Return what is written on what, with its contrast."""
    shades = tokens()
    return [
        Pair(text, ground, *(contrast(*both) for both in zip(shades[text], shades[ground], strict=True)))
        for text, ground in (*PAIRS, *EDGES)
    ]


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two oklch colours, between 1 and 21 (WCAG 2.2)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of an oklch colour (CSS Color 4, section 10.12; WCAG 2.2)."""
    lightness, chroma, hue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    l, m, s = (  # noqa: E741 -- the names of the standard
        (lightness + x * a + y * b) ** 3
        for x, y in (
            (0.3963377774, 0.2158037573),
            (-0.1055613458, -0.0638541728),
            (-0.0894841775, -1.2914855480),
        )
    )
    red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
    green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
    blue = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    return sum(w * min(1, max(0, c)) for w, c in ((0.2126, red), (0.7152, green), (0.0722, blue)))
