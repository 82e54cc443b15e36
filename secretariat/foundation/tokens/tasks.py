from datetime import datetime

from secretariat.foundation.jobs.declaring import job
from secretariat.foundation.tokens import actions


@job("tokens.remind_of_expiry", queue="care", every="20 6 * * *")
def remind_of_expiry(*, now: datetime) -> None:
    """Each morning: whose access tokens end soon is told."""
    actions.remind_of_expiry(now=now)
