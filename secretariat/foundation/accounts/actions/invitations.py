"""Somebody is asked to become an account and a person."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts import rules
from secretariat.foundation.accounts.actions import register_account
from secretariat.foundation.accounts.actor import Actor, WrongState, require, require_state
from secretariat.foundation.accounts.logic import digest, new_token, small_letters
from secretariat.foundation.accounts.models import Account, Invitation
from secretariat.foundation.accounts.signals import invitation_accepted
from secretariat.foundation.accounts.states import InvitationState
from secretariat.foundation.audit import actions as audit

VALID = timedelta(days=14)
VALID_FOR_ASKING = timedelta(hours=2)


def invite(
    *,
    email: str,
    reason: str,
    person_id: UUID | None = None,
    language: str = "en",
    actor: Actor,
    now: datetime,
) -> tuple[Invitation, str]:
    """Invite an address and return the invitation with its token, which is kept nowhere: the mail carries it.

    ValueError where the address has an account already. Earlier invitations of the address are taken back.
    """
    require(rules.can_invite(actor), _("invite somebody"))
    if not reason.strip():
        raise ValueError(_("Say why."))
    if Account.objects.filter(email=small_letters(email)).exists():
        raise ValueError(_("This address has an account already."))
    return _begin(
        "invitation_sent", email=email, reason=reason.strip(), person_id=person_id, language=language,
        invited_by_id=actor.account_id, expires_at=now + VALID, actor=actor, now=now,
    )  # fmt: skip


def ask_for_account(*, email: str, language: str, actor: Actor, now: datetime) -> tuple[Invitation, str]:
    """Let a stranger make an account for an address she can read, where the installation is open to that."""
    return _begin(
        "account_asked_for", email=email, reason="", person_id=None, language=language, invited_by_id=None,
        expires_at=now + VALID_FOR_ASKING, actor=actor, now=now,
    )  # fmt: skip


def _begin(verb: str, *, actor: Actor, now: datetime, **values: object) -> tuple[Invitation, str]:
    token = new_token()
    with audit.act(verb, actor=actor, now=now) as act:
        values["email"] = small_letters(str(values["email"]))
        for earlier in Invitation.objects.select_for_update().filter(email=values["email"], state="open"):
            earlier.state = InvitationState.WITHDRAWN
            earlier.save(update_fields=["state"])
        invitation = Invitation.objects.create(token_digest=digest(token), **values)
        act.on(invitation)
    return invitation, token


def send_again(*, invitation: Invitation, actor: Actor, now: datetime) -> tuple[Invitation, str]:
    """Give an open invitation a new link and a new term; the old link is void."""
    require(rules.can_answer_for_invitation(actor, invitation), _("invite somebody"))
    token = new_token()
    with audit.act("invitation_sent_again", actor=actor, now=now, subject=invitation):
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        require_state(invitation.state, [InvitationState.OPEN], _("Sending it again"))
        invitation.token_digest, invitation.expires_at = digest(token), now + VALID
        invitation.save(update_fields=["token_digest", "expires_at"])
    return invitation, token


def withdraw_invitation(*, invitation: Invitation, actor: Actor, now: datetime) -> Invitation:
    """Take an invitation back; its link is void."""
    require(rules.can_answer_for_invitation(actor, invitation), _("take an invitation back"))
    with audit.act("invitation_withdrawn", actor=actor, now=now, subject=invitation):
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        require_state(invitation.state, [InvitationState.OPEN], _("Taking it back"))
        invitation.state = InvitationState.WITHDRAWN
        invitation.save(update_fields=["state"])
    return invitation


def accept_invitation(
    *, invitation: Invitation, given_name: str, family_name: str, name_zh: str, actor: Actor, now: datetime
) -> Account:
    """Make the account the invitation is for. Whoever holds the token reads the mailbox; it works once.

    Who keeps people links the person it was meant for, or makes one of the given names, in the same transaction.
    """
    with audit.act("invitation_accepted", actor=actor, now=now, subject=invitation):
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        require_state(invitation.state, [InvitationState.OPEN], _("Accepting it"))
        if invitation.expires_at <= now:
            raise WrongState(_("This invitation has run out."))
        account = register_account(email=invitation.email, language=invitation.language, actor=actor, now=now)
        invitation.state, invitation.account = InvitationState.ACCEPTED, account
        invitation.save(update_fields=["state", "account"])
        name = {"given_name": given_name, "family_name": family_name, "name_zh": name_zh}
        invitation_accepted.send(
            sender=Invitation, invitation=invitation, account=account, name=name, now=now
        )
    return account
