from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from secretariat.foundation.ui import specimen

THEMES = {"light", "dark"}
DIRECTIONS = {"ltr", "rtl"}


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The style guide: type, colours, space and every component in its states.

    ``?theme=dark`` and ``?dir=rtl`` show it as another reader sees it.
    """
    theme, direction = request.GET.get("theme", ""), request.GET.get("dir", "")
    context = {
        **specimen.everything(),
        "theme": theme if theme in THEMES else "",
        "direction": direction if direction in DIRECTIONS else "",
    }
    return render(request, "ui/style.html", context)
