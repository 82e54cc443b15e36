from typing import Any

from django.dispatch import receiver

from secretariat.governance.ballots.signals import decided, opened
from secretariat.summit.review.actions import act_on_result, refuse_barred_voters


@receiver(opened)
def look_at_the_roll(ballot: Any, **_named: Any) -> None:
    """Refuse, in the transaction that opens a ballot on a move, a roll with somebody who may not judge the item."""
    refuse_barred_voters(ballot=ballot)


@receiver(decided)
def act_on_decision(ballot: Any, result: Any, actor: Any, now: Any, **_named: Any) -> None:
    """Do, in the transaction that closes a ballot, what it decided on a move across the line."""
    act_on_result(ballot=ballot, result=result, actor=actor, now=now)
