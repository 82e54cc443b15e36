"""Telling voters, by notice and mail, what happens to a ballot that is open for a time."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from secretariat.foundation.notices.actions import tell
from secretariat.governance.ballots.models import Ballot, RollLine


def tell_voters(ballot: Ballot, kind: str, now: datetime, **said: Any) -> None:
    """Tell everybody who may vote. A ballot without a closing time is held in a room: nobody is written to."""
    if ballot.closes_at is None:
        return
    until = ballot.closes_at.isoformat()
    tell(
        # A ballot extended twice is told of twice.
        accounts=accounts_of_voters(ballot), kind=kind, subject_id=uuid5(ballot.pk, until), now=now,
        number=ballot.ref.number, question={"en": ballot.question_en, "zh": ballot.question_zh}, until=until, **said,
    )  # fmt: skip


def accounts_of_voters(ballot: Ballot) -> list[UUID]:
    """Return the accounts of those who cast a vote of this roll that is not recused, each once. One statement."""
    lines = RollLine.objects.filter(ballot=ballot, recusal__isnull=True, voter__account__isnull=False)
    return list(lines.values_list("voter__account", flat=True).distinct())
