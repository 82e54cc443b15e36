"""Which open pages hear of what happens in a review: the desk, and the chairs who follow their call."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.summit.calls.models import Call

RINGING = (
    "review_handed_in", "conflicts_found", "conflict_declared", "conflicts_declared", "conflict_resolved",
    "matching_deployed", "matching_undone", "matching_worked_out", "reading_declined", "list_frozen", "list_decided",
    "list_decided_in_part", "move_proposed", "move_carried", "move_lost",
)  # fmt: skip
# The way from what an act was done to, to its call; the stage first, which is at hand.
UPWARD = ("assignment", "stage", "submission", "list")


def channels_of(subject: Any) -> Iterator[str]:
    """Yield the channels that hear of an act on this."""
    yield "desk"
    if call_id := _call_of(subject):
        yield f"call:{call_id}"


def _call_of(thing: Any) -> UUID | None:
    while thing is not None:
        if isinstance(thing, Call):
            return thing.pk
        if hasattr(thing, "call_id"):
            return thing.call_id
        thing = next((getattr(thing, name) for name in UPWARD if hasattr(thing, name)), None)
    return None


def hears_call(actor: Actor, call_id: UUID | None) -> bool:
    """Whether the actor follows a call: at the desk, or from the chair of its committee."""
    if call_id is None:
        return False
    if actor.has("desk.read") or actor.has("desk.run"):
        return True
    if not any(capacity.right == "body.chair" for capacity in actor.capacities):
        return False
    committee = Call.objects.filter(pk=call_id).values_list("committee_id", flat=True).first()
    return committee is not None and actor.has("body.chair", committee)
