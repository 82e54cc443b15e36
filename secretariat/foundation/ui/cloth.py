"""Blue-printed cloth: sixteen stencils, one for each hexadecimal digit, so that every digest has a pattern of its own.

A stencil stands in a unit square; the quarter of a cloth is filled digit by digit and folded twice. As in the real
craft no two cut-outs of a stencil touch. Two lists that differ in one name have visibly different cloths.
"""

import math
from collections.abc import Iterable
from functools import cache

# Every stencil once: the cloth of the house, which the masthead wears.
HOUSE = "e3b97f1ac6d25084"
UNIT = 20  # side of one stencil in the coordinates of the picture
_HEX = "0123456789abcdef"

Point = tuple[float, float]


def _n(value: float) -> str:
    return f"{value * UNIT:.1f}".removesuffix(".0")


def _disc(x: float, y: float, r: float) -> str:
    return f"M{_n(x - r)} {_n(y)}a{_n(r)} {_n(r)} 0 1 1 {_n(2 * r)} 0a{_n(r)} {_n(r)} 0 1 1 {_n(-2 * r)} 0z"


def _leaf(x1: float, y1: float, x2: float, y2: float, fat: float) -> str:
    mx, my, nx, ny = (x1 + x2) / 2, (y1 + y2) / 2, (y1 - y2) * fat, (x2 - x1) * fat
    out, back = f"{_n(mx + nx)} {_n(my + ny)}", f"{_n(mx - nx)} {_n(my - ny)}"
    return f"M{_n(x1)} {_n(y1)}Q{out} {_n(x2)} {_n(y2)}Q{back} {_n(x1)} {_n(y1)}z"


def _polygon(*points: Point) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + "z"


def _diamond(r: float) -> str:
    return _polygon((0.5, 0.5 - r), (0.5 + r, 0.5), (0.5, 0.5 + r), (0.5 - r, 0.5))


def _fan(inner: float, outer: float, edge: float = 0.09) -> str:
    """A quarter of a ring about the corner (0, 0), a little way from both edges."""
    far, near = edge + outer, edge + inner
    return (
        f"M{_n(far)} {_n(edge)}A{_n(outer)} {_n(outer)} 0 0 1 {_n(edge)} {_n(far)}"
        f"L{_n(edge)} {_n(near)}A{_n(inner)} {_n(inner)} 0 0 0 {_n(near)} {_n(edge)}z"
    )


def _petals(count: int, start: float, end: float, fat: float) -> str:
    angles = [2 * math.pi * (i + 0.5) / count for i in range(count)]
    return "".join(
        _leaf(
            0.5 + start * math.cos(a), 0.5 + start * math.sin(a), 0.5 + end * math.cos(a), 0.5 + end * math.sin(a), fat
        )
        for a in angles
    )  # fmt: skip


def _discs(places: Iterable[Point], r: float) -> str:
    return "".join(_disc(x, y, r) for x, y in places)


def _grid(*values: float) -> list[Point]:
    return [(x, y) for x in values for y in values]


_CORNERS = ((0.12, 0.12), (0.88, 0.12), (0.12, 0.88), (0.88, 0.88))

_STENCILS = (
    _disc(0.5, 0.5, 0.17),
    _disc(0.5, 0.5, 0.36),
    _disc(0.5, 0.5, 0.38) + _disc(0.5, 0.5, 0.24) + _disc(0.5, 0.5, 0.11),
    "".join(_leaf(0.5 + (x - 0.5) * 0.24, 0.5 + (y - 0.5) * 0.24, x, y, 0.34) for x, y in _CORNERS)
    + _disc(0.5, 0.5, 0.06),
    _leaf(0.1, 0.1, 0.9, 0.9, 0.42),
    _leaf(0.1, 0.9, 0.9, 0.1, 0.26) + _discs(((0.24, 0.24), (0.76, 0.76)), 0.1),
    _fan(0, 0.78),
    _fan(0.52, 0.78) + _fan(0, 0.32),
    _discs(_grid(0.28, 0.72), 0.15),
    _discs(_grid(0.2, 0.5, 0.8), 0.09),
    _diamond(0.42),
    _diamond(0.42) + _diamond(0.24) + _disc(0.5, 0.5, 0.1),
    "".join(_leaf(0.1, y, 0.9, y, 0.16) for y in (0.22, 0.5, 0.78)),
    "".join(_leaf(x, 0.1, x, 0.9, 0.16) for x in (0.22, 0.5, 0.78)),
    _petals(8, 0.16, 0.47, 0.3) + _disc(0.5, 0.5, 0.08),
    _leaf(0.12, 0.12, 0.88, 0.88, 0.2) + _leaf(0.4, 0.1, 0.9, 0.6, 0.22) + _leaf(0.1, 0.4, 0.6, 0.9, 0.22),
)


def stencil(digit: str) -> str:
    """Return the outline of a hexadecimal digit as SVG path data, in a square of ``UNIT``; fill it even-odd."""
    return _STENCILS[_HEX.index(digit)]


@cache
def quarter(digest: str, side: int) -> tuple[tuple[str, int, int], ...]:
    """Return the stencils of a quarter cloth of ``side`` x ``side`` digits as (path data, x, y).

    Raises ValueError if the digest has fewer digits than the quarter.
    """
    digits = digest.lower()
    if len(digits) < side * side:
        raise ValueError(f"a cloth of {side} x {side} needs {side * side} digits, not {len(digits)}")
    return tuple(
        (stencil(digits[row * side + column]), column * UNIT, row * UNIT)
        for row in range(side)
        for column in range(side)
    )
