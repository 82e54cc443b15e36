from typing import Any

from django.dispatch import receiver

from secretariat.governance.ballots.signals import opened
from secretariat.governance.meetings.actions import note_ballot


@receiver(opened)
def tie_to_item(ballot: Any, now: Any, **_named: Any) -> None:
    """Keep, in the transaction that opens a ballot, on which item of which meeting it is held."""
    note_ballot(ballot=ballot, now=now)
