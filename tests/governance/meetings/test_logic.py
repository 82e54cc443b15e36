from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.governance.meetings.logic import (
    is_late,
    is_seen,
    lineage,
    notice_lacking,
    numbered,
    spoken,
    strictest,
)
from tests.factories.accounts import NOW


@dataclass
class Item:
    pk: UUID
    parent_id: UUID | None
    position: int
    audience: str = "public"


def key(n):
    return UUID(int=n)


def test_an_agenda_is_numbered_as_it_is_nested():
    items = [
        Item(key(3), key(1), 2), Item(key(1), None, 1, "body"), Item(key(2), key(1), 1, "closed"),
        Item(key(4), None, 7), Item(key(5), key(3), 1),
    ]  # fmt: skip
    assert [(line.item.pk.int, line.number, line.depth, line.audience) for line in numbered(items)] == [
        (1, "1", 1, "body"), (2, "1.1", 2, "closed"), (3, "1.2", 2, "body"), (5, "1.2.1", 3, "body"),
        (4, "2", 1, "public"),
    ]  # fmt: skip


def test_the_agenda_of_a_body_shows_the_public_nothing():
    assert [line.audience for line in numbered([Item(key(1), None, 1)], "body")] == ["body"]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12))
def test_every_item_has_a_number_of_its_own_and_its_parents_comes_first(parents):
    items = [
        Item(key(n + 1), key(parent) if 0 < parent <= n else None, n) for n, parent in enumerate(parents)
    ]
    lines = numbered(items)
    assert {line.item.pk for line in lines} == {item.pk for item in items}
    assert len({line.number for line in lines}) == len(items)
    number = {line.item.pk: line.number for line in lines}
    for line in lines:
        above = line.item.parent_id
        assert line.number.rpartition(".")[0] == (number[above] if above else "")
    assert [line.number for line in lines] == sorted(
        (line.number for line in lines), key=lambda number: [int(part) for part in number.split(".")]
    )


@pytest.mark.parametrize(
    ("audience", "seen"),
    [("public", {"public", "body", "closed"}), ("body", {"body", "closed"}), ("closed", {"closed"})],
)  # fmt: skip
def test_who_sees_what(audience, seen):
    assert {by for by in ("public", "body", "closed") if is_seen(audience, by)} == seen
    assert strictest("public", audience) == audience


def test_a_lineage_ends_even_in_a_circle():
    assert lineage({key(1): key(2), key(2): key(1)}, key(1)) == [key(1), key(2)]


@pytest.mark.parametrize(("given_on", "lacking"), [(1, 0), (17, 0), (18, 1), (31, 14)])
def test_notice_counts_whole_days(given_on, lacking):
    assert notice_lacking(date(2022, 5, given_on), date(2022, 5, 31), 14) == lacking


@pytest.mark.parametrize(("handed_in", "late"), [(24, False), (25, True), (31, True)])
def test_a_paper_is_late_from_the_day_after_the_last(handed_in, late):
    assert is_late(date(2022, 5, handed_in), date(2022, 5, 31), 7) is late


def seconds(n):
    return timedelta(seconds=n)


@pytest.mark.parametrize(
    ("started", "ended", "paused_at", "paused", "long"),
    [
        (None, None, None, None, 0), (0, None, None, None, 100), (0, 60, None, 10, 50), (0, None, 40, 0, 40),
        (0, None, 40, 15, 25),
    ],
)  # fmt: skip
def test_time_that_is_paused_does_not_count(started, ended, paused_at, paused, long):
    at = lambda n: None if n is None else NOW + seconds(n)  # noqa: E731
    told = spoken(at(started), at(ended), at(paused_at), None if paused is None else seconds(paused), at(100))
    assert told == seconds(long)
