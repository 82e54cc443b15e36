"""Asks thousands of times as every role, in a world that no request changes."""

from functools import cache

from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.test import RequestFactory
from django.urls import set_urlconf

from secretariat.doors import acting
from secretariat.doors.api import entering
from secretariat.foundation.accounts.doors import ACTING_FOR
from secretariat.foundation.audit.models import Act

BARE = "tests.factories.bare_urls"


class Walk:
    """The whole product behind one handler, which is made once, as a server makes it.

    What a request does is undone, so whoever comes again is whoever came before: her actor is asked for once. And a
    refusal is told by its status; what its page looks like is another test's.
    """

    def __init__(self, roles):
        self.roles, self.path = roles, cache(roles.path)
        self.handler, self.requests = BaseHandler(), RequestFactory()
        self.handler.load_middleware()
        self.cookies = {
            role: {name: morsel.value for name, morsel in client.cookies.items()}
            for role, client in roles.clients.items()
        }

    def ask(self, role, name, method="GET", query=""):
        """What a role is answered at the address of a name, and how many acts that left; nothing of it stays."""
        request = self.requests.generic(method, self.path(name) + query)
        request.COOKIES.update(self.cookies[role])
        request._dont_enforce_csrf_checks = True
        request.urlconf = BARE
        try:
            with transaction.atomic():
                before = Act.objects.count() if method == "POST" else 0
                response = self.handler.get_response(request)
                acts = Act.objects.count() - before if method == "POST" else 0
                transaction.set_rollback(True)
            if response.streaming:
                b"".join(response.streaming_content)  # to its end, as a server does
            for close in response._resource_closers:
                close()
        finally:
            set_urlconf(None)
        led_away = response.status_code == 302 and response["Location"].startswith("/sign-in/?")
        return "sign in" if led_away else response.status_code, acts

    def send(self, method, path, body, secret):
        """What a program is answered that comes with a token, or as a stranger; the caller undoes it."""
        headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"} if secret else {}
        response = self.handler.get_response(
            self.requests.generic(method, path, body, "application/json", **headers)
        )
        if response.streaming:
            b"".join(response.streaming_content)
        for close in response._resource_closers:
            close()
        return response.status_code


def remember_actors(monkeypatch):
    """Let each account be asked once who it is."""
    find, known = acting.find_actor, {}

    def found(request):
        who = request.user.pk, request.session.get(ACTING_FOR)
        if who not in known:
            known[who] = find(request)
        return known[who]

    monkeypatch.setattr(acting, "find_actor", found)


def remember_owners(monkeypatch):
    """Let each token be asked once for whom it stands."""
    find, known = entering._actor_of, {}

    def found(token, now):
        key = token.pk, *token.scopes
        if key not in known:
            known[key] = find(token, now)
        return known[key]

    monkeypatch.setattr(entering, "_actor_of", found)
