import re

import pytest
from django.template import Context, Template

from secretariat.foundation.ui.charts import (
    Bar,
    Bars,
    Histogram,
    Part,
    Progress,
    Spark,
    Stack,
    Tile,
    TileMap,
    count_at,
    round_top,
    share,
)


def drawn(tag, **values):
    return Template("{% load charts %}{% " + tag + " %}").render(Context(values))


@pytest.mark.parametrize(
    ("value", "top"),
    [(0, 1), (3, 3), (5, 5), (6, 6), (11, 15), (57, 60), (141, 150), (257, 300), (999, 1000), (1000, 1000)],
)
def test_a_scale_ends_at_a_round_number(value, top):
    assert round_top(value) == top


def test_a_share_of_nothing_is_nothing():
    assert (share(1, 4), share(3, 0)) == ("25%", "0%")


def test_bars_share_one_scale_with_last_years_marks():
    bars = Bars([Bar("A", 10, before=20), Bar("B", 5), Bar("C", 0, before=0)])

    assert [(length, mark) for _bar, length, mark in bars.rows] == [
        ("50%", "100%"),
        ("25%", ""),
        ("0%", "0%"),
    ]
    assert bars.has_before
    assert Bars([]).rows == []


def test_bars_are_a_table_and_escape_their_names():
    page = drawn("bar_chart chart title", chart=Bars([Bar("<A>", 1200, path="/a/")]), title="Per field")

    assert '<a href="/a/">&lt;A&gt;</a>' in page and ">1,200<" in page
    assert '<caption class="chart-title">Per field</caption>' in page
    assert 'aria-hidden="true"' in page


def test_a_stack_leaves_out_what_is_nothing_but_names_it():
    stack = Stack([Part("read", 3), Part("late", 0, "urgent"), Part("waiting", 1, "waiting")])

    assert [(part.label, start, length) for part, start, length in stack.segments] == [
        ("read", "0%", "75%"), ("waiting", "75%", "25%"),
    ]  # fmt: skip
    page = drawn("stacked_bar chart 'Reviews'", chart=stack)
    assert page.count("<rect") == 2 and "late" in page


def test_a_histogram_counts_every_value_once():
    chart = Histogram([0, 1, 1, 2.5, 3], [0, 1, 2, 3])

    assert chart.bins == [(0, 1, 1), (1, 2, 2), (2, 3, 2)]
    assert [height for *_bin, height in chart.columns] == ["50%", "100%", "100%"]
    assert Histogram([], [0, 1]).columns == [(0, 1, 0, "0%", "0%", "100%", "0%")]
    assert drawn("histogram chart 'Scores'", chart=chart).count("<title>") == 3


def test_progress_compares_with_last_time_at_the_same_distance():
    chart = Progress(this=[(60, 0), (40, 10), (30, 20)], before=[(60, 5), (35, 8), (10, 50), (0, 100)])

    assert (chart.days, chart.days_left, chart.top) == (60, 30, 100)
    assert (chart.now, chart.then) == (20, 8)
    assert chart.here == ("50%", "80%")
    assert chart.line.endswith("H50") and chart.line_before.endswith("H100")
    assert [row for row in chart.rows if row[0] in (60, 30, 24, 0)] == [
        (60, 0, 5), (30, 20, 8), (24, None, 8), (0, None, 100),
    ]  # fmt: skip


def test_progress_without_anything_is_drawn_flat():
    chart = Progress(this=[], before=[])

    assert (chart.now, chart.then, chart.line, chart.top) == (0, 0, "", 1)
    assert "<svg" in drawn("progress_chart chart 'Received' 'now'", chart=chart)


def test_before_the_first_point_there_is_nothing():
    assert [count_at([(9, 3), (2, 7)], days) for days in (10, 9, 5, 2, 0)] == [0, 3, 3, 7, 7]


@pytest.mark.parametrize("values", [[1], [2, 2, 2], [1, 5, 3]])
def test_a_spark_stays_in_its_box(values):
    numbers = [float(n) for n in re.findall(r"[\d.]+", Spark(values).path)]

    assert len(numbers) == 2 * len(values)
    assert all(0 <= x <= 100 for x in numbers[::2]) and all(0 <= y <= 20 for y in numbers[1::2])
    assert 'aria-label="Last weeks"' in drawn("sparkline chart 'Last weeks'", chart=Spark(values))


def test_the_map_shows_strengths_and_lists_what_counts():
    tiles = [Tile(0, 0, "A", 16, "/a/"), Tile(1, 0, "B", 1, "/b/"), Tile(2, 1, "C"), Tile(0, 1, "D", 4)]
    chart = TileMap(tiles)

    assert (chart.columns, chart.rows) == (3, 2)
    assert {tile.label: strength for tile, strength in chart.strengths} == {"A": 4, "B": 1, "C": 0, "D": 2}
    assert [tile.label for tile in chart.listed] == ["A", "D", "B"]
    page = drawn("tile_map chart 'Members'", chart=chart)
    assert page.count('tabindex="-1"') == 2 and page.count("<rect") == 4
