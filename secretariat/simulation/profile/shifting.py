"""A call of one year as the call of another: same form, criteria and cuts, every date moved alike."""

from dataclasses import replace
from datetime import date, timedelta

from secretariat.simulation.profile.kinds import Call, EligibilityRule, Text


def shift_call(call: Call, *, key: str, year: int, days: int) -> Call:
    """Return the call under a new key and year, opening and closing `days` days later (earlier if negative).

    Local hours stay as they are. The days of eligibility rules move too, and where a reason or the title names the
    day or the year, it names the new one.
    """
    by = timedelta(days=days)
    return replace(
        call,
        key=key,
        year=year,
        title=_with_year(call.title, call.year, year),
        opens_at=call.opens_at + by,
        closes_at=call.closes_at + by,
        are_dates_invented=True,
        eligibility=tuple(_shifted(rule, by) for rule in call.eligibility),
    )


def _shifted(rule: EligibilityRule, by: timedelta) -> EligibilityRule:
    params = {name: value + by if isinstance(value, date) else value for name, value in rule.params.items()}
    reason = rule.reason
    for name, value in params.items():
        if isinstance(value, date):
            reason = Text(
                reason.en.replace(_english(rule.params[name]), _english(value)),
                reason.zh.replace(_chinese(rule.params[name]), _chinese(value)),
            )
    return replace(rule, params=params, reason=reason)


def _english(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _with_year(text: Text, old: int, new: int) -> Text:
    return Text(text.en.replace(str(old), str(new)), text.zh.replace(str(old), str(new)))


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
