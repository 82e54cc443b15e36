from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from secretariat.doors.site import membership, places
from secretariat.doors.site.directory import members_from
from secretariat.doors.site.keeping import kept_for_strangers
from secretariat.governance.membership.queries import count_by_place


@require_safe
@kept_for_strangers
def index(request: HttpRequest) -> HttpResponse:
    """The countries and regions of the members, on a map without borders and as a list."""
    today = timezone.now().date()
    counts = count_by_place(today)
    context = {
        "today": today,
        "map": places.map_of_members(counts),
        "unrecorded": counts.get(None, 0),
        "continents": membership.members_by_continent(today),
    }
    return render(request, "site/places.html", context)


@require_safe
@kept_for_strangers
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One country or region: members, what was handed in, honours."""
    found = places.place_by_code(code)
    if found is None:
        raise Http404
    context = {
        "place": found,
        "continent": places.continent_of(found),
        "members": list(members_from(found.alpha2, timezone.now().date())),
        "counted": places.counted_of(found),
        "honours": places.honours_in(found, "applicant"),
        "uses": places.honours_in(found, "use"),
    }
    return render(request, "site/place.html", context)
