from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.advice.models import AdviceRequest
from secretariat.governance.bodies.models import Body
from secretariat.governance.bodies.rules import is_herself


def keeps_advice(actor: Actor) -> bool:
    """Ask for the secretariat, publish, withdraw: the desk."""
    return actor.has("desk.run") or actor.has("system.run")


def reads_all(actor: Actor) -> bool:
    """See every request: the desk and the auditor."""
    return any(actor.has(right) for right in ("desk.read", "desk.run", "system.run", "audit.read"))


def bodies_led(actor: Actor) -> set[UUID]:
    """Return the bodies for which somebody may ask: those she chairs or serves."""
    return {c.scope_id for c in actor.capacities if c.right in ("body.chair", "body.serve") and c.scope_id}


def can_ask(actor: Actor, asked_by: Body | None) -> bool:
    """Ask for advice: the desk, for whomever; and whoever leads the body that asks."""
    return keeps_advice(actor) or (asked_by is not None and asked_by.pk in bodies_led(actor))


def can_contribute(actor: Actor, advice: AdviceRequest) -> bool:
    """Say something on a question: whoever sits in the committee, herself."""
    return is_herself(actor) and actor.has("body.advise", advice.committee_id)


def can_adopt(actor: Actor, advice: AdviceRequest) -> bool:
    """Adopt the opinion: the chair of the committee, in person."""
    return is_herself(actor) and actor.has("body.chair", advice.committee_id)


def can_withdraw(actor: Actor, advice: AdviceRequest) -> bool:
    """Take a question back: whoever could have asked it."""
    return can_ask(actor, advice.asked_by)


def can_bring_papers(actor: Actor, advice: AdviceRequest) -> bool:
    """Put papers to a question, and withdraw them: whoever could have asked it."""
    return can_ask(actor, advice.asked_by)


def may_come_in(actor: Actor) -> bool:
    """See the list at the desk: the desk, and whoever may ask for a body."""
    return reads_all(actor) or bool(bodies_led(actor))
