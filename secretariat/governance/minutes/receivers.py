from typing import Any

from django.dispatch import receiver

from secretariat.governance.ballots.signals import decided
from secretariat.governance.minutes.actions import enter_adopted_motion


@receiver(decided)
def enter_what_was_adopted(ballot: Any, result: Any, actor: Any, now: Any, **_named: Any) -> None:
    """Enter in the register, in the transaction that closes a ballot, the motion it has adopted."""
    enter_adopted_motion(ballot=ballot, actor=actor, now=now)
