from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from secretariat.doors.site import membership


@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """The members in numbers: by category, by continent, by country or region."""
    today = timezone.now().date()
    context = {
        "today": today,
        "members": membership.members_in_numbers(today),
        "categories": membership.members_by_category(today),
        "continents": membership.members_by_continent(today),
        "places": membership.members_by_place(today),
    }
    return render(request, "site/members.html", context)
