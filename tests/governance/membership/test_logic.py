"""How a member stands: at every boundary, and whatever the order of what happened."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.governance.membership.logic import OVERRIDES, Happened, Stands, months_later, stands_on

START, PAID = date(2024, 1, 1), date(2024, 12, 31)
ADMITTED = Happened("admitted", START, PAID)
DAY = timedelta(days=1)


def standing(day, *events, grace=30):
    return stands_on([ADMITTED, *events], grace, day).standing


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (START - DAY, "coming"), (START, "current"), (PAID, "current"), (PAID + DAY, "grace"),
        (PAID + 30 * DAY, "grace"), (PAID + 31 * DAY, "lapsed"),
    ],
)  # fmt: skip
def test_payment_and_grace_end_on_their_days(day, expected):
    assert standing(day) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([Happened("suspended", date(2024, 3, 1))], "suspended"),
        ([Happened("suspended", date(2024, 3, 1)), Happened("reinstated", date(2024, 4, 1))], "current"),
        ([Happened("resigned", date(2024, 3, 1))], "ended"),
        ([Happened("ended", date(2024, 3, 1)), Happened("admitted", date(2024, 5, 1))], "current"),
        ([Happened("suspended", date(2024, 3, 1)), Happened("ended", date(2024, 4, 1)),
          Happened("admitted", date(2024, 5, 1))], "current"),
        ([Happened("overridden", date(2024, 3, 1), date(2024, 6, 1), "lapsed")], "lapsed"),
        ([Happened("overridden", date(2024, 3, 1), date(2024, 5, 31), "lapsed")], "current"),
        ([Happened("overridden", date(2024, 3, 1), date(2024, 6, 1), "lapsed"),
          Happened("override_lifted", date(2024, 4, 1))], "current"),
        ([Happened("overridden", date(2024, 3, 1), date(2024, 6, 1), "lapsed"),
          Happened("suspended", date(2024, 4, 1))], "suspended"),
        ([Happened("suspended", date(2024, 6, 2))], "current"),
    ],
)  # fmt: skip
def test_what_happened_decides(events, expected):
    assert standing(date(2024, 6, 1), *events) == expected


def test_an_override_is_seen_and_a_renewal_is_not_one():
    until = date(2025, 6, 30)
    assert stands_on([ADMITTED, Happened("renewed", PAID, until)], 0, until) == Stands("current", until)
    by_hand = Happened("overridden", PAID, until, "current")
    assert stands_on([ADMITTED, by_hand], 0, until) == Stands("current", PAID, is_override=True)
    assert stands_on([ADMITTED, by_hand], 0, until + DAY) == Stands("lapsed", PAID)


DAYS = st.integers(0, 900).map(lambda days: START + timedelta(days=days))


@given(paid=DAYS, grace=st.integers(0, 120), day=DAYS)
def test_a_member_lapses_on_the_day_after_the_grace_and_not_before(paid, grace, day):
    found = stands_on([Happened("admitted", START, paid)], grace, day)
    assert found.is_good == (day <= paid + timedelta(days=grace))


EVENTS = st.builds(
    Happened, st.sampled_from(["admitted", "renewed", "suspended", "reinstated", "ended", "overridden"]), DAYS,
    st.none(), st.sampled_from(OVERRIDES),
)  # fmt: skip


@given(st.lists(EVENTS, max_size=8), DAYS)
def test_what_is_to_come_changes_nothing_today(events, day):
    ordered = sorted(events, key=lambda event: event.on)
    known = [event for event in ordered if event.on <= day]
    assert stands_on(ordered, 10, day) == stands_on(known, 10, day)


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2024, 5, 1), 12, date(2025, 4, 30)), (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 15), 1, date(2025, 1, 14)), (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 12, 1), 12, date(2025, 11, 30)),
    ],
)  # fmt: skip
def test_a_term_ends_on_the_day_before_it_would_begin_again(day, months, last):
    assert months_later(day, months) == last
