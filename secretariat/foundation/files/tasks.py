from datetime import datetime

from secretariat.foundation.accounts.actor import SYSTEM
from secretariat.foundation.files import actions
from secretariat.foundation.jobs.declaring import job


@job("files.expire_uploads", queue="care", every="17 * * * *")
def expire_uploads(*, now: datetime) -> None:
    """Once an hour: what nobody finished within two days leaves the disk."""
    actions.expire_uploads(actor=SYSTEM, now=now)
