from collections.abc import Sequence
from datetime import datetime, timedelta

SHORT = (10, 60, 300, 1800, 7200)  # seconds; in all two and a half hours
SILENCE = timedelta(seconds=20)  # a worker that gave no sign of life for so long is dead
RESCUES = 10  # a job that takes its worker down with it is not tried for ever


def next_try(attempts: int, now: datetime, waits: Sequence[int] = SHORT) -> datetime | None:
    """Return when a job that was tried ``attempts`` times before this failure is tried again; None: no more."""
    return now + timedelta(seconds=waits[attempts]) if attempts < len(waits) else None
