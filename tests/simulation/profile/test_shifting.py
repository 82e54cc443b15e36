"""A call moved to another year keeps its hours and tells its own dates."""

from dataclasses import replace
from datetime import date

from secretariat.simulation.profile.shifting import shift_call


def test_a_call_moved_by_a_year_opens_at_the_same_hour_and_tells_the_new_dates(profile):
    call = profile.calls["achievements-2022"]

    moved = shift_call(call, key="achievements-2023", year=2023, days=365)

    assert (moved.key, moved.year) == ("achievements-2023", 2023)
    assert moved.title.en.endswith("Achievements 2023")
    assert moved.title.zh.startswith("2023年")
    assert moved.opens_at.isoformat() == "2023-05-20T09:00:00+08:00"
    assert moved.closes_at - moved.opens_at == call.closes_at - call.opens_at
    rule = next(row for row in moved.eligibility if row.kind == "date_before")
    assert rule.params["before"] == date(2023, 1, 1)
    assert "1 January 2023" in rule.reason.en
    assert "2023年1月1日" in rule.reason.zh
    assert (moved.form, moved.criteria, moved.stages) == (call.form, call.criteria, call.stages)


def test_every_reason_that_names_a_day_follows_it(profile):
    for call in profile.calls.values():
        moved = shift_call(call, key="later", year=2031, days=3210)
        for old, new in zip(call.eligibility, moved.eligibility, strict=True):
            changed = old.kind == "date_before"
            assert (old.reason.en != new.reason.en) == changed
            assert (old.reason.zh != new.reason.zh) == changed


def test_moved_by_nothing_a_call_is_the_same(profile):
    call = profile.calls["cases-2022"]

    assert shift_call(call, key=call.key, year=call.year, days=0) == replace(call, are_dates_invented=True)
