from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots import rules as ballot_rules
from secretariat.governance.bodies.models import Body
from secretariat.governance.meetings.models import Meeting, Proxy


def can_plan(actor: Actor, body: Body) -> bool:
    """Plan a meeting of a body: its chair, its secretary, the desk."""
    return ballot_rules.can_run(actor, body)


def can_run(actor: Actor, meeting: Meeting) -> bool:
    """Run a meeting: the secretary of the body and the desk; the chair, or whoever presides while it is open."""
    return ballot_rules.can_run(actor, meeting.body)


def reads_all(actor: Actor) -> bool:
    """See every meeting, whoever's it is: the desk and the auditor."""
    return any(actor.has(right) for right in ("desk.read", "desk.run", "system.run", "audit.read"))


def is_herself(actor: Actor) -> bool:
    """Whether a person acts in her own name: not through an assistant, not by a program."""
    return actor.person_id is not None and actor.acting_for_id is None and actor.token_id is None


def can_answer(actor: Actor, proxy: Proxy) -> bool:
    """Accept or decline a proxy: whoever it was offered to, herself."""
    return is_herself(actor) and actor.person_id == proxy.holder_id


def can_revoke(actor: Actor, proxy: Proxy) -> bool:
    """Take a proxy back: whoever gave it, herself."""
    return is_herself(actor) and actor.person_id == proxy.giver_id


def may_come_in(actor: Actor) -> bool:
    """See the list of meetings at the desk: the desk, and whoever chairs or serves a body."""
    return ballot_rules.may_come_in(actor) or actor.has("audit.read")
