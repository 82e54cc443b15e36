from secretariat.foundation.accounts.actor import Actor
from secretariat.summit.calls.rules import is_applicant
from secretariat.summit.honours.models import Honour


def can_run_honours(actor: Actor) -> bool:
    """Offer, confer and revoke: the secretariat, on a list its authority has decided."""
    return actor.has("desk.run")


def can_release(actor: Actor) -> bool:
    """Tell what was decided when its moment has come: the platform itself."""
    return actor.door == "task"


def can_answer(actor: Actor, honour: Honour) -> bool:
    return is_applicant(actor, honour.submission)


def can_see_honour(actor: Actor, honour: Honour) -> bool:
    """An offer is in confidence: the applicant and the secretariat. What is conferred is public."""
    if honour.state in {"conferred", "revoked"}:
        return True
    return can_answer(actor, honour) or actor.has("desk.read") or actor.has("desk.run")
