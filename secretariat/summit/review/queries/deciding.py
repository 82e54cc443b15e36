"""Who decides on a list, and on which of its items: nobody on one that she is recused from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.bodies.queries import holders_of_seats
from secretariat.registry.conflicts.policies import policy_from
from secretariat.registry.conflicts.queries import conflict_matrix
from secretariat.registry.people.models import Person
from secretariat.summit.calls.models import Stage, Submission
from secretariat.summit.calls.queries import NotFound
from secretariat.summit.review import rules
from secretariat.summit.review.models import Conflict, ListEntry, StageList
from secretariat.summit.review.queries.ranking import recused_items
from secretariat.summit.review.queries.standing import party_sets


@dataclass(frozen=True)
class Share:
    """What one of the authority decides on a list: what is left of it, without what she is recused from.

    ``left``: the items that somebody before her was recused from, by number; None while nobody has decided on any.
    """

    recused: frozenset[str] = frozenset()
    left: frozenset[str] | None = None

    @property
    def is_hers(self) -> bool:
        """What another was recused from is left to somebody who is recused from none of it."""
        return self.left is None or not self.left & self.recused

    def takes(self, number: str) -> bool:
        """Whether she decides on this item of the list."""
        return number not in self.recused and (self.left is None or number in self.left)


def recusals(frozen: StageList, people: Collection[UUID], on: date) -> dict[UUID, frozenset[str]]:
    """Return which items of a list each of these people is recused from, by number.

    A relation bars that she declared, that was found before and not cleared, or that bars by rule as the registry
    knows it on this day: nobody looked at those of an authority before the list came to it.
    """
    listed = ListEntry.objects.filter(list=frozen).values("submission")
    items = {s.pk: s for s in Submission.objects.filter(pk__in=listed).select_related("ref").defer("draft")}
    barred, cleared = set(), set()
    for row in Conflict.objects.filter(person__in=people, submission__in=items):
        if row.state == "cleared":
            cleared.add((row.person_id, row.submission_id, row.kind, row.source_id))
        else:
            barred.add((row.person_id, row.submission_id))
    policy = policy_from(frozen.stage.call.conflict_rules)
    for found in conflict_matrix(people, party_sets(items.values()), on, policy):
        pair = (found.person_id, found.party_key)
        if found.strength == "bars" and (*pair, found.kind, found.source_id) not in cleared:
            barred.add(pair)
    return {who: frozenset(items[pk].ref.number for whose, pk in barred if whose == who) for who in people}


def share_of(actor: Actor, frozen: StageList, on: date) -> Share:
    """Return what the actor decides on a list of an authority she belongs to."""
    part = getattr(frozen, "part", None)
    left = frozenset(part.left_out) if part else None
    if actor.person_id is None:
        return Share(left=left)
    return Share(recusals(frozen, [actor.person_id], on)[actor.person_id], left)


def recused_on(actor: Actor, stage: Stage) -> frozenset[str]:
    """Return the items of a stage that the actor may not see judged, by number; none for the secretariat.

    Whoever leads the authority of the stage is asked about as the registry stands now: nobody did that before.
    """
    known = recused_items(actor, stage.call)
    if rules.can_read_reviews(actor, stage.call) or not rules.can_decide(actor, stage.authority_id):
        return known
    frozen = StageList.objects.filter(stage=stage).select_related("stage__call", "part").first()
    return known | share_of(actor, frozen, timezone.localdate()).recused if frozen else known


def able_to_finish(frozen: StageList, on: date) -> list[Person]:
    """Return who of the authority may decide on what a part decided before left out: vice-chairs, else any member."""
    left = frozenset(frozen.part.left_out)
    terms = [term for term in holders_of_seats(frozen.stage.authority, on) if term.person_id]
    found = recusals(frozen, [term.person_id for term in terms], on)
    free = [term for term in terms if not left & found[term.person_id]]
    leading = [term.person for term in free if term.role != "member"]
    return leading or [term.person for term in free]


def _led_by(actor: Actor) -> set[UUID]:
    """The bodies the actor chairs, or whose vice-chair she is."""
    return rules.deputised_by(actor) | {
        c.scope_id for c in actor.capacities if c.right == "body.chair" and c.scope_id
    }


def lists_of_authority(actor: Actor, *, waiting: bool) -> list[StageList]:
    """Return the frozen lists that the actor decides on in person: those that wait, oldest first, or the decided.

    Each says in ``is_hers`` whether it waits for her: what was decided in part waits for who is not recused.
    """
    seats = {c.scope_id for c in actor.capacities if c.right == "body.sit" and c.scope_id}
    led = _led_by(actor)
    if actor.acting_for_id is not None or not led | seats:
        return []
    lists = StageList.objects.filter(
        Q(stage__authority__in=led) | Q(stage__authority__in=seats, part__isnull=False),
        decision__isnull=waiting,
    ).exclude(stage__call__state="cancelled")
    lists = lists.select_related(
        "stage__call__edition", "stage__call__ref", "stage__authority__ref", "decision", "part"
    )
    found = list(lists.order_by("frozen_at" if waiting else "-decision__decided_at", "pk"))
    today = timezone.localdate()
    for frozen in found:
        parted = waiting and getattr(frozen, "part", None) is not None
        frozen.is_hers = waiting and (not parted or share_of(actor, frozen, today).is_hers)
    return [
        row for row in found if row.is_hers or row.stage.authority_id in led or _was_decided_by(actor, row)
    ]


def _was_decided_by(actor: Actor, frozen: StageList) -> bool:
    decision = getattr(frozen, "decision", None)
    return actor.person_id is not None and decision is not None and decision.person_id == actor.person_id


def get_list_of_authority(actor: Actor, key: str, stage: str) -> StageList:
    """Return a frozen list that the actor decides, or has decided, on. Raises NotFound."""
    for waiting in (True, False):
        for frozen in lists_of_authority(actor, waiting=waiting):
            if (frozen.stage.call.key, frozen.stage.key) == (key, stage):
                return frozen
    raise NotFound(_("There is no such list."))
