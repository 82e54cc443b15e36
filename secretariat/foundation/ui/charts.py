"""Charts as numbers: what a chart shows, worked out from its data. Templates draw it; nothing here knows a feature."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, floor, log10

from secretariat.foundation.ui.tables.columns import Label

Point = tuple[int, int]  # (days left, count)


def share(value: float, whole: float) -> str:
    """Return a part of a whole as SVG says it: "37.5%"."""
    return f"{100 * value / whole if whole else 0:.4g}%"


def round_top(value: float) -> int:
    """Return a round number at or above a value: where a scale ends."""
    if value <= 5:
        return max(1, ceil(value))
    unit = 10 ** floor(log10(value))
    return next(round(step * unit) for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * unit >= value)


@dataclass(frozen=True)
class Bar:
    """One bar. ``before`` is the same figure of last time, shown as a mark beside it."""

    label: Label
    value: float
    before: float | None = None
    path: str = ""


@dataclass(frozen=True)
class Bars:
    """Bars on one scale, in the order given."""

    bars: Sequence[Bar]
    top: float = 0.0

    @property
    def end(self) -> float:
        return self.top or max(
            (value for bar in self.bars for value in (bar.value, bar.before or 0)), default=0
        )

    @property
    def rows(self) -> list[tuple[Bar, str, str]]:
        """Each bar with its length and the place of its mark."""
        marked = [share(bar.before, self.end) if bar.before is not None else "" for bar in self.bars]
        return [(bar, share(bar.value, self.end), mark) for bar, mark in zip(self.bars, marked, strict=True)]

    @property
    def has_before(self) -> bool:
        return any(bar.before is not None for bar in self.bars)


@dataclass(frozen=True)
class Part:
    """A part of a whole; its tone is one of done, going, waiting, stopped, urgent."""

    label: Label
    value: int
    tone: str = "done"
    path: str = ""


@dataclass(frozen=True)
class Stack:
    """One bar made of parts, in their order."""

    parts: Sequence[Part]

    @property
    def total(self) -> int:
        return sum(part.value for part in self.parts)

    @property
    def segments(self) -> list[tuple[Part, str, str]]:
        """Each part with its beginning and its length; what is nothing is left out."""
        found, start = [], 0
        for part in self.parts:
            if part.value:
                found.append((part, share(start, self.total), share(part.value, self.total)))
            start += part.value
        return found


@dataclass(frozen=True)
class Histogram:
    """How often values fall between ``edges``; a value on an edge counts above it, on the last one below."""

    values: Sequence[float]
    edges: Sequence[float]

    @property
    def bins(self) -> list[tuple[float, float, int]]:
        last = self.edges[-1]
        return [
            (low, high, sum(low <= value < high or (value == high == last) for value in self.values))
            for low, high in pairwise(self.edges)
        ]

    @property
    def tallest(self) -> int:
        return max((count for _low, _high, count in self.bins), default=0)

    @property
    def columns(self) -> list[tuple[float, float, int, str, str, str, str]]:
        """Each bin with the x, y, width and height of its column."""
        bins, tallest = self.bins, self.tallest
        width = 100 / len(bins)
        return [
            (
                low, high, count, f"{at * width:.4g}%", share(tallest - count, tallest), f"{width:.4g}%",
                share(count, tallest),
            )
            for at, (low, high, count) in enumerate(bins)
        ]  # fmt: skip


@dataclass(frozen=True)
class Progress:
    """How a count has grown towards a day, beside last time at the same distance from it.

    Points are (days left, count so far), from far to near. ``start`` is how many days the picture begins before.
    """

    this: Sequence[Point]
    before: Sequence[Point] = field(default=())
    start: int = 0

    @property
    def days(self) -> int:
        return self.start or max((days for days, _count in (*self.this, *self.before)), default=1) or 1

    @property
    def top(self) -> int:
        return round_top(max((count for _days, count in (*self.this, *self.before)), default=0))

    @property
    def days_left(self) -> int:
        return self.this[-1][0] if self.this else self.days

    @property
    def now(self) -> int:
        return count_at(self.this, self.days_left)

    @property
    def then(self) -> int:
        """Last time's count with as many days left as now."""
        return count_at(self.before, self.days_left)

    @property
    def line(self) -> str:
        return self._steps(self.this, self.days_left)

    @property
    def line_before(self) -> str:
        return self._steps(self.before, 0)

    @property
    def here(self) -> tuple[str, str]:
        """Where the line ends, as shares of the picture."""
        return share(self.days - self.days_left, self.days), share(self.top - self.now, self.top)

    @property
    def here_before(self) -> str:
        return share(self.top - self.then, self.top)

    def _steps(self, points: Sequence[Point], until: int) -> str:
        """The line as a path in a square of 100: flat between points, as counts are."""
        if not points:
            return ""
        shown = [(days, count) for days, count in points if days <= self.days]
        path = f"M0 {self._y(count_at(points, self.days)):g}"
        for days, count in shown:
            path += f"H{100 * (self.days - days) / self.days:.5g}V{self._y(count):.5g}"
        return f"{path}H{100 * (self.days - until) / self.days:.5g}"

    def _y(self, count: int) -> float:
        return 100 * (self.top - count) / self.top

    @property
    def rows(self) -> list[tuple[int, int | None, int]]:
        """The same in figures: days left, now (None where that is still to come), last time."""
        step = max(1, ceil(self.days / 10))
        marks = sorted({*range(0, self.days + 1, step), self.days_left}, reverse=True)
        return [
            (days, count_at(self.this, days) if days >= self.days_left else None, count_at(self.before, days))
            for days in marks
        ]


