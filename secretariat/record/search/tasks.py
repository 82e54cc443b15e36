from datetime import datetime

from secretariat.foundation.jobs.declaring import job
from secretariat.record.search import actions


@job("search.refresh", queue="care", every="* * * * *")
def refresh(*, now: datetime) -> None:
    """Each minute: what was changed is found as it is now."""
    actions.refresh(now=now)


@job("search.reindex", queue="care", every="10 3 * * *")
def reindex(*, now: datetime) -> None:
    """Each night: what began or ended by the calendar, and whatever the minutes missed."""
    actions.reindex(now=now)
