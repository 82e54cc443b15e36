from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.bodies.models import Body, Term
from secretariat.registry.places.rules import keeps_registry


def is_herself(actor: Actor) -> bool:
    """Whether a person acts in her own name: not through an assistant, not by a program."""
    return actor.person_id is not None and actor.acting_for_id is None and actor.token_id is None


def can_call_in(actor: Actor, body: Body, holders: list[Term] | None = None) -> bool:
    """Call the alternate of a seat in: the desk, the chair and the secretary of the body, and the seat's own holder."""
    if keeps_registry(actor) or actor.has("body.serve", body.pk) or actor.has("body.chair", body.pk):
        return True
    return is_herself(actor) and any(term.person_id == actor.person_id for term in holders or ())
