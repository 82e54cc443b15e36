from contextlib import suppress
from datetime import datetime
from uuid import UUID

from secretariat.foundation.accounts.actor import SYSTEM, WrongState
from secretariat.foundation.jobs.declaring import job
from secretariat.summit.calls.models import Stage
from secretariat.summit.review.actions.engine import Infeasible
from secretariat.summit.review.actions.matching import work_out_matching
from secretariat.summit.review.actions.readings import propose_repair
from secretariat.summit.review.actions.reminding import remind_of_reviews
from secretariat.summit.review.models import Matching
from secretariat.summit.review.states import REPAIR, WORK_OUT


@job(WORK_OUT)
def work_out(*, key: str, now: datetime) -> None:
    """Work out a proposed matching that would have kept its page waiting."""
    matching = Matching.objects.select_related("stage__call").get(pk=UUID(key))
    work_out_matching(matching=matching, actor=SYSTEM, now=now)


@job("review.remind_of_reviews", queue="care", every="13 * * * *")
def remind(*, now: datetime) -> None:
    """Every hour: whose reviews are asked for within three days is told so, once."""
    remind_of_reviews(actor=SYSTEM, now=now)


@job(REPAIR)
def repair(*, stage: str, now: datetime) -> None:
    """Propose who takes over what a reader declined. Where nobody can, the duty of the desk says that it is short."""
    found = Stage.objects.select_related("call__ref", "authority__ref").get(pk=UUID(stage))
    with suppress(Infeasible, WrongState):
        propose_repair(stage=found, actor=SYSTEM, now=now)
