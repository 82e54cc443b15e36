from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page for what is not there and for what this reader may not know of."""
    return render(request, "site/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "site/forbidden.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """A page that asks nobody anything: the database may be what is broken."""
    return HttpResponse(render_to_string("site/broken.html"), status=500)
