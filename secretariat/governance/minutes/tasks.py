from datetime import datetime

from secretariat.foundation.accounts.actor import SYSTEM
from secretariat.foundation.jobs.declaring import job
from secretariat.governance.minutes.actions import adopt_due_minutes
from secretariat.governance.minutes.queries import minutes_due


@job("minutes.adopt_due", every="*/10 * * * *")
def adopt_due(*, now: datetime) -> None:
    """Adopt by silence what has had its time in bodies whose rules say so, each in a transaction of its own."""
    for minutes in minutes_due(now):
        adopt_due_minutes(minutes=minutes, actor=SYSTEM, now=now)
