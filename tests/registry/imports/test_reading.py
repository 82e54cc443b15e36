"""Rows of files: one after the other, and never the whole."""

import io
import tracemalloc
from itertools import islice

import pytest
from openpyxl import Workbook

from secretariat.registry.imports.reading import Shape, head_of, rows_of, shape_of


def workbook(*rows):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "utf-16"])
def test_the_same_rows_in_any_characters(encoding):
    stream = io.BytesIO("姓名;单位\r\n示例;某某;多余\r\n\r\n甲;\r\n".encode(encoding))

    rows = list(rows_of(stream, shape_of(stream)))

    assert rows == [(1, ["姓名", "单位"]), (2, ["示例", "某某", "多余"]), (4, ["甲", ""])]


def test_a_quoted_line_break_is_one_row():
    stream = io.BytesIO(b'name,note\n"A","one\ntwo"\nB,\n')

    assert [row for _number, row in rows_of(stream, shape_of(stream))] == [
        ["name", "note"],
        ["A", "one\ntwo"],
        ["B", ""],
    ]


def test_a_workbook_is_read_like_a_file():
    stream = workbook(["name", "since"], ["A", 45352], [None, None], ["B", 1.5])

    assert shape_of(stream) == Shape()
    assert list(rows_of(stream, Shape())) == [(1, ["name", "since"]), (2, ["A", "45352"]), (4, ["B", "1.5"])]


@pytest.mark.parametrize(
    ("data", "shape"),
    [
        (b"PK\x03\x04 broken", Shape()),
        ("é".encode("cp1252") + b"\n" * 9, Shape("utf-8", ",")),
        (b"", Shape()),
    ],
    ids=["no workbook", "other characters", "empty"],
)
def test_what_cannot_be_read_says_so(data, shape):
    with pytest.raises(ValueError):
        list(rows_of(io.BytesIO(data), shape))


def test_fifty_thousand_rows_pass_in_little_memory():
    data = io.BytesIO(b"name,kind\n" + b"Example Organisation,enterprise\n" * 50_000)
    tracemalloc.start()
    try:
        count = sum(1 for _row in rows_of(data, Shape("utf-8", ",")))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert count == 50_001 and peak < 2_000_000


def test_the_heads_are_read_without_the_rest():
    def lines():
        yield b"name\n"
        for number in range(10):
            yield b"row %d\n" % number

    stream = io.BytesIO(b"".join(islice(lines(), 11)))

    assert head_of(stream, Shape("utf-8", ","), 2) == [["name"], ["row 0"]]
