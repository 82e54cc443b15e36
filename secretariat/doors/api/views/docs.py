"""The API described: for programs in OpenAPI, for readers on a page of our own."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat.doors.api.describing import description
from secretariat.doors.api.problems import KINDS, Refused, problem_for
from secretariat.doors.api.reading import chapters
from secretariat.foundation.tokens.scopes import SCOPES


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description in OpenAPI 3.1."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation in words: what it takes, what it answers, what it needs."""
    context = {"chapters": chapters(), "kinds": KINDS, "scopes": SCOPES}
    return render(request, "api/docs.html", context)


def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address that is no operation's."""
    return problem_for(request, Refused("not-found"))


nothing.csrf_exempt = True
