from datetime import datetime

from secretariat.foundation.accounts.actor import SYSTEM
from secretariat.foundation.jobs.declaring import job
from secretariat.summit.calls import actions


@job("calls.remind_of_questions", queue="care", every="11 * * * *")
def remind_of_questions(*, now: datetime) -> None:
    """Every hour: whose answer is due within two days is told once more."""
    actions.remind_of_questions(actor=SYSTEM, now=now)
