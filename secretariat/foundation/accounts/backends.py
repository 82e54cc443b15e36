"""Whose session it is: the account comes with the row of the session, so nobody asks for it a second time."""

from contextvars import ContextVar
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from secretariat.foundation.accounts.models import Account

_owner: ContextVar[Account | None] = ContextVar("owner of the session", default=None)


class OwnerKnown:
    """Takes the account that was read with the session, where it is the one asked for."""

    def get_user(self, user_id: Any) -> Account | None:
        owner = _owner.get()
        if owner is not None and str(owner.pk) == str(user_id) and self.user_can_authenticate(owner):
            return owner
        return super().get_user(user_id)


class Passwords(OwnerKnown, ModelBackend):
    """Django's way in."""


class Codes(OwnerKnown, AuthenticationBackend):
    """allauth's ways in: codes by mail, passkeys, providers elsewhere."""


class SessionOwnerMiddleware(AuthenticationMiddleware):
    """Django's, that verifies the session as always, with the account at hand."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _account_of(request))


def _account_of(request: HttpRequest) -> Any:
    if not hasattr(request, "_cached_user"):
        request.session.get(SESSION_KEY)  # reads it, and its owner
        known = _owner.set(getattr(request.session, "owner", None))
        try:
            request._cached_user = get_user(request)
        finally:
            _owner.reset(known)
    return request._cached_user
