import csv
import hashlib
import io
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.engines.formats import rows, source
from secretariat.engines.formats.source import InputError
from secretariat.engines.formats.tables import read_columns


@pytest.fixture
def write(tmp_path):
    def writer(content):
        path = tmp_path / "in.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return writer


def read(path, **options):
    wanted = {"required": ["item", "reviewer", "score"], "numeric": ["score"]}
    return read_columns(path, **(wanted | options))


def triples(table):
    item, reviewer = table.texts["item"], table.texts["reviewer"]
    return [
        (item.names[i], reviewer.names[r], score)
        for i, r, score in zip(item.codes, reviewer.codes, table.numbers["score"], strict=True)
    ]


def test_columns_are_found_by_name_in_any_order_and_others_passed_over(write):
    table = read(write("note,score,reviewer,item\nx,1.5,R2,B\n,2,R1,A\n"))
    assert triples(table) == [("B", "R2", 1.5), ("A", "R1", 2.0)]
    assert table.texts["item"].names == ("A", "B")
    assert set(table.texts) == {"item", "reviewer"}
    assert table.lines.tolist() == [2, 3]


def test_the_file_is_named_with_its_digest(write):
    content = b"item,reviewer,score\nA,R,1\n"
    path = write(content)
    assert read(path).source == source.Source(path, hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "end"])
def test_line_ends_a_byte_order_mark_and_blank_lines_do_not_matter(write, end, last):
    lines = ["\ufeffitem,reviewer,score", "A,R1,1", "", " B ,R1,2e0"]
    table = read(write(end.join(lines) + (end if last else "")))
    assert triples(table) == [("A", "R1", 1.0), ("B", "R1", 2.0)]
    assert table.lines.tolist() == [2, 4]


def test_quoted_fields_may_hold_commas_quotes_and_line_ends(write):
    table = read(write('item,reviewer,score\n"A, ""the"" item\nof two lines",R1,1\nB,R2,2\n'))
    assert triples(table) == [('A, "the" item\nof two lines', "R1", 1.0), ("B", "R2", 2.0)]
    assert table.lines.tolist() == [2, 4]


def test_columns_are_renamed_and_rows_selected_by_names_in_the_file(write):
    content = "paper,judge,points,year\nA,R1,1,2015\nB,R1,2,2016\nC,R2,3, 2016\n"
    renamed = {"item": "paper", "reviewer": "judge", "score": "points"}
    table = read(write(content), columns=renamed, where={"year": "2016"})
    assert triples(table) == [("B", "R1", 2.0), ("C", "R2", 3.0)]
    assert table.texts["item"].names == ("B", "C")
    assert table.lines.tolist() == [3, 4]


def test_a_row_left_out_need_not_hold_a_score(write):
    assert len(read(write("item,reviewer,score,round\nA,R,-,1\nA,R,3,2\n"), where={"round": "2"})) == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("item,reviewer,score\nA,R1,1\n", [("A", "R1", 1.0)]),
        ("score,reviewer,item\n1,R1,A\n", [("A", "R1", 1.0)]),
        ("A,R1,1\nB,R1,2\n", [("A", "R1", 1.0), ("B", "R1", 2.0)]),
    ],
)
def test_a_header_may_be_optional(write, content, expected):
    assert triples(read(write(content), header=None)) == expected


def test_an_optional_column_may_be_absent(write):
    options = {"optional": ["confidence"], "numeric": ["score", "confidence"]}
    without = read(write("item,reviewer,score\nA,R,1\n"), **options)
    assert "confidence" not in without.numbers
    given_one = read(write("item,reviewer,score,confidence\nA,R,1,4\n"), **options)
    assert given_one.numbers["confidence"].tolist() == [4.0]


