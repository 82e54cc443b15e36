from dataclasses import asdict

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.doors import desk_only
from secretariat.registry.refs.suggesting import suggestions


@require_safe
@never_cache
@desk_only
def suggest(request: HttpRequest, kind: str) -> JsonResponse:
    """What may be meant by what stands in a box, for the script of the box."""
    try:
        found = suggestions(request.actor, kind, request.GET.get("q", ""))
    except LookupError:
        raise Http404 from None
    told = ngettext("%(n)d may be meant", "%(n)d may be meant", len(found)) % {"n": len(found)}
    return JsonResponse({"items": [asdict(each) for each in found], "told": told})
