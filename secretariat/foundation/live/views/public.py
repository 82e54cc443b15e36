from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from secretariat.foundation.live.queries import audible, ticket_for


@require_safe
@never_cache
def ticket(request: HttpRequest) -> JsonResponse:
    """Answer where the stream is and with which ticket it opens; what the reader may not hear is not there."""
    channels = audible(request.actor, request.GET.get("channels", "").split(","))
    if not channels:
        raise Http404
    return JsonResponse(
        {"url": settings.LIVE_URL, "ticket": ticket_for(request.actor, channels, timezone.now())}
    )
