import hmac
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secretariat.foundation.accounts.actor import Actor, Capacity
from secretariat.foundation.accounts.logic import digest
from secretariat.foundation.accounts.models import Grant
from secretariat.foundation.accounts.naming import names_of
from secretariat.foundation.accounts.queries import in_force, not_ended
from secretariat.foundation.audit.models import Act
from secretariat.foundation.audit.queries import acts_on
from secretariat.foundation.tokens import rules
from secretariat.foundation.tokens.logic import SOON, head_of
from secretariat.foundation.tokens.models import Token
from secretariat.foundation.tokens.scopes import DESK


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
    return token if token.is_service or token.account.is_active else None


def actor_of_service(token: Token) -> Actor:
    """Return who acts with a service token: nobody but itself, with its scopes; the trail names who answers for it."""
    source = f"tokens.token:{token.pk}"
    held = tuple(Capacity(scope, source) for scope in token.scopes if scope in DESK)
    return Actor(capacities=held, door="api", token_id=token.pk, responsible_id=token.responsible_id)


def tokens_of(actor: Actor) -> list[Token]:
    """Return the actor's own tokens, latest first, each with its last use. One statement."""
    rows = Token.objects.filter(account=actor.account_id, account__isnull=False).select_related("use")
    return list(rows.order_by("-made_at", "-pk"))


def service_tokens_of(actor: Actor, now: datetime) -> list[Token]:
    """Return the service tokens that hold and that the actor answers for, what ends first before. One statement."""
    rows = Token.objects.filter(responsible=actor.account_id, revoked_at=None, expires_at__gt=now)
    if actor.account_id is None:
        return []
    return list(rows.select_related("use").order_by("expires_at", "pk"))


def get_token_for(actor: Actor, token_id: UUID) -> Token:
    """Return a token the actor may end; Token.DoesNotExist otherwise."""
    token = Token.objects.get(pk=token_id)
    if not rules.can_revoke_token(actor, token):
        raise Token.DoesNotExist
    return token


def visible_service_tokens(actor: Actor) -> QuerySet[Token]:
    """Return the tokens of the organisation, with last use and who answers; nothing for who may not see them."""
    rows = Token.objects.filter(account=None).select_related("use", "responsible", "replaced_by", "replaces")
    return rows if rules.can_read_service_tokens(actor) else rows.none()


def get_service_token_for(actor: Actor, token_id: UUID) -> Token:
    """Return a token of the organisation the actor may see; Token.DoesNotExist otherwise."""
    return visible_service_tokens(actor).get(pk=token_id)


def history_of(token: Token) -> list[Act]:
    """Return what was done to a token, latest first. One statement."""
    return acts_on([token.pk])


def who_may_answer(on: date) -> list[tuple[UUID, str]]:
    """Return who can answer for a service token, by name: accounts with a right given by hand. Two statements."""
    held = Grant.objects.filter(in_force(on), not_ended(on), account__is_active=True)
    accounts = dict(held.values_list("account", "account__email"))
    names = names_of(accounts)
    return sorted(((key, names.get(key, email)) for key, email in accounts.items()), key=lambda pair: pair[1])


def expiring(now: datetime) -> QuerySet[Token]:
    """Return the tokens that hold and end soon, with no other in their place."""
    rows = Token.objects.filter(revoked_at=None, expires_at__gt=now, expires_at__lte=now + SOON)
    return rows.filter(replaced_by=None).select_related("responsible").order_by("expires_at", "pk")


def programs_of(acts: Collection[Act]) -> dict[int, str]:
    """Return for each act done with a service token which program it was, and who answered for it, in words.

    Two statements; none where no program acted.
    """
    done = {act.pk: act.detail for act in acts if act.account_id is None and "token" in act.detail}
    if not done:
        return {}
    tokens = dict(Token.objects.filter(pk__in={d["token"] for d in done.values()}).values_list("pk", "name"))
    names = names_of({UUID(d["responsible"]) for d in done.values() if "responsible" in d})
    return {pk: _program(detail, tokens, names) for pk, detail in done.items()}


def _program(detail: dict[str, str], tokens: dict[UUID, str], names: dict[UUID, str]) -> str:
    name = tokens.get(UUID(detail["token"]), detail["token"])
    person = names.get(UUID(detail["responsible"])) if "responsible" in detail else None
    told = {"token": name, "person": person or _("an account without a person")}
    return _("service token “%(token)s”, for which %(person)s answers") % told
