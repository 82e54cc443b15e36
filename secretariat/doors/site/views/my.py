from django.contrib.auth import login, logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from secretariat.doors.site import entering
from secretariat.doors.site.mine import capacities_in_words, my_notices, my_submissions
from secretariat.registry.people.models import Person
from secretariat.summit.review.queries import my_assignments

BACKEND = "django.contrib.auth.backends.ModelBackend"
SHOWN = 50


@require_safe
@never_cache
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in with a link of the demo. Anywhere else, and with any other link, there is no such page."""
    account = entering.account_of(token) if entering.is_open() else None
    if account is None:
        raise Http404
    login(request, account, backend=BACKEND)
    return redirect("site:my")


@require_safe
@never_cache
def my(request: HttpRequest) -> HttpResponse:
    """Who I am here, as what I act and from where that comes, and what waits for me."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    actor = request.actor
    assignments = list(my_assignments(actor)[:SHOWN])
    context = {
        "person": Person.objects.filter(pk=actor.person_id).select_related("ref", "country").first(),
        "capacities": capacities_in_words(actor),
        "assignments": assignments,
        "waiting": sum(row.state == "assigned" for row in assignments),
        "submissions": my_submissions(actor)[:SHOWN],
        "notices": my_notices(actor, SHOWN),
    }
    return render(request, "site/my.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("site:front")
