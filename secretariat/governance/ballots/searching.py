"""Ballots as they are found: at the desk all, by a voter those on whose roll she stands."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.models import Ballot, RollLine
from secretariat.record.search.sources import READERS, Entry, Only, Source, narrowed, register_source

WATCHED = {"ballots.ballot": "pk", "bodies.body": "body"}
# However often somebody votes, the question is found as before.
SILENT = frozenset({"vote_cast", "vote_entered", "hands_counted"})


def ballots(on: date, only: Only) -> Iterable[Entry]:
    """Yield every question that was put to a body. One statement."""
    rows = narrowed(Ballot.objects.all(), only).select_related("ref", "body", "subject")
    for row in rows.iterator():
        number = row.ref.number
        yield Entry(
            key=row.pk, title_en=row.question_en, title_zh=row.question_zh, about_en=f"{number} · {row.body.name_en}",
            about_zh=f"{number} · {row.body.name_zh}",
            words=" ".join(filter(None, [number, row.subject and row.subject.number])), text=row.reason,
            year=row.opened_at.year if row.opened_at else None, my_path=reverse("my_ballots:ballot", args=[number]),
            desk_path=reverse("desk_ballots:ballot", args=[number]), rights=READERS,
        )  # fmt: skip


def of_voter(actor: Actor) -> QuerySet[Any]:
    """Return the keys of the ballots in which an actor casts a vote."""
    lines = RollLine.objects.filter(voter=actor.person_id) if actor.person_id else RollLine.objects.none()
    return lines.order_by().values("ballot")


def register_sources() -> None:
    """Make ballots findable."""
    register_source(Source("ballot", _("Ballots"), ballots, Ballot, WATCHED, of_voter, SILENT))
