"""What every view of motions begins with: the motion the reader may see, or 404; and refusals told in words."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from secretariat.foundation.accounts.doors import signed_in
from secretariat.governance.motions import queries, rules
from secretariat.governance.motions.models import Amendment, Motion

View = Callable[..., HttpResponse]


def get_motion(request: HttpRequest, number: str) -> Motion:
    """The motion with this number, for whoever may see it."""
    try:
        return queries.get_motion_for(request.actor, number, timezone.localdate())
    except Motion.DoesNotExist:
        raise Http404 from None


def get_amendment(motion: Motion, at: int) -> Amendment:
    """The amendment of this motion with this number."""
    found = Amendment.objects.select_related("ref").filter(motion=motion, number=at).first()
    if found is None:
        raise Http404
    found.motion = motion
    return found


def leading(view: View) -> View:
    """Give the view a submitted motion that the reader leads or reads at the desk; others have no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, number: str, **named: Any) -> HttpResponse:
        found = get_motion(request, number)
        leads = rules.can_lead(request.actor, found.body)
        if found.submitted_at is None or not (leads or request.actor.has("desk.read")):
            raise Http404
        return view(request, found, **named)

    return signed_in(guarded)


def who(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and when."""
    return {"actor": request.actor, "now": timezone.now()}


def holder_in(request: HttpRequest) -> UUID | None:
    """For which place somebody acts, where the page said so."""
    try:
        return UUID(request.POST.get("holder", ""))
    except ValueError:
        return None