def count_at(points: Sequence[Point], days: int) -> int:
    """Return the count with so many days left; none before the first point."""
    return next((count for left, count in reversed(points) if left >= days), 0)


@dataclass(frozen=True)
class Spark:
    """A line as high as its text: how a figure moved."""

    values: Sequence[float]

    @property
    def path(self) -> str:
        """The line in a box of 100 by 20, its last point apart from the edge."""
        low, high = min(self.values), max(self.values)
        step = 96 / max(1, len(self.values) - 1)
        points = [
            f"{2 + at * step:.4g} {18 - 16 * ((value - low) / (high - low) if high > low else 0.5):.4g}"
            for at, value in enumerate(self.values)
        ]
        return "M" + "L".join(points)

    @property
    def last(self) -> tuple[str, str]:
        x, y = self.path.rpartition("L" if "L" in self.path else "M")[2].split()
        return x, y


@dataclass(frozen=True)
class Tile:
    """A place on the map: the same square for each, wherever it lies on a grid of equal areas."""

    column: int
    row: int
    label: Label
    count: int = 0
    path: str = ""


@dataclass(frozen=True)
class TileMap:
    """Tiles of places. Four strengths of colour tell few from many; the list beside it gives the figures."""

    tiles: Sequence[Tile]

    @property
    def columns(self) -> int:
        return max((tile.column for tile in self.tiles), default=0) + 1

    @property
    def rows(self) -> int:
        return max((tile.row for tile in self.tiles), default=0) + 1

    @property
    def strengths(self) -> list[tuple[Tile, int]]:
        """Each tile with its strength, 0 for nothing to 4 for the most; empty ones first, links on top of them."""
        most = max((tile.count for tile in self.tiles), default=0)
        found = [(tile, ceil(4 * (tile.count / most) ** 0.5) if tile.count else 0) for tile in self.tiles]
        return sorted(found, key=lambda pair: pair[1])

    @property
    def listed(self) -> list[Tile]:
        """The places with something in them, most first."""
        return sorted(
            (tile for tile in self.tiles if tile.count), key=lambda tile: (-tile.count, str(tile.label))
        )