REFUSED = {
    "": "in.csv: is empty",
    "\n\n": "in.csv: is empty",
    "item,reviewer,score\n": "in.csv: has no rows",
    "item,reviewer\nA,R\n": "in.csv:1: has no column 'score', only item, reviewer",
    "item;reviewer;score\nA;R;1\n": (
        "in.csv:1: has no column 'item', only item;reviewer;score; fields are separated by commas, not semicolons"
    ),
    "item,item,reviewer,score\nA,A,R,1\n": "in.csv:1: has the column 'item' 2 times",
    "item,reviewer,score\nA,R,1\nA,R2,good\n": "in.csv:3: score is 'good', not a number",
    "item,reviewer,score\nA,R,NaN\n": "in.csv:2: score is 'NaN', not a number",
    "item,reviewer,score\nA,R,1\nB,R,-inf\n": "in.csv:3: score is '-inf', not a number",
    "item,reviewer,score\nA,R,1e999\n": "in.csv:2: score is 1e999, too large for a number",
    "item,reviewer,score\nA,R,1_0\n": "in.csv:2: score is '1_0', not a number",
    "item,reviewer,score\nA,R,٣\n": "in.csv:2: score is '٣', not a number",
    "item,reviewer,score\nA,R,\n": "in.csv:2: score is empty",
    "item,reviewer,score\nA,R,1\n  ,R,1\n": "in.csv:3: item is empty",
    "item,reviewer,score\nA,R,1\nB,R\n": "in.csv:3: has 2 fields, not 3 as the first row",
    "item,reviewer,score\nB,R\nA,R,1,4\n": "in.csv:2: has 2 fields, not 3 as the first row",
    'item,reviewer,score\nA,R,1\n"B,R,1\nC,R,1\n': (
        "in.csv:3: cannot be split into fields: a quotation is never closed"
    ),
    "item,reviewer,score\nA\rB,R,1\n": (
        "in.csv:2: cannot be split into fields: a carriage return that ends no line"
    ),
    b"item,reviewer,score\nA,R,1\n\xe9,R,1\n": "in.csv:3: the byte 0xE9 is not UTF-8 text",
    b"item,reviewer,score\nA,R\x00,1\n": "in.csv:2: a NUL byte: this is not a text file",
}


@pytest.mark.parametrize("content", REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_used_is_refused_with_file_line_and_reason(write, content):
    path = write(content)
    with pytest.raises(InputError) as refused:
        read(path)
    assert str(refused.value) == REFUSED[content].replace("in.csv", path, 1)


def test_a_file_without_a_header_says_so(write):
    with pytest.raises(InputError, match=r"in.csv:1: has 2 fields, where item,reviewer,score are needed"):
        read(write("A,R\n"), header=False)
    with pytest.raises(InputError, match=r"in.csv:1: has no header, so no column is known as 'year'"):
        read(write("A,R,1\n"), header=None, where={"year": "2016"})


def test_names_that_are_not_there_are_refused(write, tmp_path):
    path = write("item,reviewer,score\nA,R,1\n")
    with pytest.raises(
        InputError, match=r"in.csv: a column for 'grade' is named, but the columns are item, "
    ):
        read(path, columns={"grade": "score"})
    with pytest.raises(InputError, match=r"in.csv:1: has no column 'year'"):
        read(path, where={"year": "2016"})
    with pytest.raises(InputError, match=r"in.csv: none of its 1 rows has item=B"):
        read(path, where={"item": "B"})
    with pytest.raises(InputError, match=r"none.csv: cannot be read: No such file or directory$"):
        read(str(tmp_path / "none.csv"))
    with pytest.raises(InputError, match=r"cannot be read: Is a directory$"):
        read(str(tmp_path))


def test_repeats_are_refused_at_the_second_line(write):
    table = read(write("item,reviewer,score\nA,R,1\nB,R,1\nA,S,1\nB,R,2\nA,S,3\n"))
    with pytest.raises(InputError, match=r"in.csv:5: repeats item and reviewer 'B' and 'R' of line 3$"):
        table.refuse_repeats("item", "reviewer")
    read(write("item,reviewer,score\nA,R,1\nA,S,1\nB,R,1\n")).refuse_repeats("item", "reviewer")


def test_standard_input_is_read_for_a_dash(monkeypatch):
    class Standard:
        buffer = io.BytesIO(b"item,reviewer,score\nA,R,1\n")

    monkeypatch.setattr(sys, "stdin", Standard)
    table = read("-")
    assert (triples(table), table.source.name) == ([("A", "R", 1.0)], "-")


FIELD = st.text(st.sampled_from('ab ,"\né'), max_size=5).filter(str.strip)


@given(
    records=st.lists(st.tuples(FIELD, FIELD, st.floats(allow_nan=False, allow_infinity=False)), min_size=1),
    block=st.integers(1, 40),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_was_written_is_read_wherever_the_blocks_are_cut(tmp_path_factory, records, block, end):
    path = tmp_path_factory.mktemp("table") / "in.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, lineterminator=end).writerows([("item", "reviewer", "score"), *records])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "BLOCK_BYTES", block)
        table = read(str(path))
    assert triples(table) == [(item.strip(), reviewer.strip(), score) for item, reviewer, score in records]


def test_the_quick_way_and_the_careful_way_agree(write, monkeypatch):
    rng = np.random.default_rng(7)
    lines = [
        f"I{i},R{r},{s!r}"
        for i, r, s in zip(*rng.integers(0, 50, (2, 500)), rng.random(500).tolist(), strict=True)
    ]
    path = write("item,reviewer,score\n" + "\n".join(lines))
    quick = read(path)
    monkeypatch.setattr(rows, "_split", lambda block, width: None)
    careful = read(path)
    assert triples(quick) == triples(careful)
    assert quick.lines.tolist() == careful.lines.tolist() == list(range(2, 502))
