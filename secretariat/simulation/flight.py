"""The second edition, dated from the day of installation: one call open, one in the middle of its reviews."""

from datetime import date, timedelta

from secretariat.simulation.profile.kinds import Call
from secretariat.simulation.profile.shifting import shift_call

OPEN_SINCE = timedelta(days=45)
CLOSED_SINCE = timedelta(days=45)
SUMMIT_IN, SUMMIT_LASTS = timedelta(days=180), timedelta(days=2)


def open_call_of(call: Call, today: date) -> Call:
    """Return a call like that of the profile which opened some weeks ago."""
    return _moved(call, today, (today - OPEN_SINCE - call.opens_at.date()).days)


def reviewed_call_of(call: Call, today: date) -> Call:
    """Return a call like that of the profile which closed some weeks ago, so that its reviews are coming in."""
    return _moved(call, today, (today - CLOSED_SINCE - call.closes_at.date()).days)


def summit_days(today: date) -> tuple[date, date]:
    """Return the first and the last day of the edition being prepared."""
    return today + SUMMIT_IN, today + SUMMIT_IN + SUMMIT_LASTS


def _moved(call: Call, today: date, days: int) -> Call:
    year = summit_days(today)[0].year
    return shift_call(call, key=call.key.replace(str(call.year), str(year)), year=year, days=days)
