from django.conf import settings

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.mailings.models import Mailing
from secretariat.record.mailings.states import MailingState


def can_see_mailings(actor: Actor) -> bool:
    """See what went to whom: whoever works at the desk."""
    return actor.has("desk.run") or actor.has("desk.read")


def can_write(actor: Actor) -> bool:
    """Write to a list, start and stop it: the secretariat."""
    return actor.has("desk.run") and actor.person_id is not None


def can_approve(actor: Actor, mailing: Mailing) -> bool:
    """Approve or send back: the person asked to, herself and not through an assistant, never who drafted it."""
    return (
        actor.has("desk.run")
        and actor.acting_for_id is None
        and actor.person_id == mailing.approver_id
        and actor.person_id != mailing.drafter_id
    )


def needs_approval(readers: int) -> bool:
    """Whether so many readers want a second person."""
    return readers > settings.MAILING_ALONE


def can_go(mailing: Mailing, readers: int) -> bool:
    """Whether it may start now: approved, or a draft to few."""
    if mailing.state == MailingState.APPROVED:
        return True
    return mailing.state == MailingState.DRAFT and not needs_approval(readers)
