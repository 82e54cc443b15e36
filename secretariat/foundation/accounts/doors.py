"""Who may come in at all: around a view of ``my`` or the desk. What she may do there, rules and queries decide."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache

DESK = ("desk.run", "desk.read")
ACTING_FOR = "acting_for"  # the session's key: the account of the person an assistant acts for

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Let in whoever is signed in; a stranger is sent to sign in and comes back. No cache keeps what is inside."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        if request.actor.account_id is None:
            return to_sign_in(request)
        return view(request, *args, **named)

    return never_cache(guarded)


def desk_only(view: View) -> View:
    """Let in who runs or reads the desk. Anybody else who is signed in learns nothing: there is no such page."""
    return admitting(*DESK)(view)


def admitting(*rights: str) -> Callable[[View], View]:
    """Let in who holds one of these rights everywhere; 404 for anybody else, and a stranger is sent to sign in."""

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
            if not any(request.actor.has(right) for right in rights):
                raise Http404
            return view(request, *args, **named)

        return signed_in(guarded)

    return around


def in_person(view: View) -> View:
    """Let in whoever is signed in and acts for herself: how somebody signs in is nothing for an assistant."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        if request.actor.acting_for_id is not None:
            return render(request, "accounts/in_person.html", status=403)
        return view(request, *args, **named)

    return signed_in(guarded)


def recently(view: View) -> View:
    """Let in who showed a short while ago who she is; anybody else shows it again and comes back to the page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        adapter = get_adapter()
        if adapter.is_reauthentication_required(app="allauth.account"):
            back, _is_part = _page_asked_from(request)
            way = adapter.get_reauthentication_methods(request.user)[0]["url"]
            return HttpResponseRedirect(f"{way}?{urlencode({'next': back})}")
        return view(request, *args, **named)

    return guarded


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page and back afterwards. A part of a page cannot show it, so the whole page goes there."""
    back, is_part = _page_asked_from(request)
    path = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    if is_part:
        return HttpResponse(headers={"HX-Redirect": path})
    return HttpResponseRedirect(path)


def _page_asked_from(request: HttpRequest) -> tuple[str, bool]:
    """The page to come back to, and whether a part of it was asked for (htmx) rather than the page itself."""
    is_part = request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers
    page = request.headers.get("HX-Current-URL", "") if is_part else ""
    own = request.build_absolute_uri("/")
    if page.startswith(own):
        return "/" + page.removeprefix(own), is_part
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path(), is_part
    # What was sent is lost; coming back to an address that takes POST alone would fail: to the page it was sent from.
    sent_from = request.headers.get("Referer", "")
    return ("/" + sent_from.removeprefix(own) if sent_from.startswith(own) else "/my/"), is_part
