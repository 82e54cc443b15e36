from datetime import datetime

from secretariat.foundation.accounts.actor import SYSTEM
from secretariat.foundation.jobs.declaring import job
from secretariat.governance.ballots.actions import close_due_ballot
from secretariat.governance.ballots.queries import due_ballots


@job("ballots.close_due", every="* * * * *")
def close_due(*, now: datetime) -> None:
    """Close what has had its time, each ballot in a transaction of its own."""
    for ballot in due_ballots(now):
        close_due_ballot(ballot=ballot, actor=SYSTEM, now=now)
