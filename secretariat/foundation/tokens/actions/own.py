"""Tokens of one's own: made, ended, used."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actions.alerts import alert
from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.accounts.logic import digest
from secretariat.foundation.accounts.models import Account
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.tokens import rules
from secretariat.foundation.tokens.logic import new_secret
from secretariat.foundation.tokens.models import Token, Use
from secretariat.foundation.tokens.scopes import SCOPES, scopes_open_to

MOST_DAYS = 365
MOST_TOKENS = 20


def make_token(
    *, name: str, scopes: Collection[str], days: int, actor: Actor, now: datetime
) -> tuple[Token, str]:
    """Make a token of one's own and return it with its secret, which is kept nowhere. Its owner is told.

    ValueError for a scope its owner does not have, for a term that is too long, and for one token too many.
    """
    require(rules.can_make_token(actor), _("make an access token"))
    wanted = checked(scopes, scopes_open_to(actor), days)
    with audit.act("token_made", actor=actor, now=now, scopes=wanted) as act:
        account = Account.objects.select_for_update().get(pk=actor.account_id)
        held = Token.objects.filter(account=account, revoked_at=None, expires_at__gt=now)
        if held.count() >= MOST_TOKENS:
            raise ValueError(_("You have %(count)d access tokens. End one first.") % {"count": MOST_TOKENS})
        token, secret = keep_token(account=account, name=name, scopes=wanted, days=days, now=now)
        act.on(token)
        alert(account, "token_made", now=now, subject_id=token.pk, token=token.name)
    return token, secret


def checked(scopes: Collection[str], allowed: Collection[str], days: int) -> list[str]:
    """Return the scopes in their order; ValueError where one is not allowed, none is given, or the term is too long."""
    wanted = [scope for scope in SCOPES if scope in scopes]
    if not wanted or set(scopes) - set(allowed):
        raise ValueError(_("Choose at least one scope, of those that are open to you."))
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(_("An access token holds for a year at most."))
    return wanted


def keep_token(
    *, name: str, scopes: list[str], days: int, now: datetime, **whose: object
) -> tuple[Token, str]:
    """Keep a new token, inside the caller's act; of its secret the digest alone."""
    secret, head = new_secret()
    token = Token.objects.create(
        name=name.strip(), head=head, digest=digest(secret), scopes=scopes, made_at=now,
        expires_at=now + timedelta(days=days), **whose,
    )  # fmt: skip
    return token, secret


def revoke_token(*, token: Token, actor: Actor, now: datetime) -> Token:
    """End a token at once."""
    require(rules.can_revoke_token(actor, token), _("end an access token"))
    verb = "service_token_revoked" if token.is_service else "token_revoked"
    with audit.act(verb, actor=actor, now=now, subject=token):
        token = Token.objects.select_for_update().get(pk=token.pk)
        if token.revoked_at is not None:
            raise WrongState(_("This access token has ended already."))
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
    return token


def note_use(*, token: Token, now: datetime) -> None:
    """Keep the day a token was used; once a day it writes."""
    use = getattr(token, "use", None)
    if use is None or use.last_on < now.date():
        Use.objects.update_or_create(token=token, defaults={"last_on": now.date()})
