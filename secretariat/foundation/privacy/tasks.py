import logging
from datetime import datetime
from uuid import UUID

from secretariat.foundation.accounts.actor import SYSTEM, Actor, Capacity
from secretariat.foundation.jobs.declaring import job
from secretariat.foundation.privacy import actions
from secretariat.foundation.privacy.actions.exporting import give_up_export
from secretariat.foundation.privacy.copying import APPLY, MAKE
from secretariat.foundation.privacy.queries import run_out

logger = logging.getLogger(__name__)


def _give_up(*, export_id: str, now: datetime, error: BaseException) -> None:
    give_up_export(export_id=UUID(export_id), actor=SYSTEM, now=now)


@job(MAKE, gives_up=_give_up)
def make_export(*, export_id: str, now: datetime) -> None:
    """A copy of somebody's data, made beside the pages: it may take a while."""
    actions.make_export(export_id=UUID(export_id), actor=SYSTEM, now=now)


@job(APPLY, queue="care")
def apply_retention(*, account: str, until: str, now: datetime) -> None:
    """Erase what had run out when somebody confirmed it, in her name; her right was asked then."""
    asked = Capacity("system.run", APPLY)
    actor = Actor(UUID(account) if account else None, capacities=(asked,), door="task")
    actions.apply_retention(actor=actor, now=datetime.fromisoformat(until))


@job("privacy.expire_exports", queue="care", every="23 * * * *")
def expire_exports(*, now: datetime) -> None:
    """Once an hour: copies whose week is over leave."""
    actions.expire_exports(actor=SYSTEM, now=now)


@job("privacy.report_retention", queue="care", every="40 3 * * *")
def report_retention(*, now: datetime) -> None:
    """Each night: what has run out is said in the log. It is erased by hand: ``secretariat retention --apply``."""
    for found in run_out(now):
        logger.warning("%d %s of %s have run out: kept %s", found.count, found.label, found.app, found.kept)
