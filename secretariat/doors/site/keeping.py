"""Public pages that are the same for every stranger are kept for a few seconds.

Because the day a list is published everybody reads the same three pages at once, and a list of sixty items costs more
processor time than any page may. Whoever is signed in always reads the page as it is now.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

View = Callable[..., HttpResponse]


def kept_for_strangers(view: View) -> View:
    """Answer a stranger with the page as it was ``PUBLIC_SECONDS`` ago at most. What is not there is not kept."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.PUBLIC_SECONDS or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return view(request, *args, **kwargs)
        key = f"page:{get_language()}:{request.get_full_path()}"
        if (kept := cache.get(key)) is not None:
            return HttpResponse(kept)
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            cache.set(key, response.content, settings.PUBLIC_SECONDS)
        return response

    return answer
