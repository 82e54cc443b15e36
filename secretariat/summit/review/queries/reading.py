"""What one reviewer has to do: her queue, her declarations, her relations to the items. Never anybody else's.

The wall stands here: whoever has not gone through the items of a call and signed its undertaking reads none of them, by
no door. What is given to her to read is asked of ``given_readings``; whoever acts on a reading asks ``has_signed``.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, WrongState
from secretariat.foundation.files.models import File
from secretariat.summit.calls.models import Attachment, Call, FormField, Stage, Submission
from secretariat.summit.calls.queries import NotFound
from secretariat.summit.review import logic
from secretariat.summit.review.models import (
    Assignment,
    Conflict,
    Declaration,
    ReviewDraft,
    StageList,
    Undertaking,
)
from secretariat.summit.review.queries.standing import handed_on
from secretariat.summit.review.rules import JUDGE

BARRING = ("open", "barred")


class NotSigned(WrongState):
    """She has not gone through the items of the call, or not signed its undertaking as it stands."""

    def __init__(self, call: str) -> None:
        super().__init__(
            _(
                "First go through all items of this call, say which you may not judge, and sign its undertaking."
            )
        )
        self.call = call


@dataclass(frozen=True)
class Queue:
    """What one reviewer reads in one stage, in her own order; what she has handed in stands last."""

    stage: Stage
    due_at: datetime | None
    waiting: Sequence[Assignment]
    done: Sequence[Assignment]
    held: int  # items of hers with a relation that the chair has still to resolve
    is_over: bool
    sealed: int = 0  # items of hers that she is not given before she has declared and signed

    @property
    def total(self) -> int:
        return len(self.waiting) + len(self.done)

    @property
    def unanswered(self) -> list[Assignment]:
        """What she has neither accepted nor begun to review."""
        return [row for row in self.waiting if row.accepted_at is None]

    @property
    def next(self) -> Assignment | None:
        return self.waiting[0] if self.waiting else None


def has_signed(call: Any, person: Any) -> Q:
    """Whether a person has gone through the items of a call and signed its undertaking as it stands."""
    hers = {"call": call, "person": person}
    signed = Undertaking.objects.filter(**hers, digest=F("call__undertaking_digest"))
    return Q(Exists(Declaration.objects.filter(**hers)), Exists(signed))


def my_assignments(actor: Actor) -> QuerySet[Assignment]:
    """Return what the acting person has to read or has read, in no one's order but her own; she sees it in person."""
    if actor.person_id is None or actor.acting_for_id is not None:
        return Assignment.objects.none()
    return (
        Assignment.objects.filter(reviewer=actor.person_id)
        .exclude(state="withdrawn")
        .select_related("submission__ref", "submission__topic", "stage__call")
        .order_by("state", "pk")
    )


def my_readings(actor: Actor) -> QuerySet[Assignment]:
    """Return what the acting person was given, each with whether she may read it by now, and how far she is."""
    barring = Conflict.objects.filter(
        person=OuterRef("reviewer"), submission=OuterRef("submission"), state__in=BARRING
    )
    return (
        my_assignments(actor)
        .exclude(state__in=["recused", "declined"])
        .select_related("matching", "stage__call__edition", "submission__organisation")
        .annotate(
            is_barred=Exists(barring),
            is_signed=has_signed(OuterRef("stage__call"), OuterRef("reviewer")),
            is_begun=Exists(ReviewDraft.objects.filter(assignment=OuterRef("pk"))),
            is_frozen=Exists(StageList.objects.filter(stage=OuterRef("stage"))),
        )
    )


def given_readings(actor: Actor) -> QuerySet[Assignment]:
    """Return what the acting person may read now: no relation bars her, and she has declared and signed."""
    return my_readings(actor).filter(is_barred=False, is_signed=True)


def my_queues(actor: Actor, stage: Stage | None = None) -> list[Queue]:
    """Return the queues of the acting person, the latest call first; with a stage, hers in it. One statement.

    The order inside a queue is drawn by lot, once for each reader: nobody's item is always read last.
    """
    rows = my_readings(actor) if stage is None else my_readings(actor).filter(stage=stage)
    by_stage: dict[Stage, list[Assignment]] = {}
    for row in rows.order_by("-stage__call__closes_at", "-stage__position", "pk"):
        by_stage.setdefault(row.stage, []).append(row)
    return [_queue(stage, rows) for stage, rows in by_stage.items()]


