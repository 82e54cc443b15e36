from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat.foundation.accounts.actor import Actor
from secretariat.record.search.pages import search_for


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is public, by words: the same for everybody, whoever is signed in."""
    return render(request, "site/search.html", {"search": search_for(Actor(), request.GET, "public")})
