from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.tokens.models import Token


def can_make_token(actor: Actor) -> bool:
    """Whoever is signed in, in person and on a page: a token makes no further tokens."""
    return actor.account_id is not None and actor.acting_for_id is None and actor.door == "page"


def can_revoke_token(actor: Actor, token: Token) -> bool:
    """Its owner, in person."""
    return can_make_token(actor) and actor.account_id == token.account_id
