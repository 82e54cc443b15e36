from datetime import datetime

from secretariat.foundation.jobs import actions
from secretariat.foundation.jobs.declaring import job


@job("jobs.rescue_stalled", queue="care", every="* * * * * */20")
def rescue_stalled(*, now: datetime) -> None:
    """Three times a minute: jobs of dead workers are given back."""
    actions.rescue_stalled(now=now)


@job("jobs.forget_old", queue="care", every="30 3 * * *")
def forget_old(*, now: datetime) -> None:
    """Each night: what failed long ago is removed."""
    actions.forget_old(now=now)
