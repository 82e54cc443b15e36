from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.models import Account, Assistance, Invitation


def can_administer_security(actor: Actor) -> bool:
    """Accounts, grants, second steps: the security administrator, the installation, the command line."""
    return actor.has("security.administer") or actor.has("system.run") or actor.door == "command"


def can_give_grant(actor: Actor, account: Account) -> bool:
    """Nobody gives herself a right."""
    return can_administer_security(actor) and actor.account_id != account.pk


def can_end_grant(actor: Actor) -> bool:
    return can_administer_security(actor)


def can_read_accounts(actor: Actor) -> bool:
    """See every account and its grants: who administers security, who reads the trail, and a token of hers for it."""
    return can_administer_security(actor) or actor.has("audit.read") or actor.has("accounts.read")


def can_invite(actor: Actor) -> bool:
    """The desk invites; the security administrator too."""
    return actor.has("desk.run") or can_administer_security(actor)


def can_answer_for_invitation(actor: Actor, invitation: Invitation) -> bool:
    """Send it again or take it back. Who asked for an account herself has no inviter."""
    return can_invite(actor)


def is_herself(actor: Actor, account_id: UUID) -> bool:
    """Her own account, and in person: an assistant changes nothing here."""
    return actor.account_id == account_id and actor.acting_for_id is None


def can_name_assistant(actor: Actor) -> bool:
    """Whoever is signed in, in person."""
    return actor.account_id is not None and actor.acting_for_id is None


def can_withdraw_assistant(actor: Actor, assistance: Assistance) -> bool:
    """The person herself, and the assistant who no longer wants to."""
    return actor.acting_for_id is None and actor.account_id in (
        assistance.principal_id, assistance.assistant_id,
    )  # fmt: skip
