from datetime import datetime

from secretariat.foundation.jobs.declaring import job
from secretariat.record.search import actions


@job("search.follow", queue="care")
def follow(*, act: int, now: datetime) -> None:
    """After an act: what it concerns is found as it is now."""
    actions.follow(act=act, now=now)


@job("search.refresh", queue="care", every="* * * * *")
def refresh(*, now: datetime) -> None:
    """Each minute: what was changed without an act that is followed, or by one whose job is late."""
    actions.refresh(now=now)


@job("search.reindex", queue="care", every="10 3 * * *")
def reindex(*, now: datetime) -> None:
    """Each night: what began or ended by the calendar, and whatever the minutes missed."""
    actions.reindex(now=now)
