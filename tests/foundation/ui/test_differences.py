from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.foundation.ui.differences import compare


def joined(pieces, *kinds):
    return "".join(text for kind, text in pieces if kind in kinds)


@given(st.text("ab c\n.数字", max_size=60), st.text("ab c\n.数字", max_size=60))
def test_both_texts_can_be_read_from_the_pieces(before, after):
    pieces = compare(before, after)

    assert joined(pieces, "same", "gone") == before
    assert joined(pieces, "same", "new") == after
    assert all(text for _kind, text in pieces)
    assert all(first[0] != second[0] for first, second in pairwise(pieces))


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        (
            "once a week.",
            "once a day.",
            [("same", "once a "), ("gone", "week"), ("new", "day"), ("same", ".")],
        ),
        ("每周上报", "每天上报", [("same", "每"), ("gone", "周"), ("new", "天"), ("same", "上报")]),
        ("", "all new", [("new", "all new")]),
        ("the same", "the same", [("same", "the same")]),
        ("", "", []),
    ],
)
def test_words_are_compared_whole_and_chinese_by_character(before, after, pieces):
    assert compare(before, after) == pieces


def test_a_line_that_stays_is_left_alone():
    assert compare("first\nsecond\n", "first\nchanged\n")[0] == ("same", "first\n")


def test_a_long_passage_is_shown_as_replaced_whole():
    before, after = "old word " * 1500, "new term " * 1500

    assert compare(before, after) == [("gone", before), ("new", after)]
