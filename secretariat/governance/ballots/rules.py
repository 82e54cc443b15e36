from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots.models import Ballot, RollLine
from secretariat.governance.ballots.presiding import holds_the_chair
from secretariat.governance.bodies.models import Body


def can_run(actor: Actor, body: Body) -> bool:
    """Put questions to a body and count: its secretary, the desk, and its chair or whoever presides in her stead."""
    return (
        actor.has("body.serve", body.pk)
        or actor.has("desk.run")
        or actor.has("system.run")
        or holds_the_chair(actor, body)
    )


def can_see(actor: Actor, ballot: Ballot) -> bool:
    """See a ballot: whoever sits in or serves the body or runs it, and the desk; its voters by the roll."""
    return (
        can_run(actor, ballot.body)
        or actor.has("desk.read")
        or actor.has("audit.read")
        or actor.holds_seat_in(ballot.body_id)
    )


def can_cast(actor: Actor, line: RollLine) -> bool:
    """Cast a vote: the person named on the line of the roll, herself; no assistant and no program does."""
    return (
        actor.person_id is not None
        and actor.person_id == line.voter_id
        and actor.acting_for_id is None
        and actor.token_id is None
        and not line.is_recused
    )


def may_come_in(actor: Actor) -> bool:
    """See the list of ballots: the desk, and whoever chairs or serves a body."""
    return any(actor.has(right) for right in ("desk.read", "desk.run", "system.run")) or any(
        capacity.right in ("body.chair", "body.serve") for capacity in actor.capacities
    )
