from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from secretariat.doors.site import entering
from secretariat.foundation.accounts.adapter import remember_sign_in

BACKEND = "secretariat.foundation.accounts.backends.Passwords"


@require_safe
@never_cache
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in with a link of the demo. Anywhere else, and with any other link, there is no such page."""
    account = entering.account_of(token) if entering.is_open() else None
    if account is None:
        raise Http404
    login(request, account, backend=BACKEND)
    remember_sign_in(request, account, "link")
    return redirect("my:home")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("site:front")
