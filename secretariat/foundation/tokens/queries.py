import hmac
from datetime import datetime
from uuid import UUID

from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.logic import digest
from secretariat.foundation.tokens import rules
from secretariat.foundation.tokens.logic import head_of
from secretariat.foundation.tokens.models import Token


def token_of(secret: str, now: datetime) -> Token | None:
    """Return the token a secret belongs to, its account and last use loaded; None unless it holds now.

    It is found by its head; the comparison takes the same time whatever was guessed right.
    """
    head = head_of(secret)
    rows = Token.objects.select_related("account", "use").filter(
        head=head, revoked_at=None, expires_at__gt=now
    )
    token = rows.first() if head else None
    if token is None or not hmac.compare_digest(token.digest, digest(secret)):
        return None
    return token if token.account.is_active else None


def tokens_of(actor: Actor) -> list[Token]:
    """Return the actor's own tokens, latest first, each with its last use. One statement."""
    rows = Token.objects.filter(account=actor.account_id).select_related("use")
    return list(rows.order_by("-made_at", "-pk"))


def get_token_for(actor: Actor, token_id: UUID) -> Token:
    """Return a token the actor may end; Token.DoesNotExist otherwise."""
    token = Token.objects.get(pk=token_id)
    if not rules.can_revoke_token(actor, token):
        raise Token.DoesNotExist
    return token
