"""What every page knows: whose it is, whether it shows something simulated, and the other language."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from secretariat.registry.editions.models import Edition
from secretariat.registry.organisations.queries import host
from secretariat.registry.places.queries import wording

AREAS = {
    "selections": "selections", "selection": "selections", "entry": "selections", "members": "members",
    "archive": "archive", "log": "log", "my": "my",
}  # fmt: skip


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the host organisation and the switch of languages; nothing is asked before a page shows it.

    ``simulated`` holds on every page of an installation with a simulated edition, unless the view says better.
    """
    return {
        "host": SimpleLazyObject(host),
        "simulated": SimpleLazyObject(lambda: Edition.objects.filter(simulated=True).exists()),
        "area": AREAS.get(request.resolver_match.url_name or "", "") if request.resolver_match else "",
        "words": SimpleLazyObject(wording),
        "languages": [_switch(request, code, name) for code, name in settings.LANGUAGES],
    }


def _switch(request: HttpRequest, code: str, name: str) -> dict[str, Any]:
    path = reverse("site:language", args=[code])
    return {
        "code": code,
        "name": name,
        "is_current": code == get_language(),
        "path": f"{path}?{urlencode({'next': request.get_full_path()})}",
    }
