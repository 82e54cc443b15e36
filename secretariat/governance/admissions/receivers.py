from typing import Any

from django.dispatch import receiver

from secretariat.governance.admissions.actions import act_on_result
from secretariat.governance.ballots.signals import decided


@receiver(decided)
def act_on_decision(ballot: Any, result: Any, actor: Any, now: Any, **_named: Any) -> None:
    """Do, in the transaction that closes a ballot, what it decided on an application."""
    act_on_result(ballot=ballot, result=result, actor=actor, now=now)
