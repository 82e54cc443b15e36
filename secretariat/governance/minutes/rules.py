from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.ballots import rules as ballot_rules
from secretariat.governance.bodies.models import Body
from secretariat.governance.meetings import rules as meeting_rules
from secretariat.governance.meetings.models import Attendance, Meeting


def can_keep(actor: Actor, body: Body) -> bool:
    """Draft minutes, edit, circulate and adopt them, keep the register: the body's secretary, its chair, the desk."""
    return ballot_rules.can_run(actor, body)


def reads_all(actor: Actor) -> bool:
    """Read every minutes and resolution: the desk and the auditor."""
    return meeting_rules.reads_all(actor)


def may_come_in(actor: Actor) -> bool:
    """See the lists at the desk: the desk, the auditor, and whoever chairs or serves a body."""
    return meeting_rules.may_come_in(actor)


def can_correct(actor: Actor, meeting: Meeting) -> bool:
    """Propose a correction: whoever was at the meeting, herself."""
    return (
        meeting_rules.is_herself(actor)
        and Attendance.objects.filter(meeting=meeting, person=actor.person_id).exists()
    )
