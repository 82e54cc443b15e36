"""How often something may be tried: exact, however many processes ask at the same time."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from secretariat.foundation.accounts.logic import digest
from secretariat.foundation.accounts.models import Attempts

# One statement, so that no two askers can read the same number.
HIT = """
INSERT INTO accounts_attempts AS a (key, count, until) VALUES (%(key)s, 1, %(until)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN a.until <= %(now)s THEN 1 ELSE a.count + 1 END,
    until = CASE WHEN a.until <= %(now)s THEN excluded.until ELSE a.until END
RETURNING count, until
"""
SWEEP_ONE_IN = 500


@dataclass(frozen=True)
class Verdict:
    """Whether one more try is allowed, which try of its window it is, and when the window ends."""

    allowed: bool
    count: int
    until: datetime


class TooMany(Exception):
    """Too many tries; ``until`` says when to come again. Pages answer 429."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def hit(key: str, limit: int, period: timedelta, now: datetime) -> Verdict:
    """Count one try under ``key`` and say whether it is within ``limit`` in a window of ``period``.

    The window begins with its first try. The key is kept as a digest only. Outside a transaction the count stays
    whatever happens next; inside one it is rolled back with it.
    """
    with connection.cursor() as cursor:
        cursor.execute(HIT, {"key": digest(key), "now": now, "until": now + period})
        count, until = cursor.fetchone()
    if secrets.randbelow(SWEEP_ONE_IN) == 0:
        sweep(now)
    return Verdict(count <= limit, count, until)


def require_within(key: str, limit: int, period: timedelta, now: datetime) -> None:
    """Count one try and raise TooMany if it is one too many."""
    verdict = hit(key, limit, period, now)
    if not verdict.allowed:
        raise TooMany(verdict.until)


def clear(key: str) -> None:
    """Forget the tries under ``key``: it went well."""
    Attempts.objects.filter(key=digest(key)).delete()


def sweep(now: datetime) -> int:
    """Remove the windows that have ended and return how many there were."""
    return Attempts.objects.filter(until__lte=now).delete()[0]
