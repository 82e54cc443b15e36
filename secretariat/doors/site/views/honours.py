from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat.doors.site.honoured import listed_honours
from secretariat.doors.site.keeping import kept_for_strangers


@require_safe
@kept_for_strangers
def honours(request: HttpRequest) -> HttpResponse:
    """Every honour that was conferred and stands, by year, level, field, and country or region."""
    return render(request, "site/honours.html", {"listing": listed_honours(request.GET)})