def _queue(stage: Stage, found: Sequence[Assignment]) -> Queue:
    rows = [row for row in found if row.is_signed]
    drawn = sorted(rows, key=lambda row: logic.lot(row.reviewer_id, row.pk))
    return Queue(
        stage,
        max((row.matching.due_at for row in found if row.matching.due_at), default=None),
        [row for row in drawn if row.state == "assigned" and not row.is_barred],
        [row for row in drawn if row.state == "done"],
        sum(row.state == "assigned" and row.is_barred for row in rows),
        found[0].is_frozen,
        sum(row.state == "assigned" for row in found if not row.is_signed),
    )


def get_reading(actor: Actor, key: str, stage: str, number: str) -> Assignment:
    """Return what the acting person reads in a stage of a call.

    Raises NotFound, for foreign and barred items too, and NotSigned before she has declared and signed.
    """
    found = my_readings(actor).filter(
        stage__call__key=key, stage__key=stage, submission__ref__number=number, is_barred=False
    )
    assignment = found.select_related("draft", "review", "submission__call").first()
    if assignment is None:
        raise NotFound(_("There is no submission “%(number)s”.") % {"number": number})
    if not assignment.is_signed:
        raise NotSigned(key)
    return assignment


def files_of_readers(actor: Actor, files: Collection[UUID]) -> Iterable[UUID]:
    """Return those of the files that the actor reads with an item of hers: of public and committee fields."""
    asked = FormField.objects.filter(call=OuterRef("submission__call"), key=OuterRef("key"))
    readings = given_readings(actor).filter(submission=OuterRef("submission"))
    attached = Attachment.objects.filter(
        Exists(asked.exclude(confidentiality="named")), Exists(readings), file__in=files
    )
    return attached.values_list("file", flat=True)


def get_file_of_item(actor: Actor, item: Submission, pk: UUID) -> File:
    """Return a file that the actor reads with an item. Raises NotFound."""
    attached = Attachment.objects.filter(submission=item, file=pk, file__in=files_of_readers(actor, [pk]))
    found = attached.select_related("file").first()
    if found is None:
        raise NotFound(_("There is no such file."))
    return found.file


def items_to_judge(call: Call) -> list[Submission]:
    """Return what the committee of a call judges: what its formal check kept, by number. Empty before that."""
    first = call.stages.order_by("position").first()
    if first is None or first.kind != "eligibility":
        return []
    first.call = call
    kept = call.submissions.filter(ref__number__in=handed_on(first) or ()).exclude(state="withdrawn")
    named = kept.select_related("ref", "topic", "organisation", "person", "call")
    return list(named.prefetch_related("applicants__organisation").order_by("ref__number"))


def calls_to_judge(actor: Actor) -> list[Call]:
    """Return the calls whose reviews are going on in a committee the actor sits in, latest first. One statement.

    An alternate who is called in for a seat sits there, but judges nothing: reviews are given to people by name.

    Each says in ``is_declared`` whether she has gone through its items and signed its undertaking.
    """
    bodies = {c.scope_id for c in actor.capacities if c.right == JUDGE and c.scope_id}
    if actor.person_id is None or actor.acting_for_id is not None or not bodies:
        return []
    frozen = Exists(StageList.objects.filter(stage=OuterRef("pk")))
    stages = Stage.objects.filter(call=OuterRef("pk"))
    screened = stages.filter(frozen, kind="eligibility")
    going_on = stages.filter(~frozen, kind="calibrated")
    declared = has_signed(OuterRef("pk"), actor.person_id)
    calls = Call.objects.filter(Exists(screened), Exists(going_on), committee__in=bodies, state="closed")
    return list(calls.select_related("ref", "edition").annotate(is_declared=declared).order_by("-closes_at"))


def get_call_to_judge(actor: Actor, key: str) -> Call:
    """Return a call that the actor's committee judges now, or of which she was given items to read. Raises NotFound."""
    for call in calls_to_judge(actor):
        if call.key == key:
            return call
    hers = my_readings(actor).filter(stage__call=OuterRef("pk"))
    given = Call.objects.filter(Exists(hers), key=key, state="closed").select_related("ref", "edition")
    if found := given.annotate(is_declared=has_signed(OuterRef("pk"), actor.person_id)).first():
        return found
    raise NotFound(_("There is no call “%(key)s”.") % {"key": key})


def my_relations(actor: Actor, call: Call) -> list[Conflict]:
    """Return every relation between the acting person and the items of a call, declared or found, by item."""
    hers = Conflict.objects.filter(Q(person=actor.person_id), submission__call=call)
    return list(hers.select_related("submission__ref").order_by("submission__ref__number", "created_at"))
