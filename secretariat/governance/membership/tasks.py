from datetime import datetime

from secretariat.foundation.accounts.actor import SYSTEM
from secretariat.foundation.jobs.declaring import job
from secretariat.governance.membership.actions import recompute_standings


@job("membership.recompute_standings", every="20 16 * * *")
def recompute(*, now: datetime) -> None:
    """Say every night how each member stands: soon after midnight where the organisation sits."""
    recompute_standings(actor=SYSTEM, now=now)
