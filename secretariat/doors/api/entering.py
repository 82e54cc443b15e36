"""Who comes in through this door: by an access token, by the session of a browser, or a stranger."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from secretariat.doors.acting import find_actor
from secretariat.doors.api.problems import Refused
from secretariat.foundation.accounts.actions.limits import TooMany, Verdict, hit
from secretariat.foundation.accounts.actor import Actor
from secretariat.foundation.accounts.origin import address_of
from secretariat.foundation.tokens.actions import note_use
from secretariat.foundation.tokens.models import Token
from secretariat.foundation.tokens.queries import actor_of_service, token_of
from secretariat.foundation.tokens.scopes import SCOPES, narrowed, scopes_open_to
from secretariat.registry.capacities.queries import actor_for
from secretariat.registry.people.queries import people_of_accounts

PERIOD = timedelta(minutes=1)
OF_ACCOUNT, OF_STRANGER = 600, 120  # requests in a period
SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Entry:
    """Who asks. ``owner`` is the token or account that requests are counted and keys are kept for."""

    actor: Actor
    scopes: frozenset[str]
    owner: UUID | None
    counted: str
    limit: int

    def may(self, scope: str) -> bool:
        """Whether the way in has this scope and the actor holds today what it takes."""
        return scope in self.scopes and scope in scopes_open_to(self.actor)


def enter(request: HttpRequest, now: datetime) -> Entry:
    """Return who asks. A token that does not hold is refused everywhere. Capacities are asked for late."""
    header, stranger = request.headers.get("Authorization"), f"api:{address_of(request)}"
    if header is not None:
        scheme, _space, secret = header.partition(" ")
        token = token_of(secret.strip(), now) if scheme.lower() == "bearer" else None
        if token is None:
            count(stranger, OF_STRANGER, now)
            challenge = {"WWW-Authenticate": 'Bearer realm="api", error="invalid_token"'}
            raise Refused("unauthenticated", _("This access token does not hold."), headers=challenge)
        note_use(token=token, now=now)
        actor = SimpleLazyObject(lambda: _actor_of(token, now))
        return Entry(actor, frozenset(token.scopes), token.pk, f"api:{token.pk}", OF_ACCOUNT)
    if request.user.is_authenticated:
        if request.method not in SAFE and check_csrf(request):
            raise Refused("not-allowed", _("With a session, changes need the token against forgery."))
        actor = SimpleLazyObject(lambda: replace(find_actor(request), door="api"))
        account = request.user.pk
        return Entry(actor, frozenset(SCOPES), account, f"api:{account}", OF_ACCOUNT)
    return Entry(Actor(door="api"), frozenset({"public.read"}), None, stranger, OF_STRANGER)


def _actor_of(token: Token, now: datetime) -> Actor:
    """The token's owner as she is today, and no more than the token's scopes leave of her; or the token itself."""
    if token.is_service:
        return actor_of_service(token)
    person = people_of_accounts([token.account_id]).get(token.account_id)
    actor = actor_for(account_id=token.account_id, person_id=person, on=now.date(), door="api")
    return replace(narrowed(actor, token.scopes), token_id=token.pk)


def count(key: str, limit: int, now: datetime) -> Verdict:
    """Count a request; one too many is refused."""
    verdict = hit(key, limit, PERIOD, now)
    if not verdict.allowed:
        raise TooMany(verdict.until)
    return verdict


class Bearer(HttpBearer):
    """An operation's need of a scope; ``around`` has made out who asks by then."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Actor | None:
        entry = request.entry
        if entry.owner is None:
            return None
        if not entry.may(self.scope):
            told = _("This needs the scope “%(scope)s”.") % {"scope": self.scope}
            raise Refused("scope-missing", told, [{"field": "", "rule": self.scope, "message": told}])
        return entry.actor

    def authenticate(self, request: HttpRequest, token: str) -> None:
        """Not asked: the call above answers."""


class Session(APIKeyCookie):
    """Named for the description alone: whoever has a session was let in, or not, before."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> None:
        return None

    def authenticate(self, request: HttpRequest, key: str | None) -> None:
        """Not asked: the call above answers."""


def needing(scope: str) -> list[Callable[[HttpRequest], Any]]:
    """Return how an operation is guarded that needs a scope."""
    return [Bearer(scope), Session()]
