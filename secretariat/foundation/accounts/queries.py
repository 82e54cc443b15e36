from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import get_current_timezone

from secretariat.foundation.accounts import rules
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.logic import digest
from secretariat.foundation.accounts.models import Account, Assistance, Grant, Invitation, Session
from secretariat.foundation.accounts.states import InvitationState

# The grants of some accounts: the same as in_force and not_ended, as part of what an actor is asked about.
GRANTED = """
SELECT * FROM accounts_grant
WHERE account_id = ANY(%(accounts)s) AND starts_on <= %(on)s AND (ends_on IS NULL OR ends_on >= %(on)s)
  AND (ended_at IS NULL OR (ended_at AT TIME ZONE %(zone)s)::date > %(on)s)"""


def in_force(on: date) -> Q:
    """The condition that a row with starts_on and ends_on holds on a day; an open end holds."""
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))


def grants_of(accounts: Collection[UUID], on: date) -> list[Grant]:
    """Return the grants of these accounts that hold on ``on``. One statement."""
    return list(
        Grant.objects.raw(
            GRANTED, {"accounts": list(accounts), "on": on, "zone": str(get_current_timezone())}
        )
    )


def not_ended(on: date) -> Q:
    """The condition that a grant was not ended by hand on that day or before."""
    return Q(ended_at=None) | Q(ended_at__date__gt=on)


def assistance_between(principal: UUID, assistant: UUID, on: date) -> Assistance | None:
    """Return the assistance by which ``assistant`` may act for ``principal`` on ``on``."""
    return Assistance.objects.filter(
        in_force(on), principal=principal, assistant=assistant, withdrawn_at=None
    ).first()


def assistants_named_by(actor: Actor) -> list[Assistance]:
    """Return whom the actor named, what still holds or will first."""
    rows = Assistance.objects.filter(principal=actor.account_id).select_related("assistant")
    return list(rows.order_by("-ends_on", "pk"))


def assistance_given_to(account_id: UUID, on: date) -> list[Assistance]:
    """Return for whom this account may act on a day."""
    rows = Assistance.objects.filter(in_force(on), assistant=account_id, withdrawn_at=None)
    return list(rows.select_related("principal").order_by("principal__email"))


def get_assistance_for(actor: Actor, assistance_id: UUID) -> Assistance:
    """Return an assistance the actor may end; Assistance.DoesNotExist otherwise."""
    assistance = Assistance.objects.get(pk=assistance_id)
    if not rules.can_withdraw_assistant(actor, assistance):
        raise Assistance.DoesNotExist
    return assistance


def visible_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Invitations as the desk sees them, latest first; nobody else sees any."""
    if not rules.can_invite(actor):
        return Invitation.objects.none()
    return (
        Invitation.objects.exclude(invited_by=None)
        .select_related("invited_by")
        .order_by("-created_at", "-pk")
    )


def invitation_of(token: str, now: datetime) -> Invitation | None:
    """Return the invitation a link opens; None for one that was used, taken back, has run out or never was."""
    found = Invitation.objects.filter(
        token_digest=digest(token), state=InvitationState.OPEN, expires_at__gt=now
    )
    return found.first()


def visible_accounts(actor: Actor) -> QuerySet[Account]:
    """Every account, for who administers security or reads the trail; nobody else sees any."""
    accounts = Account.objects.order_by("email")
    return accounts if rules.can_read_accounts(actor) else accounts.none()


def grants_given_to(account: Account) -> list[Grant]:
    """Return every grant an account holds or held, latest first."""
    return list(Grant.objects.filter(account=account).order_by("-starts_on", "-created_at"))


@dataclass(frozen=True)
class SignedIn:
    """Where an account is signed in, as its owner sees it. ``name`` stands for the session; its key is a secret."""

    name: str
    device: str
    network: str
    at: datetime | None
    seen_at: datetime | None
    is_here: bool


def sessions_of(actor: Actor, here: str | None, now: datetime) -> list[SignedIn]:
    """Return the sessions of the actor's own account, the one she looks with first. One statement."""
    rows = Session.objects.filter(account=actor.account_id, expire_date__gt=now).order_by("-seen_at")
    found = []
    for row in rows:
        told = row.get_decoded().get("signed_in", {})
        at = datetime.fromtimestamp(told["at"], tz=UTC) if "at" in told else None
        found.append(
            SignedIn(
                digest(row.session_key), told.get("device", ""), told.get("network", ""), at, row.seen_at,
                row.session_key == here,
            )
        )  # fmt: skip
    return sorted(found, key=lambda session: not session.is_here)


def session_keys_of(actor: Actor, here: str | None, only: str | None) -> list[str]:
    """Return the keys of the actor's sessions other than this one; with ``only`` the one of that name."""
    keys = Session.objects.filter(account=actor.account_id).values_list("session_key", flat=True)
    return [key for key in keys if key != here and (not only or digest(key) == only)]
