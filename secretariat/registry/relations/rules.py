from secretariat.foundation.accounts.actor import Actor
from secretariat.registry.relations.models import Relation

# Of who decides, judges or advises; of these, conflicts are asked.
JUDGING = ("body.sit", "body.advise", "body.serve", "review.sit")


def is_asked(actor: Actor) -> bool:
    """Whether somebody takes part in decisions, so that her relations matter."""
    return any(capacity.right in JUDGING for capacity in actor.capacities)


def is_herself(actor: Actor) -> bool:
    """Whether a person acts in her own name: what is private is not said by an assistant."""
    return actor.person_id is not None and actor.acting_for_id is None


def can_end(actor: Actor, relation: Relation) -> bool:
    """The person herself, unless the secretariat recorded it; then the secretariat."""
    if relation.is_pinned:
        return can_pin(actor)
    return is_herself(actor) and actor.person_id == relation.person_id


def can_pin(actor: Actor) -> bool:
    """Record a relation that somebody did not declare: who runs the desk."""
    return actor.has("desk.run")
