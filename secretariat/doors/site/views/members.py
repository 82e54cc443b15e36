from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from secretariat.doors.site import directory, membership
from secretariat.doors.site.honoured import conferred_honours, of_organisation, with_items
from secretariat.doors.site.keeping import kept_for_strangers


@require_safe
@kept_for_strangers
def members(request: HttpRequest) -> HttpResponse:
    """The directory of members, and how many there are by category and continent."""
    today = timezone.now().date()
    context = {
        "today": today,
        "listing": directory.listed_members(request.GET, today),
        "members": membership.members_in_numbers(today),
        "categories": membership.members_by_category(today),
        "continents": membership.members_by_continent(today),
    }
    return render(request, "site/members.html", context)


@require_safe
@kept_for_strangers
def figures(request: HttpRequest) -> HttpResponse:
    """The members drawn: by category, continent, place and year, and how many there were through the years."""
    today = timezone.now().date()
    context = {
        "today": today, "members": membership.members_in_numbers(today),
        "figures": membership.figures_of_members(today),
    }  # fmt: skip
    return render(request, "site/figures.html", context)


@require_safe
@kept_for_strangers
def member(request: HttpRequest, number: str) -> HttpResponse:
    """One member: since when, in which category, and the honours of its organisation."""
    page = directory.member_page(number, timezone.now().date())
    if page is None:
        raise Http404
    organisation = page.current.member.organisation
    honours = conferred_honours().filter(of_organisation(organisation.pk)) if organisation else None
    context = {
        "page": page,
        "organisation": organisation,
        "honours": list(with_items(honours)) if organisation else [],
    }
    return render(request, "site/member.html", context)
