from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.summit.calls.models import Approval, Call, Submission


def can_run_call(actor: Actor) -> bool:
    """Declare, open, close and screen: the secretariat."""
    return actor.has("desk.run")


def can_start_submission(actor: Actor, call: Call) -> bool:
    """Anybody with a person of her own may answer an open call."""
    return actor.person_id is not None and call.state == "open" and may_apply(actor)


def is_applicant(actor: Actor, submission: Submission) -> bool:
    """The person in charge, or a representative of the applying organisation."""
    if actor.person_id is not None and actor.person_id == submission.person_id:
        return may_apply(actor)
    return represents(actor, submission.organisation_id)


def represents(actor: Actor, organisation_id: UUID | None) -> bool:
    """A representative of this very organisation."""
    return organisation_id is not None and actor.has("organisation.represent", organisation_id)


def can_approve(actor: Actor, approval: Approval) -> bool:
    """Another representative than the one who asks, in person."""
    return (
        actor.person_id is not None
        and actor.tasks is None
        and actor.person_id != approval.asked_by_id
        and represents(actor, approval.submission.organisation_id)
    )


def may_apply(actor: Actor) -> bool:
    """In person, or as an assistant who was given this task."""
    return actor.tasks is None or "calls.apply" in actor.tasks


def can_read_submission(actor: Actor, submission: Submission) -> bool:
    """Applicants read their own; staff read what was handed in. Reviewers come through their assignments."""
    return is_applicant(actor, submission) or (submission.state != "draft" and actor.has("desk.read"))


def can_withdraw(actor: Actor, submission: Submission) -> bool:
    return is_applicant(actor, submission) or actor.has("desk.run")


def can_be_withdrawn(submission: Submission) -> bool:
    """While the call is open; after its closing, a draft or what was found eligible."""
    during = ("draft", "submitted") if submission.call.state == "open" else ("draft", "eligible")
    return submission.state in during


def reads_desk(actor: Actor) -> bool:
    """See what the desk asked and what was answered."""
    return actor.has("desk.read") or actor.has("desk.run")


def can_ask(actor: Actor) -> bool:
    """Ask an applicant, and settle what was answered: the secretariat, in person."""
    return actor.has("desk.run") and actor.person_id is not None
