from datetime import datetime
from uuid import UUID

from secretariat.foundation.jobs.declaring import job
from secretariat.record.mailings import actions
from secretariat.record.mailings.setting import SEND


@job(SEND, queue="mail")
def send_batch(*, mailing: str, now: datetime) -> None:
    """Send the next copies of a mailing; it comes back by itself until all have left."""
    actions.send_batch(mailing_id=UUID(mailing), now=now)
