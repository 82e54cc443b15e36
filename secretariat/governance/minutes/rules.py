from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots import rules as ballot_rules
from secretariat.governance.bodies.models import Body
from secretariat.governance.meetings import rules as meeting_rules
from secretariat.governance.meetings.models import Attendance, Meeting
from secretariat.governance.minutes.models import Resolution


def can_keep(actor: Actor, body: Body) -> bool:
    """Draft minutes, edit, circulate and adopt them, keep the register: the body's secretary, its chair, the desk."""
    return ballot_rules.can_run(actor, body)


def reads_all(actor: Actor) -> bool:
    """Read every minutes and resolution: the desk and the auditor."""
    return meeting_rules.reads_all(actor)


def may_come_in(actor: Actor) -> bool:
    """See the lists at the desk: the desk, the auditor, and whoever chairs or serves a body."""
    return meeting_rules.may_come_in(actor)


def is_herself(actor: Actor) -> bool:
    """Whether a person acts in her own name: not through an assistant, not by a program."""
    return meeting_rules.is_herself(actor)


def can_correct(actor: Actor, meeting: Meeting) -> bool:
    """Propose a correction: whoever was at the meeting, herself."""
    return (
        meeting_rules.is_herself(actor)
        and Attendance.objects.filter(meeting=meeting, person=actor.person_id).exists()
    )


def plans_actions(actor: Actor, ref: UUID) -> bool:
    """Set, change and drop the actions of a resolution: who keeps the register of its body. One statement at most."""
    resolution = Resolution.objects.filter(ref=ref).select_related("body").first()
    return resolution is not None and can_keep(actor, resolution.body)


def reads_minutes_of(actor: Actor, body: Body) -> bool:
    """Read at the desk what is kept of a body's meetings: its chair and secretary, the desk and the auditor."""
    return reads_all(actor) or actor.has("body.chair", body.pk) or actor.has("body.serve", body.pk)
