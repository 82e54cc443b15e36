"""What ballots tell the questions that every wing asks: what waits for somebody, and who hears of it."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.queries import open_ballots_of, visible_ballots
from secretariat.record.tasks.duties import Door, Duty


def duties(actor: Actor, door: Door, _now: datetime) -> Iterator[Duty]:
    """Votes that are still to be cast."""
    if door == "desk" or actor.person_id is None or actor.acting_for_id is not None:
        return
    for ballot in open_ballots_of(actor.person_id):
        yield Duty(
            key=f"ballots.vote:{ballot.pk}", title=_("Vote: %(question)s") % {"question": ballot},
            path=reverse("my_ballots:ballot", args=[ballot.ref.number]), due=ballot.closes_at, about=str(ballot.body),
        )  # fmt: skip


def hears_ballot(actor: Actor, ballot: UUID | None) -> bool:
    """Whoever may see a ballot hears of it, unless she is recused."""
    return ballot is not None and visible_ballots(actor).filter(pk=ballot, is_kept=False).exists()
