from collections.abc import Collection
from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.governance.admissions.models import Application, Sponsor
from secretariat.governance.membership.rules import REPRESENT

ORGANISATION = "organisation.represent"


def can_screen(actor: Actor) -> bool:
    """Check, ask, refuse, put to the ballot, follow prospects: the desk."""
    return actor.has("desk.run")


def can_see_all(actor: Actor) -> bool:
    """See every application and prospect: whoever works at the desk."""
    return actor.has("desk.run") or actor.has("desk.read")


def can_apply(actor: Actor, organisation: UUID | None, works_at: Collection[UUID]) -> bool:
    """Apply, in person: for herself, or for an organisation she represents or works for."""
    if actor.person_id is None or actor.acting_for_id is not None:
        return False
    return organisation is None or actor.has(ORGANISATION, organisation) or organisation in works_at


def is_applicant(actor: Actor, application: Application) -> bool:
    """Answer and withdraw, in person: who applied, and who represents the organisation that applies."""
    if actor.person_id is None or actor.acting_for_id is not None:
        return False
    return actor.person_id == application.person_id or (
        application.organisation_id is not None and actor.has(ORGANISATION, application.organisation_id)
    )


def can_answer_as_sponsor(actor: Actor, sponsor: Sponsor) -> bool:
    """Say whether a member stands for an application: who represents it, or the member herself; in person."""
    if actor.person_id is None or actor.acting_for_id is not None:
        return False
    return actor.has(REPRESENT, sponsor.member_id) or actor.person_id == sponsor.member.person_id
