from typing import Any

from django.dispatch import receiver

from secretariat.governance.ballots.signals import decided
from secretariat.governance.motions.actions import act_on_result


@receiver(decided)
def act_on_decision(ballot: Any, result: Any, actor: Any, now: Any, **_named: Any) -> None:
    """Do, in the transaction that closes a ballot, what it decided on a motion or an amendment."""
    act_on_result(ballot=ballot, result=result, actor=actor, now=now)
