"""Small pictures as SVG text: the cloth of a digest, a block of dots. Numbers only, so nothing needs escaping."""

import math
from collections.abc import Sequence

from secretariat.foundation.ui.cloth import HOUSE, UNIT, quarter, stencil

PITCH = 6  # from dot to dot; a dot is two thirds as wide


def cloth_svg(digest: str, side: int = 4) -> str:
    """Return the cloth of a digest as an SVG picture: a quarter of ``side`` x ``side`` digits, folded twice."""
    whole, name = 2 * side * UNIT, f"cloth-{digest[:12]}-{side}"
    paths = "".join(
        f'<path d="{path}" transform="translate({x} {y})"/>' for path, x, y in quarter(digest, side)
    )
    folds = "".join(
        f'<use href="#{name}" transform="translate({x} {y}) scale({across} {down})"/>'
        for x, y, across, down in ((whole, 0, -1, 1), (0, whole, 1, -1), (whole, whole, -1, -1))
    )
    return (
        f'<svg class="cloth" viewBox="0 0 {whole} {whole}" aria-hidden="true" focusable="false" fill-rule="evenodd">'
        f'<g id="{name}">{paths}</g>{folds}</svg>'
    )


def dots_svg(count: int, rows: int, hollow: bool = False, pitch: float = PITCH) -> str:
    """Return ``count`` dots, column by column, ``rows`` to a column: each dot is one item."""
    columns = max(1, math.ceil(count / rows))
    width, height, radius = columns * pitch, min(rows, max(1, count)) * pitch, pitch / 3
    # A dot is a line of no length with a round end: the shortest way to write one.
    places = ((pitch / 2 + pitch * (i // rows), pitch / 2 + pitch * (i % rows)) for i in range(count))
    path = "".join(f"M{x:g} {y:g}h0" for x, y in places)
    stroke = f'stroke-width="{2 * radius:.3g}" stroke-linecap="round"'
    hole = (
        f'<path class="dots-hole" d="{path}" stroke-width="{radius:.3g}" stroke-linecap="round"/>'
        if hollow
        else ""
    )
    return (
        f'<svg class="dots" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        f'aria-hidden="true" focusable="false"><path class="dots-dot" d="{path}" {stroke}/>{hole}</svg>'
    )


def interval_svg(
    low: float, score: float, high: float, line: float, bounds: tuple[float, float], ticks: Sequence[float]
) -> str:
    """Return a score with its interval on the scale of its list: a fine tick for each score, the line, the interval.

    ``bounds`` are the ends of the scale; what lies beyond is drawn at its end.
    """
    start, end = bounds
    span = (end - start) or 1.0

    def at(value: float) -> str:
        return f"{2 + 96 * min(1.0, max(0.0, (value - start) / span)):.2f}%"

    def stroke(name: str, first: float, last: float, top: int, bottom: int) -> str:
        return f'<line class="interval-{name}" x1="{at(first)}" x2="{at(last)}" y1="{top}" y2="{bottom}"/>'

    marks = "".join(stroke("tick", tick, tick, 46, 54) for tick in ticks)
    return (
        '<svg class="interval" width="100%" height="62" aria-hidden="true" focusable="false">'
        f"{stroke('base', start, end, 54, 54)}{marks}{stroke('line', line, line, 4, 60)}"
        f'{stroke("span", low, high, 26, 26)}<circle class="interval-score" cx="{at(score)}" cy="26" r="7"/></svg>'
    )


def share_svg(share: float) -> str:
    """Return a small bar filled to ``share`` of its length; what lies beyond its ends is drawn at them."""
    filled = f"{100 * min(1.0, max(0.0, share)):.1f}%"
    return (
        '<svg class="share" width="64" height="6" aria-hidden="true" focusable="false">'
        '<rect class="share-whole" width="100%" height="6"/>'
        f'<rect class="share-part" width="{filled}" height="6"/></svg>'
    )


def house_cloth() -> str:
    """Return the picture file of the house's cloth: a tile that repeats, white on nothing."""
    svg = cloth_svg(HOUSE).replace('class="cloth" ', 'xmlns="http://www.w3.org/2000/svg" fill="#fff" ')
    return svg.replace(' aria-hidden="true" focusable="false"', "")


def house_mark(ground: str, figure: str) -> str:
    """Return the picture file of the house's mark: the rosette, on a ground."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {UNIT} {UNIT}"><rect width="{UNIT}" height="{UNIT}" '
        f'rx="4" fill="{ground}"/><path d="{stencil("e")}" fill="{figure}" fill-rule="evenodd"/></svg>'
    )


def house_rosette() -> str:
    """Return the picture file of the rosette alone, to be used as a mask."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {UNIT} {UNIT}">'
        f'<path d="{stencil("e")}" fill-rule="evenodd"/></svg>'
    )


def chances_svg(chances: Sequence[float | None], keep: int, band: tuple[float, float]) -> str:
    """Return the probabilities of a list, by place, as a falling curve: its contested part shaded, its line upright.

    Stretched to the width it is given: a place is a unit wide, certainty a hundred high.
    """
    known = [(place, p) for place, p in enumerate(chances) if p is not None]
    if not known:
        return ""
    open_ = [place for place, p in known if band[0] < p < band[1]]
    shade = (
        f'<rect class="chance-band" x="{open_[0]}" y="0" width="{open_[-1] - open_[0] + 1}" height="100"/>'
        if open_
        else ""
    )
    curve = " ".join(f"{place + 0.5:g},{100 * (1 - p):.1f}" for place, p in known)
    return (
        f'<svg class="chance-drawn" viewBox="0 -2 {len(chances)} 104" preserveAspectRatio="none" width="100%" '
        f'height="140" aria-hidden="true" focusable="false">{shade}'
        f'<line class="chance-half" x1="0" x2="{len(chances)}" y1="50" y2="50"/>'
        f'<line class="chance-line" x1="{keep}" x2="{keep}" y1="-2" y2="102"/>'
        f'<polyline class="chance-curve" points="{curve}"/></svg>'
    )
