from secretariat.foundation.accounts.actor import Actor
from secretariat.record.correspondence.models import Letter


def can_see_letters(actor: Actor) -> bool:
    """See what came in and what goes out: whoever works at the desk."""
    return actor.has("desk.run") or actor.has("desk.read")


def can_write(actor: Actor) -> bool:
    """Register what came in, draft what goes out: the secretariat, in person."""
    return actor.has("desk.run") and actor.person_id is not None


def can_sign(actor: Actor, letter: Letter) -> bool:
    """Sign or send back: the person asked to, herself and not through an assistant, never who drafted it."""
    return (
        actor.has("desk.run")
        and actor.acting_for_id is None
        and actor.person_id == letter.signer_id
        and actor.person_id != letter.drafter_id
    )
