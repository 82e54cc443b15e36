from uuid import UUID

from django.utils.timezone import localdate

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.queries import in_force
from secretariat.governance.bodies.models import Term
from secretariat.registry.people.models import Person
from secretariat.summit.calls.models import Call, Stage, Submission
from secretariat.summit.review.models import Assignment, Conflict

# Of who sits in a committee by her own term; it does not pass to an alternate who is called in.
JUDGE = "review.sit"


def can_run_review(actor: Actor) -> bool:
    """Find conflicts, propose and deploy matchings, freeze lists: the secretariat."""
    return actor.has("desk.run")


def can_work_out(actor: Actor) -> bool:
    """Work out what was asked for, or what a reviewer's refusal makes necessary: the secretariat, and its worker."""
    return can_run_review(actor) or actor.door == "task"


def chairs(actor: Actor, body_id: UUID | None) -> bool:
    return body_id is not None and actor.has("body.chair", body_id)


def can_remind(actor: Actor, stage: Stage) -> bool:
    """The secretariat, and the chair of the committee."""
    return can_run_review(actor) or chairs(actor, stage.call.committee_id)


def can_resolve_conflict(actor: Actor, conflict: Conflict) -> bool:
    """The chair of the committee, or the secretariat; never the reviewer herself."""
    if actor.person_id == conflict.person_id:
        return False
    return actor.has("desk.run") or chairs(actor, conflict.submission.call.committee_id)


def can_enter_conflict(actor: Actor, call: Call, person: Person) -> bool:
    """The chair of the committee, or the secretariat; never about herself."""
    return actor.person_id != person.pk and can_keep_from(actor, call)


def can_keep_from(actor: Actor, call: Call) -> bool:
    """Keep members of the committee from items: its chair, or the secretariat."""
    return actor.has("desk.run") or chairs(actor, call.committee_id)


def can_declare_conflict(actor: Actor, submission: Submission) -> bool:
    """Whoever may declare for the call, about herself and in person."""
    return can_declare(actor, submission.call)


def can_declare(actor: Actor, call: Call) -> bool:
    """Whoever sits in the committee of the call, or was given an item of it to read; about herself and in person."""
    if actor.person_id is None or actor.acting_for_id is not None:
        return False
    if call.committee_id is not None and actor.has(JUDGE, call.committee_id):
        return True
    held = Assignment.objects.filter(stage__call=call, reviewer=actor.person_id)
    return held.filter(state__in=["assigned", "done"]).exists()


def can_review(actor: Actor, assignment: Assignment) -> bool:
    """The assigned reviewer in person; a review is not written by an assistant."""
    return actor.person_id == assignment.reviewer_id and actor.acting_for_id is None


def can_propose_move(actor: Actor, submission: Submission, stage: Stage) -> bool:
    """The secretariat, or the chair of the committee for an item she is not recused from."""
    if actor.has("desk.run"):
        return True
    if not chairs(actor, stage.call.committee_id):
        return False
    barred = Conflict.objects.filter(submission=submission, person=actor.person_id).exclude(state="cleared")
    return not barred.exists()


def can_read_reviews(actor: Actor, call: Call) -> bool:
    return actor.has("desk.read") or actor.has("desk.run")


def deputised_by(actor: Actor) -> set[UUID]:
    """Return the bodies whose vice-chair the actor is today. One statement for who sits in any, none for others."""
    if actor.person_id is None or not any(c.right == "body.sit" for c in actor.capacities):
        return set()
    held = Term.objects.filter(in_force(localdate()), person=actor.person_id, role="vice_chair")
    return set(held.values_list("seat__body", flat=True))


def can_decide(actor: Actor, authority_id: UUID | None) -> bool:
    """The chair, or a vice-chair, of the authority named for the stage before the call opened; in person."""
    if authority_id is None or actor.acting_for_id is not None:
        return False
    return chairs(actor, authority_id) or authority_id in deputised_by(actor)


def can_finish(actor: Actor, authority_id: UUID | None) -> bool:
    """Decide on what somebody before her was recused from: whoever sits in the authority, in person."""
    in_person = authority_id is not None and actor.acting_for_id is None
    return in_person and (actor.has("body.sit", authority_id) or can_decide(actor, authority_id))
