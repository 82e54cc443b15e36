from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.tokens.models import Token


def can_make_token(actor: Actor) -> bool:
    """Whoever is signed in, in person and on a page: a token makes no further tokens."""
    return actor.account_id is not None and actor.acting_for_id is None and actor.door == "page"


def can_read_service_tokens(actor: Actor) -> bool:
    """See which programs come in for the organisation: who keeps them, administers security or reads the trail."""
    return can_keep_service_tokens(actor) or actor.has("security.administer") or actor.has("audit.read")


def can_keep_service_tokens(actor: Actor) -> bool:
    """Make, renew and hand over the tokens of the organisation: the system administrator, in person and on a page."""
    return can_make_token(actor) and (actor.has("system.administer") or actor.has("system.run"))


def can_revoke_token(actor: Actor, token: Token) -> bool:
    """Its owner or, of a service token, who answers for it and who keeps such tokens; in person."""
    if not can_make_token(actor):
        return False
    if token.is_service:
        return actor.account_id == token.responsible_id or can_keep_service_tokens(actor)
    return actor.account_id == token.account_id
