from datetime import datetime
from uuid import UUID

from secretariat.foundation.jobs.declaring import job
from secretariat.foundation.notices import actions
from secretariat.foundation.notices.logic import retry_waits
from secretariat.foundation.notices.posting import SEND


def give_up(*, message: str, now: datetime, error: Exception) -> None:
    """Write down that a mail was not sent, and what the server said."""
    actions.give_up_message(message_id=UUID(message), reason=str(error), now=now)


@job(SEND, queue="mail", waits=retry_waits(), gives_up=give_up)
def send_message(*, message: str, now: datetime) -> None:
    """Send one mail, again and again for a day while the server cannot take it."""
    actions.send_message(message_id=UUID(message), now=now)


@job("notices.queue_digests", queue="care", every="*/10 * * * *")
def queue_digests(*, now: datetime) -> None:
    """Six times an hour: whose digest is due gets it."""
    actions.queue_digests(now=now)
