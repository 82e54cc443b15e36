from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.rules import can_run
from secretariat.governance.bodies.models import Body
from secretariat.governance.motions.models import Amendment, Backing, Motion
from secretariat.governance.motions.states import Part


def can_lead(actor: Actor, body: Body) -> bool:
    """Admit, rule out, set the order, put to the vote, publish: who runs the ballots of the body."""
    return can_run(actor, body)


def is_herself(actor: Actor) -> bool:
    """Whether somebody acts in person: no assistant and no program moves or seconds."""
    return actor.person_id is not None and actor.acting_for_id is None and actor.token_id is None


def backs(actor: Actor, motion: Motion, *parts: str, amendment: Amendment | None = None) -> bool:
    """Whether she moves or seconds this motion, or this amendment, in person. One statement."""
    if not is_herself(actor):
        return False
    rows = Backing.objects.filter(motion=motion, amendment=amendment, by=actor.person_id, ended_at=None)
    return rows.filter(part__in=parts or Part.values).exists()


def can_write(actor: Actor, motion: Motion) -> bool:
    """Write and submit a draft, revise what is submitted, answer amendments: its movers, in person."""
    return backs(actor, motion, Part.MOVER)


def bodies_led(actor: Actor) -> set[UUID]:
    """The bodies an actor chairs or serves."""
    return {c.scope_id for c in actor.capacities if c.right in ("body.chair", "body.serve") and c.scope_id}


def sees_all(actor: Actor) -> bool:
    """See every motion that was submitted: the desk and whoever audits."""
    return any(actor.has(right) for right in ("desk.read", "desk.run", "system.run", "audit.read"))


def may_come_in(actor: Actor) -> bool:
    """See the desk's list of motions: the desk, and whoever chairs or serves a body."""
    return any(actor.has(right) for right in ("desk.read", "desk.run", "system.run")) or bool(
        bodies_led(actor)
    )
