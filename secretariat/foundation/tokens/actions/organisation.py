"""Tokens of the organisation: made, renewed, handed over; and who is reminded of any token's end."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actions.alerts import alert
from secretariat.foundation.accounts.actor import Actor, WrongState, require
from secretariat.foundation.accounts.models import Account, Grant
from secretariat.foundation.accounts.queries import in_force, not_ended
from secretariat.foundation.audit import actions as audit
from secretariat.foundation.tokens import queries, rules
from secretariat.foundation.tokens.actions.own import checked, keep_token
from secretariat.foundation.tokens.logic import standing
from secretariat.foundation.tokens.models import Token
from secretariat.foundation.tokens.scopes import SERVICE

OVERLAP = timedelta(days=1)  # for which the old secret of a renewed token still holds


def make_service_token(
    *, name: str, scopes: Collection[str], days: int, responsible: UUID, actor: Actor, now: datetime
) -> tuple[Token, str]:
    """Make a token of the organisation and return it with its secret, which is kept nowhere.

    Whoever answers for it is told, and so is everybody who administers security: it opens what its maker need not
    be able to see. ValueError for a scope no service token has, a term too long, and who cannot answer for one.
    """
    require(rules.can_keep_service_tokens(actor), _("make a service token"))
    wanted = checked(scopes, SERVICE, days)
    with audit.act("service_token_made", actor=actor, now=now, scopes=wanted) as act:
        account = _answering(responsible, now)
        token, secret = keep_token(responsible=account, name=name, scopes=wanted, days=days, now=now)
        act.on(token, answers=str(account.pk))
        for told in {account, *_watching(now)}:
            alert(told, "service_token_made", now=now, subject_id=token.pk, token=token.name)
    return token, secret


def renew_token(*, token: Token, days: int, actor: Actor, now: datetime) -> tuple[Token, str]:
    """Put a new token in the place of one that holds: same name, scopes and responsible person, another secret.

    The old secret holds for a day more, so that programs can be told the new one in peace.
    """
    require(token.is_service and rules.can_keep_service_tokens(actor), _("renew a service token"))
    with audit.act("service_token_renewed", actor=actor, now=now, replaces=str(token.pk)) as act:
        old = _holding(token, now)
        scopes = checked(old.scopes, SERVICE, days)
        new, secret = keep_token(
            responsible=old.responsible, name=old.name, scopes=scopes, days=days, now=now, replaces=old
        )
        old.expires_at = min(old.expires_at, now + OVERLAP)
        old.save(update_fields=["expires_at"])
        act.on(new)
        until = old.expires_at.isoformat()
        alert(
            old.responsible, "service_token_renewed", now=now, subject_id=new.pk, token=new.name, until=until
        )
    return new, secret


def hand_over_token(*, token: Token, responsible: UUID, actor: Actor, now: datetime) -> Token:
    """Name another person to answer for a service token. She is told."""
    require(token.is_service and rules.can_keep_service_tokens(actor), _("hand over a service token"))
    with audit.act("service_token_handed_over", actor=actor, now=now) as act:
        token = _holding(token, now)
        before, token.responsible = token.responsible_id, _answering(responsible, now)
        token.save(update_fields=["responsible"])
        act.on(token, before=str(before), answers=str(token.responsible_id))
        alert(token.responsible, "service_token_given", now=now, token=token.name)
    return token


def remind_of_expiry(*, now: datetime) -> int:
    """Tell whose tokens end soon; of a service token, who answers for it. Each is told once for each token."""
    due = list(queries.expiring(now).select_related("account"))
    for token in due:
        kind = "service_token_expires" if token.is_service else "token_expires"
        told = {"token": token.name, "until": token.expires_at.isoformat()}
        alert(token.account or token.responsible, kind, now=now, subject_id=token.pk, **told)
    return len(due)


def _answering(account: UUID, now: datetime) -> Account:
    """The account of somebody on the staff, who can be asked what a program does."""
    if account not in dict(queries.who_may_answer(now.date())):
        raise ValueError(_("Choose somebody who works for the secretariat today."))
    return Account.objects.get(pk=account)


def _watching(now: datetime) -> list[Account]:
    today = now.date()
    held = Grant.objects.filter(in_force(today), not_ended(today), right="security.administer")
    return list(Account.objects.filter(pk__in=held.values("account"), is_active=True))


def _holding(token: Token, now: datetime) -> Token:
    rows = Token.objects.select_for_update(of=("self",)).select_related("responsible")
    token = rows.get(pk=token.pk)
    replaced = Token.objects.filter(replaces=token).exists()
    if standing(token.expires_at, token.revoked_at, now) in ("ended", "expired") or replaced:
        raise WrongState(_("This token holds no longer, or another stands in its place."))
    return token
