"""What happened in a meeting, in plain values: what minutes are drafted from."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.naming import names_of
from secretariat.foundation.audit.models import Act
from secretariat.governance.meetings import rules
from secretariat.governance.meetings.models import ItemBallot, Meeting
from secretariat.governance.meetings.queries.agenda import agenda_of
from secretariat.registry.people.models import Person

OF_BALLOTS = ("ballot_opened", "ballot_extended", "ballot_closed", "ballot_cancelled")


@dataclass(frozen=True)
class Happening:
    """One event: when, what (the verb of its act), whom it is about, by whom it was done, on which item.

    ``who`` and ``by`` are names as they read today. ``item`` is the number of the item in the agenda. ``ballot`` is
    set where the event is one of a ballot; ``detail`` is what the act tells besides.
    """

    at: datetime
    what: str
    who: str = ""
    by: str = ""
    item: str = ""
    item_id: UUID | None = None
    person_id: UUID | None = None
    ballot_id: UUID | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def events_of(meeting: Meeting, verbs: Collection[str] | None = None) -> list[Happening]:
    """Return everything that happened in a meeting, its ballots included, in order. Five statements at most."""
    ballots = dict(ItemBallot.objects.filter(item__meeting=meeting).values_list("ballot", "item"))
    lines = {line.item.pk: line for line in agenda_of(meeting)}
    acts = list(Act.objects.filter(subject_id__in=[meeting.pk, *ballots]).order_by("at", "id"))
    acts = [
        act
        for act in acts
        if (act.subject_id == meeting.pk or act.verb in OF_BALLOTS) and (verbs is None or act.verb in verbs)
    ]
    people = Person.objects.in_bulk({UUID(who) for act in acts if (who := act.detail.get("person"))})
    by = names_of({act.account_id for act in acts if act.account_id})
    return [_happening(act, ballots, lines, people, by) for act in acts]


def has_presided(actor: Actor, meeting: Meeting) -> bool:
    """Whether somebody held the chair of a meeting before it passed on, and acts in person. One statement."""
    if not rules.is_herself(actor):
        return False
    passed = Act.objects.filter(subject_id=meeting.pk, verb="chair_passed")
    return passed.filter(detail__earlier=str(actor.person_id)).exists()


def _happening(
    act: Act,
    ballots: dict[UUID, UUID],
    lines: dict[UUID, Any],
    people: dict[UUID, Person],
    by: dict[UUID, str],
) -> Happening:
    detail = dict(act.detail)
    item = ballots.get(act.subject_id) or _key(detail.pop("item", None))
    person = people.get(_key(detail.pop("person", None)))
    return Happening(
        at=act.at, what=act.verb, who=str(person) if person else "", by=by.get(act.account_id, ""),
        item=lines[item].number if item in lines else "", item_id=item, person_id=person.pk if person else None,
        ballot_id=act.subject_id if act.subject_id in ballots else None, detail=detail,
    )  # fmt: skip


def _key(text: Any) -> UUID | None:
    return UUID(text) if text else None
