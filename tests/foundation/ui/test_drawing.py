import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.foundation.ui import drawing
from secretariat.foundation.ui.cloth import HOUSE, UNIT, quarter, stencil

IMAGES = Path(drawing.__file__).parent / "static" / "ui" / "img"
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)


def numbers(path):
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path)]


@pytest.mark.parametrize("digit", "0123456789abcdef")
def test_a_stencil_stays_in_its_square(digit):
    absolute = re.sub(
        r"a[^Mz]*", "", stencil(digit)
    )  # arcs of discs are relative to a point that is absolute

    assert all(-0.001 <= n <= UNIT for n in numbers(absolute))


def test_every_digit_has_a_stencil_of_its_own():
    assert len({stencil(digit) for digit in "0123456789abcdef"}) == 16
    assert sorted(HOUSE) == sorted("0123456789abcdef")


@given(DIGESTS, DIGESTS)
def test_cloths_differ_where_the_first_digits_do(first, second):
    assert (quarter(first, 4) == quarter(second, 4)) == (first[:16] == second[:16])


def test_a_short_digest_is_refused():
    with pytest.raises(ValueError, match="a cloth of 4 x 4 needs 16 digits, not 3"):
        quarter("abc", 4)


@given(DIGESTS)
def test_a_cloth_is_one_picture_folded_twice(digest):
    svg = ElementTree.fromstring(drawing.cloth_svg(digest))

    assert [child.tag for child in svg] == ["g", "use", "use", "use"]
    assert len(svg[0]) == 16


@given(st.integers(0, 600), st.integers(1, 30), st.booleans())
def test_there_are_as_many_dots_as_items(count, rows, hollow):
    svg = ElementTree.fromstring(drawing.dots_svg(count, rows, hollow))

    path = svg[0].get("d")
    dots = {tuple(numbers(dot)) for dot in path.split("h0") if dot}
    assert len(dots) == count
    assert all(0 < x < float(svg.get("width")) and 0 < y < float(svg.get("height")) for x, y in dots)


@given(st.lists(st.floats(0, 10), min_size=4, max_size=40), st.floats(0, 10))
def test_an_interval_keeps_its_order_and_its_bounds(values, line):
    low, score, high = sorted(values[:3])
    svg = ElementTree.fromstring(drawing.interval_svg(low, score, high, line, (2.0, 8.0), values))

    def at(name, side):
        return float(next(e for e in svg if e.get("class") == f"interval-{name}").get(side).rstrip("%"))

    assert 2 <= at("span", "x1") <= at("score", "cx") <= at("span", "x2") <= 98
    assert sum(e.get("class") == "interval-tick" for e in svg) == len(values)


def test_a_scale_of_one_value_can_be_drawn():
    assert "interval-score" in drawing.interval_svg(5, 5, 5, 5, (5, 5), [5])


@pytest.mark.parametrize(
    "file,drawn",
    [
        ("cloth.svg", drawing.house_cloth()),
        ("mark.svg", drawing.house_mark("#1f3b78", "#fff")),
        ("rosette.svg", drawing.house_rosette()),
    ],
)
def test_the_pictures_of_the_house_are_as_drawn(file, drawn):
    assert (IMAGES / file).read_text() == drawn + "\n"


@pytest.mark.parametrize(("share", "width"), [(0.255, "25.5%"), (-1, "0.0%"), (2, "100.0%")])
def test_a_share_fills_its_bar_and_no_more(share, width):
    whole, part = ElementTree.fromstring(drawing.share_svg(share))

    assert (whole.get("width"), part.get("width")) == ("100%", width)
