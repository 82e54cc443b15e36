"""What every page knows: whose it is, whether it shows something simulated, and the other language."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from secretariat.doors.site.addresses import LANGUAGE, Address, language_asked
from secretariat.foundation.notices.queries import unread_count
from secretariat.registry.editions.models import Edition
from secretariat.registry.organisations.queries import host
from secretariat.registry.people.models import Person
from secretariat.registry.places.queries import wording


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the host organisation and the switch of languages; nothing is asked before a page shows it.

    ``simulated`` holds on every page of an installation with a simulated edition, unless the view says better.
    """
    return {
        "host": SimpleLazyObject(host),
        "simulated": SimpleLazyObject(lambda: Edition.objects.filter(simulated=True).exists()),
        "door": next((door for door in ("my", "desk") if request.path.startswith(f"/{door}/")), "public"),
        "runs_desk": SimpleLazyObject(
            lambda: request.actor.has("desk.read") or request.actor.has("desk.run")
        ),
        "can_run": SimpleLazyObject(lambda: request.actor.has("desk.run")),
        "acting_for": SimpleLazyObject(lambda: acting_for(request)),
        "unread": SimpleLazyObject(lambda: unread_count(request.actor)),
        "reader": SimpleLazyObject(lambda: Person.objects.filter(account=request.user.pk).first()),
        "words": SimpleLazyObject(wording),
        "address": Address(request.path, language_asked(request)),
        "languages": [_switch(request, code, name) for code, name in settings.LANGUAGES],
    }


def acting_for(request: HttpRequest) -> Person | None:
    """Return whom the reader acts for as an assistant, told on every page she works on."""
    if request.actor.acting_for_id is None:
        return None
    return Person.objects.filter(pk=request.actor.person_id).first()


def _switch(request: HttpRequest, code: str, name: str) -> dict[str, Any]:
    path, asked = reverse("site:language", args=[code]), request.GET.copy()
    asked.pop(LANGUAGE, None)  # the page it leads back to must follow the reader
    back = f"{request.path}?{asked.urlencode()}" if asked else request.path
    return {
        "code": code,
        "name": name,
        "is_current": code == get_language(),
        "path": f"{path}?{urlencode({'next': back})}",
    }
